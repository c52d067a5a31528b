import { pino } from 'pino';
import { describe, expect } from 'vitest';
import { CommitQueue } from '../../cloud/local/iot-hub/commit-queue.ts';
import { ConnectedDevices } from '../../cloud/local/iot-hub/connected-devices.ts';
import { hubAccess } from '../../cloud/local/iot-hub/hub-access.ts';
import type { HubEvent } from '../../cloud/local/iot-hub/hub-event.ts';
import { takePost } from '../../cloud/local/iot-hub/posted-message.ts';
import { createRegistry } from '../../cloud/local/iot-hub/registry.ts';
import { createStampEvent } from '../../cloud/local/iot-hub/stamp-event.ts';
import { survivesGarbage } from '../support/garbage.ts';
import { DEVICE, ONE_DEVICE } from '../support/hostile-devices.ts';
import { OWNER, sasToken } from '../support/iot-hub.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const HOUR_MS = 3_600_000;
const now = () => NOW_MS;
const PATH = ['devices', DEVICE.deviceId];
const json = (value: unknown) => JSON.stringify(value);

describe('a shared access signature', () => {
  const access = hubAccess({
    hubNames: new Set(['localhost']),
    devices: ONE_DEVICE,
    registryPolicies: [OWNER],
    now,
  });
  const signed = (key: string) =>
    sasToken({ resource: `localhost/${PATH.join('/')}`, key, expiresAtMs: NOW_MS + HOUR_MS });
  const ofDevice = [signed(DEVICE.primaryKey), signed(DEVICE.secondaryKey)];
  const ofOwner = sasToken({
    resource: 'localhost',
    key: OWNER.key,
    expiresAtMs: NOW_MS + HOUR_MS,
    policyName: OWNER.name,
  });

  survivesGarbage(
    'of a device',
    (bytes) => {
      const text = bytes.toString();
      const { ok } = access.device(DEVICE.deviceId, text);
      if (ok && !ofDevice.some((token) => isSameToken(text, token))) expect(text).toBe('refused');
    },
    ofDevice,
  );
  survivesGarbage(
    'of a service',
    (bytes) => {
      const text = bytes.toString();
      const { ok } = access.registry(PATH, text, 'write');
      if (ok && !isSameToken(text, ofOwner)) expect(text).toBe('refused');
    },
    [ofOwner, ...ofDevice],
  );
});

describe('what is posted to the hub', () => {
  const committed: HubEvent[] = [];
  const queue = new CommitQueue({
    deliver: async (batch) => void committed.push(...batch),
    batches: { maxEvents: 256, minEvents: 1, maxWaitMs: 0 },
    commitWithinMs: 20_000,
    log: pino({ enabled: false }),
  });
  let sequence = 0;
  const stamp = createStampEvent(now, () => sequence++);
  const post = async (rawHeaders: readonly string[], isBatch: boolean, body: Buffer) => {
    committed.length = 0;
    const answer = await takePost(
      { device: DEVICE, rawHeaders, isBatch, body },
      { queue, stamp, waitMs: () => 0 },
    );
    if (answer.status !== (committed.length > 0 ? 204 : 400)) expect(answer).toBe('of what was committed');
    for (const { systemProperties, body } of committed) {
      const sender = systemProperties['iothub-connection-device-id'];
      if (sender !== DEVICE.deviceId || !Buffer.isBuffer(body))
        expect(systemProperties).toBe('of the device');
    }
  };

  survivesGarbage(
    'as a message, by its headers',
    (bytes) => post(bytes.toString('latin1').split(/: |\r\n/), false, bytes),
    [
      'iothub-messageid: m-1\r\niothub-contenttype: application/json\r\niothub-app-store: s1',
      'iothub-connection-device-id: other\r\niothub-app-iothub-connection-device-id: other\r\niothub-app-: ',
    ],
  );
  survivesGarbage('as a batch', (bytes) => post([], true, bytes), [
    json([{ body: 'eyJpbiI6MX0=', properties: { 'iothub-messageid': 'm-1', 'iothub-app-store': 's1' } }]),
    json([
      { body: '{"in":1}', base64Encoded: false },
      { body: '', properties: { 'iothub-connection-device-id': 'other' } },
    ]),
  ]);

  const registry = createRegistry({ devices: ONE_DEVICE, connected: new ConnectedDevices(now), now });
  const identity = { deviceId: DEVICE.deviceId, status: 'disabled', statusReason: 'broken' };
  const keys = { primaryKey: DEVICE.primaryKey, secondaryKey: DEVICE.secondaryKey };
  survivesGarbage(
    'as the identity of a device',
    (body) => {
      const ifMatch = body.length % 2 === 0 ? '*' : body.toString('latin1', 0, 20);
      const { status } = registry({
        method: 'PUT',
        deviceId: DEVICE.deviceId,
        top: body.toString('latin1', 0, 8),
        ifMatch,
        body,
      });
      if (![200, 400, 412].includes(status)) expect(status).toBe('a refusal');
    },
    [
      json(identity),
      json({ ...identity, authentication: { type: 'sas', symmetricKey: keys } }),
      json({ ...identity, status: 'enabled', statusReason: null, authentication: null }),
    ],
  );
});

/** The fields may stand in another order, and the signature be escaped in another way; what was signed is one text. */
function isSameToken(one: string, other: string): boolean {
  const [here, there] = [fieldsOf(one), fieldsOf(other)];
  return here.sr === there.sr && here.se === there.se && here.sig === there.sig;
}

function fieldsOf(token: string) {
  const field = (name: string) => new RegExp(`[ &]${name}=([^&]*)`).exec(token)?.[1] ?? '';
  return { sr: field('sr'), se: field('se'), sig: decodeURIComponent(field('sig')) };
}
