import { once } from 'node:events';
import { generate } from 'mqtt-packet';
import { beforeAll, expect, test } from 'vitest';
import { sasTokenOf } from './device-credentials.ts';
import { call, connectBytes, requestLines, signedIn } from './hostile-caller.ts';
import { requestAgain } from './hostile-flood.ts';
import type { Stage } from './hostile-stage.ts';

const BAD_TOKENS = 10_000;
/** Each of these shakes hands anew. */
const BAD_SENSORS = 200;
const FOREIGN_MESSAGES = 200;
const AT_A_TIME = 8;
/** As many as the service has room for, and more. */
const NEGOTIATIONS = 21_000;

const sum = (counts: readonly ReadonlyMap<number, number>[], status: number) =>
  counts.reduce((all, count) => all + (count.get(status) ?? 0), 0);
const negotiatePath = (path: string) => `${path.replace('/client/', '/client/negotiate')}&negotiateVersion=1`;

/** Clients that are refused and come again. */
export function insistingClients(stageNow: () => Stage): void {
  let stage: Stage;
  beforeAll(() => {
    stage = stageNow();
  });

  /** The same from several sides at once. */
  async function fromAllSides(lines: string, times: number): Promise<readonly ReadonlyMap<number, number>[]> {
    return Promise.all(
      Array.from({ length: AT_A_TIME }, async () => {
        const { socket } = await call(stage.http);
        const counts = await requestAgain(socket, lines, times / AT_A_TIME);
        socket.destroy();
        return counts;
      }),
    );
  }

  test(`${BAD_TOKENS} bad tokens are each refused`, async () => {
    const { path, token } = stage.sign;
    const forged = `${token.slice(0, -8)}AAAAAAAA`;
    const headers = { host: stage.host, authorization: `Bearer ${forged}`, 'content-length': '0' };
    const counts = await fromAllSides(requestLines(`POST ${negotiatePath(path)}`, headers), BAD_TOKENS);
    expect(sum(counts, 401)).toBe(BAD_TOKENS);
  });

  test('a sign that negotiates again and again takes no place from another', async () => {
    const { path, token } = stage.sign;
    const headers = { host: stage.host, authorization: `Bearer ${token}`, 'content-length': '0' };
    const counts = await fromAllSides(requestLines(`POST ${negotiatePath(path)}`, headers), NEGOTIATIONS);
    expect(sum(counts, 200)).toBe(NEGOTIATIONS);
    const { httpUrl } = stage.cloud.ready();
    const other = await signedIn(httpUrl);
    const response = await fetch(`${httpUrl}${negotiatePath(other.path)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.token}` },
    });
    expect(response.status).toBe(200);
  });

  test('a sensor that comes back with a bad token, or publishes for another one, is cut off each time', async () => {
    const { hub, sensor } = stage;
    const again = async (times: number, attack: () => Promise<void>) => {
      let left = times;
      const some = async () => {
        while (left-- > 0) await attack();
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, some));
    };
    const forged = { ...sensor, key: Buffer.alloc(32, 7).toString('base64') };
    await again(BAD_SENSORS, async () => {
      const { socket, heard } = await call(hub, connectBytes(forged));
      await once(socket, 'close');
      // MQTT 3.1.1 table 3.1: not authorized.
      expect(heard()).toBe('\x20\x02\0\x05');
    });
    const foreign = generate({
      cmd: 'publish',
      topic: 'devices/street-1/messages/events/',
      payload: '{"in":1000}',
      qos: 1,
      messageId: 1,
      dup: false,
      retain: false,
    });
    await again(FOREIGN_MESSAGES, async () => {
      const { socket } = await call(hub, Buffer.concat([connectBytes(sensor), foreign]));
      await once(socket, 'close');
    });
  });

  test('a hundred posts with a bad token are refused by the hub', async () => {
    const path = `/devices/${stage.sensor.id}/messages/events?api-version=2021-04-12`;
    const token = sasTokenOf({ ...stage.sensor, id: 'street-1' });
    for (let left = 100; left > 0; left -= 1) {
      const headers = { host: 'hub', authorization: token, 'content-length': '2' };
      const { socket, heard } = await call(stage.hub, `${requestLines(`POST ${path}`, headers)}{}`);
      await once(socket, 'close');
      expect(heard()).toMatch(/^HTTP\/1\.1 401 /);
    }
  });
}
