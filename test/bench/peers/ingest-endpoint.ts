// The IoT hub's own endpoint with nothing behind it: what it delivers is taken at once. Given a folder, the files of a
// certificate and its key, and how many devices to make; they are written into the folder as devices.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { startIotHub } from '../../../cloud/local/iot-hub/start-iot-hub.ts';
import { openDevices } from '../../../cloud/local/state/devices.ts';
import { openPlatformDatabase } from '../../../cloud/local/state/open-platform-database.ts';
import { openSequenceNumbers } from '../../../cloud/local/state/sequence-numbers.ts';

/** As host.json has it. */
const MAX_BATCH_EVENTS = 256;

const [folder = '', certFile = '', keyFile = '', count = '0'] = process.argv.slice(2);
const database = openPlatformDatabase(join(folder, 'endpoint.db'));
const devices = openDevices(database);
const keys = Array.from({ length: Number(count) }, (_, index) => {
  const id = `counter-${String(index).padStart(4, '0')}`;
  return { id, key: devices.create(id)?.primaryKey };
});
const hub = await startIotHub({
  host: '127.0.0.1',
  port: 0,
  hostName: 'localhost',
  certificate: { certPem: readFileSync(certFile, 'utf8'), keyPem: readFileSync(keyFile, 'utf8') },
  devices,
  registryPolicies: [],
  deliver: async () => undefined,
  batches: { maxEvents: MAX_BATCH_EVENTS, minEvents: 1, maxWaitMs: 0 },
  nextSequenceNumber: openSequenceNumbers(database, Date.now),
  now: Date.now,
  log: pino({ level: 'error' }, pino.destination(2)),
});
writeFileSync(join(folder, 'devices.json'), JSON.stringify({ hostName: hub.hostName, keys }), {
  mode: 0o600,
});
process.stdout.write(`listening ${hub.port}\n`);
process.stdin.resume().on('end', () => process.exit(0));
