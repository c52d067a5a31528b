import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { type Caller, call, requestLines, signedIn } from '../support/hostile-caller.ts';
import { type Crowd, dribble, openCrowd, type Speaks, sayNothing } from '../support/hostile-crowd.ts';
import { insistingClients } from '../support/hostile-insisting.ts';
import { shoutingClients } from '../support/hostile-shouting.ts';
import { openStage, type Stage } from '../support/hostile-stage.ts';

/** On each port; fewer where a process may not open as many files. */
const HALF_OPEN = Number(process.env.VITRINE_HALF_OPEN ?? 3_000);
const SLOW = 50;
const BYTE_EVERY_MS = 100;
/** They have 10 to 15 s, by when Node looks at them, and SignalR a little more to say why. */
const CLOSED_WITHIN_MS = 40_000;

let stage: Stage;
const crowds: Crowd[] = [];
const callers: Caller[] = [];

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  for (const crowd of crowds) crowd[Symbol.dispose]();
  for (const { socket } of callers) socket.destroy();
  await stage[Symbol.asyncDispose]();
});
afterEach(() => stage.expectUnharmed());

let unusedId: string;
let leftId: string;
/** Of another sign than the one that is used to attack, and that has pushed its own ids out. */
let sign: Stage['sign'];
const bearer = () => ({ authorization: `Bearer ${sign.token}` });
const at = (path: string) => `${stage.cloud.ready().httpUrl}${path}`;
const pollAt = (id: string) => at(`${sign.path}&id=${encodeURIComponent(id)}`);
async function negotiatedId(): Promise<string> {
  const path = `${sign.path.replace('/client/', '/client/negotiate')}&negotiateVersion=1`;
  const response = await fetch(at(path), { method: 'POST', headers: bearer() });
  return ((await response.json()) as { connectionToken: string }).connectionToken;
}
const crowd = async ({ port }: { readonly port: number }, count: number, speaks: Speaks) =>
  void crowds.push(await openCrowd(port, count, speaks));

describe('while a sensor counts and a sign shows, the cloud bears', () => {
  test(`${HALF_OPEN} connections to each port that never say anything`, async () => {
    await Promise.all([crowd(stage.http, HALF_OPEN, sayNothing), crowd(stage.hub, HALF_OPEN, sayNothing)]);
    expect(crowds.map((each) => each.open())).toEqual([HALF_OPEN, HALF_OPEN]);
  });

  test('those who say their headers, their TLS or their body a byte at a time', async () => {
    const { http, hub, host, sign } = stage;
    const body = { host, 'content-type': 'application/json', 'content-length': '900' };
    const hello = Buffer.from('16030102000100', 'hex');
    await Promise.all([
      crowd(http, SLOW, dribble(`GET / HTTP/1.1\r\nHost: ${host}\r\n`, 'x-more: of it\r\n', BYTE_EVERY_MS)),
      crowd(http, SLOW, dribble('', 'GET / HTTP/1.1', BYTE_EVERY_MS)),
      crowd(
        http,
        SLOW,
        dribble(`GET ${sign.path} HTTP/1.1\r\nUpgrade: websocket\r\n`, 'x: y\r\n', BYTE_EVERY_MS),
      ),
      crowd(hub, SLOW, dribble(hello, '\x01', BYTE_EVERY_MS)),
    ]);
    // A body may take a minute, which is longer than this test.
    using bodies = await openCrowd(
      http.port,
      SLOW,
      dribble(requestLines(`POST ${API_PATHS.signs}`, body), '{', BYTE_EVERY_MS),
    );
    await stage.expectUnharmed();
    expect(bodies.open()).toBe(SLOW);
  });

  test('those who do not finish their CONNECT or their WebSocket, or connect and never shake hands', async () => {
    sign = await signedIn(stage.cloud.ready().httpUrl);
    [unusedId, leftId] = [await negotiatedId(), await negotiatedId()];
    expect((await fetch(pollAt(leftId), { headers: bearer() })).status).toBe(200);
    const { hub, signSocket } = stage;
    const some = <T>(make: () => Promise<T>) => Promise.all(Array.from({ length: SLOW }, make));
    const connects = await some(() => call(hub, Buffer.from([0x10, 0xff, 0x3f])));
    for (const { socket } of connects) dribble('', '\0', BYTE_EVERY_MS)(socket);
    const upgrades = await some(() => call(hub, 'GET /$iothub/websocket HTTP/1.1\r\nHost: x\r\n'));
    callers.push(...connects, ...upgrades, ...(await some(signSocket)));
  });
});

describe('while they wait', () => {
  shoutingClients(() => stage);
  insistingClients(() => stage);
});

test('all of them are sent away in time, and leave nothing open', {
  timeout: 2 * CLOSED_WITHIN_MS,
}, async () => {
  const openOnes = () => ({
    crowds: crowds.map((each) => each.open()),
    callers: callers.filter((caller) => !caller.isOver()).length,
  });
  const none = { crowds: crowds.map(() => 0), callers: 0 };
  await expect.poll(openOnes, { timeout: CLOSED_WITHIN_MS, interval: 100 }).toEqual(none);
  await stage.expectFilesBack();
});

test('an id that was negotiated and never used is good for nothing later, and neither is a long poll that was left', async () => {
  const post = { method: 'POST', headers: bearer() };
  await expect
    .poll(async () => (await fetch(pollAt(leftId), post)).status, {
      timeout: CLOSED_WITHIN_MS,
      interval: 100,
    })
    .toBe(404);
  expect((await fetch(pollAt(unusedId), { headers: bearer() })).status).toBe(404);
});
