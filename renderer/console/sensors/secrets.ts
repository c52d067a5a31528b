import type { Live } from '../live/live.ts';
import type { Secret } from './once-secret.ts';
import { makeIngestKey } from './sensor-acts.ts';

type Moment = Pick<Secret, 'madeAtMs' | 'shownAtMs'>;
const moment = (live: Live): Moment => ({ madeAtMs: live.serverNowMs(), shownAtMs: Date.now() });

/** `isNew`: the sensor had none before. */
export function connectionSecret(
  live: Live,
  { sensorId, connectionString }: { readonly sensorId: string; readonly connectionString: string },
  isNew: boolean,
): Secret {
  return {
    sensorId,
    heading: isNew ? `${sensorId} is made` : `New connection string of ${sensorId}`,
    words: isNew
      ? 'It may connect by MQTT. Place it at a door, now or once it is heard.'
      : 'The old one does not work any more. The sensor is cut off until it has this one.',
    parts: [{ label: 'Connection string', text: connectionString }],
    scanned: connectionString,
    ...moment(live),
  };
}

/** For a camera that can only push plain HTTP. @throws ApiProblem */
export async function ingestSecret(live: Live, sensorId: string, origin: string): Promise<Secret> {
  const { key, path } = await makeIngestKey(sensorId);
  const address = `${origin}${path}`;
  return {
    sensorId,
    heading: `HTTP address of ${sensorId}`,
    words:
      'The camera pushes to the address, with the key as its password or in the header x-api-key. A camera that can send neither uses the address with the key.',
    parts: [
      { label: 'Address', text: address },
      { label: 'Key', text: key },
      { label: 'Address with the key', text: `${address}/${key}` },
    ],
    scanned: `${address}/${key}`,
    ...moment(live),
  };
}
