import { expect, test, vi } from 'vitest';
import type { CommandExecutors } from '../../../cloud/client/command-runner.ts';
import type { FollowCloudOptions } from '../../../cloud/client/follow-cloud.ts';
import { PaintedGlass } from '../../../cloud/client/painted-glass.ts';
import type { FeedState } from '../../../cloud/contracts/feed.ts';
import { HUB_TARGETS } from '../../../cloud/contracts/hub-targets.ts';
import type { CommandKind } from '../../../cloud/contracts/sign-report.ts';
import { refusal } from '../../../cloud/functions/http-answers.ts';
import { drawnOf } from '../../../renderer/sign/view/drawn.ts';
import { startClientCloud } from '../../support/client-cloud.ts';
import { aSnapshot } from '../../support/client-snapshots.ts';
import { follow } from '../../support/followed-states.ts';

const oneStore = () => ({ storeGroupId: 'spain', groups: { spain: [aSnapshot()] } });
const nowhere = () => ({ storeGroupId: null, groups: { spain: [aSnapshot()] } });
const MANAGER = { board: 'manager', asleep: false, tiles: [] } as const;
const aCommand = (kind: CommandKind, commandId: string = kind) => ({ commandId, kind, expiresInMs: 900_000 });

/** A sign with a glass that paints each state at once, and again whenever it is asked to. */
async function followWithGlass(
  cloudUrl: string,
  difference: Partial<CommandExecutors> = {},
  options: Partial<FollowCloudOptions> = {},
) {
  const glass = new PaintedGlass(() => performance.now());
  const states: FeedState[] = [];
  const done: string[] = [];
  const memory = { unanswered: undefined as string | undefined };
  const paint = () => {
    const state = states.at(-1);
    if (state !== undefined) glass.report(drawnOf(state, 0, MANAGER));
  };
  const reload = async () => {
    done.push('reload');
    setTimeout(paint, 0);
  };
  const sign = await follow(cloudUrl, {
    onState(state) {
      states.push(state);
      paint();
    },
    report: {
      about: () => ({ app: 'Vitrine test', platform: 'Node', screen: null }),
      boot: 'boot-of-test',
      glass,
      executors: {
        reload,
        restart: null,
        screenshot: null,
        unanswered: {
          keep: async (commandId) => {
            memory.unanswered = commandId;
          },
          take: async () => {
            const commandId = memory.unanswered;
            memory.unanswered = undefined;
            return commandId;
          },
        },
        ...difference,
      },
    },
    ...options,
    timings: { identifyMs: 150, paintedWithinMs: 1_000, ...options.timings },
  });
  return { ...sign, states, last: () => states.at(-1), done, memory, glass };
}

test('a sign without a place shows its code, and says within a second that it shows what it was given', async () => {
  await using cloud = await startClientCloud(nowhere());
  using sign = await followWithGlass(cloud.url);
  await expect.poll(sign.last).toMatchObject({
    kind: 'unassigned',
    offer: {
      code: 'BKXRTHDW',
      consoleUrl: null,
      fingerprint: expect.stringMatching(/^[0-9A-F]{4} [0-9A-F]{4}$/),
    },
  });
  await cloud.assign('spain');
  const assignedAtMs = performance.now();
  const painted = () => cloud.reports.heartbeats.at(-1)?.painted;
  await expect.poll(painted, { interval: 5 }).toMatchObject({ storeGroupId: 'spain', storeId: 'north' });
  expect(performance.now() - assignedAtMs).toBeLessThan(1_000);
  expect(cloud.callsTo('/api/pairing/code')).toBe(1);
  await cloud.assign(null);
  await expect.poll(() => cloud.callsTo('/api/pairing/code')).toBe(2);
});

test('a sign hears its name and its settings with the answer to its report', async () => {
  await using cloud = await startClientCloud(oneStore());
  const settings = { board: 'manager', language: 'es', theme: 'light' } as const;
  cloud.reports.description = { name: 'Passage', settings };
  using sign = await followWithGlass(cloud.url);
  await expect.poll(sign.last).toMatchObject({ kind: 'following', sign: { name: 'Passage', settings } });
});

test('a nudged sign shows its name for a while, and says so once it is on the glass', async () => {
  await using cloud = await startClientCloud(oneStore());
  using sign = await followWithGlass(cloud.url);
  await expect.poll(sign.last).toMatchObject({ kind: 'following', link: 'up' });
  cloud.reports.commands = [aCommand('identify')];
  cloud.send(HUB_TARGETS.nudge);
  await expect
    .poll(() => cloud.reports.receipts)
    .toEqual([
      { commandId: 'identify', outcome: 'received', why: '' },
      { commandId: 'identify', outcome: 'done', why: '' },
    ]);
  expect(sign.states.some((state) => state.kind === 'following' && state.identify === true)).toBe(true);
  await expect.poll(sign.last).toMatchObject({ identify: false });
});

test('a sign that was nudged with thousands waits for its turn, and one that was nudged alone does not', async () => {
  await using cloud = await startClientCloud(oneStore());
  const timings = { nudgedSignMs: 200, nudgedAtMostMs: 600_000 };
  using sign = await followWithGlass(cloud.url, {}, { random: () => 0.9, timings });
  await expect.poll(sign.last).toMatchObject({ kind: 'following', link: 'up' });
  const pulls = () => cloud.callsTo('/api/signs/me/commands');
  const reports = () => cloud.reports.heartbeats.length;
  await expect
    .poll(() => cloud.reports.heartbeats.at(-1)?.transport, { timeout: 10_000 })
    .toBe('web-sockets');
  const before = pulls();
  cloud.send(HUB_TARGETS.nudge, { signs: 5_000 });
  cloud.push('spain', aSnapshot({ revision: 7 }));
  await expect.poll(sign.last).toMatchObject({ stores: [{ content: { revision: 7 } }] });
  const reported = reports();
  cloud.send(HUB_TARGETS.nudge);
  await expect.poll(reports).toBeGreaterThan(reported);
  await expect.poll(pulls).toBeGreaterThan(before);
  expect(pulls()).toBe(before + 1);
});

test('a command that waits is done with the next report, without any nudge, and once', async () => {
  await using cloud = await startClientCloud(oneStore());
  cloud.reports.commands = [aCommand('reload')];
  using sign = await followWithGlass(cloud.url);
  await expect.poll(() => cloud.reports.receipts.map(({ outcome }) => outcome)).toEqual(['received', 'done']);
  cloud.reports.commands = [aCommand('reload')];
  cloud.send(HUB_TARGETS.nudge);
  await expect.poll(() => cloud.callsTo('/api/signs/me/commands')).toBeGreaterThan(1);
  expect(sign.done).toEqual(['reload']);
  expect(sign.memory.unanswered).toBeUndefined();
  // The connection is new too.
  await expect.poll(() => cloud.callsTo('upgrade')).toBeGreaterThan(1);
});

const JPEG = { mediaType: 'image/jpeg', body: new Uint8Array([0xff, 0xd8, 0xff, 0x00]) } as const;

test('a picture of the panel is sent before it is said to be done', async () => {
  await using cloud = await startClientCloud(oneStore());
  cloud.reports.commands = [aCommand('screenshot', 'c&1')];
  using _sign = await followWithGlass(cloud.url, { screenshot: async () => JPEG });
  await expect.poll(() => cloud.reports.receipts.at(-1)?.outcome).toBe('done');
  expect(cloud.reports.screenshots).toEqual([{ commandId: 'c&1', mediaType: 'image/jpeg', bytes: 4 }]);
});

test('a picture that the cloud does not take is sent again while that may help, and else it says why', async () => {
  await using cloud = await startClientCloud(oneStore());
  const answers = [
    refusal(503, 'unavailable', 'not ready'),
    refusal(404, 'unknown-command', 'no such picture was asked for'),
  ];
  cloud.instead.request = (request, response) => {
    if (!request.url?.startsWith('/api/signs/me/screenshot')) return false;
    const { status = 500, jsonBody } = answers.shift() ?? {};
    request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(jsonBody)));
    return true;
  };
  cloud.reports.commands = [aCommand('screenshot')];
  using _sign = await followWithGlass(cloud.url, { screenshot: async () => JPEG });
  await expect
    .poll(() => cloud.reports.receipts.at(-1))
    .toEqual({
      commandId: 'screenshot',
      outcome: 'failed',
      why: 'The picture did not reach the cloud: no such picture was asked for',
    });
  expect(answers).toEqual([]);
});

test('a panel that cannot be pictured, or not in time, says so', async () => {
  await using cloud = await startClientCloud(oneStore());
  cloud.reports.commands = [aCommand('screenshot', 'broken'), aCommand('screenshot', 'slow')];
  const screenshot = vi
    .fn(() => new Promise<typeof JPEG>(() => {}))
    .mockRejectedValueOnce(new Error('The panel has no page.'));
  using _sign = await followWithGlass(cloud.url, { screenshot }, { timings: { paintedWithinMs: 50 } });
  const failures = () => cloud.reports.receipts.filter(({ outcome }) => outcome === 'failed');
  await expect
    .poll(failures)
    .toMatchObject([{ why: 'The panel has no page.' }, { why: 'The panel could not be pictured in time.' }]);
});

test('a command of a newer cloud is refused by name, and those beside it are done', async () => {
  await using cloud = await startClientCloud(oneStore());
  cloud.reports.commands = [aCommand('defragment' as CommandKind), aCommand('identify')];
  using _sign = await followWithGlass(cloud.url);
  await expect
    .poll(() => cloud.reports.receipts.filter(({ outcome }) => outcome !== 'received'))
    .toEqual([
      { commandId: 'defragment', outcome: 'failed', why: 'This program is too old for it.' },
      { commandId: 'identify', outcome: 'done', why: '' },
    ]);
});

test('of the settings of a newer cloud a sign takes those that it knows', async () => {
  await using cloud = await startClientCloud(oneStore());
  const settings = {
    board: 'window',
    language: 'es',
    theme: 'sepia',
    turnedDegrees: 90,
    display: { on: '08:00', off: '21:00', days: 'all' },
    words: { full: 'Completo', soon: 'Pronto' },
    muted: true,
    brightness: 3,
  };
  Object.assign(cloud.reports.description, { name: 'Passage', settings });
  using sign = await followWithGlass(cloud.url);
  await expect.poll(sign.last).toMatchObject({ kind: 'following', sign: { name: 'Passage' } });
  const last = sign.last();
  expect(last?.kind === 'following' && last.sign?.settings).toEqual({
    board: 'manager',
    language: 'es',
    turnedDegrees: 90,
    words: { full: 'Completo' },
    muted: true,
  });
});

test('what a device cannot do it says in plain words', async () => {
  await using cloud = await startClientCloud(oneStore());
  cloud.reports.commands = [aCommand('screenshot'), aCommand('restart')];
  using _sign = await followWithGlass(cloud.url);
  await expect
    .poll(() => cloud.reports.receipts.find(({ outcome }) => outcome === 'failed')?.why)
    .toBe('A browser page cannot take a picture of its panel.');
  await expect
    .poll(() => cloud.reports.receipts.at(-1))
    .toEqual({
      commandId: 'restart',
      outcome: 'failed',
      why: 'A browser page cannot restart its machine.',
    });
});

test('a command that the program ended with is answered by its next start, once there is a picture', async () => {
  await using cloud = await startClientCloud(oneStore());
  cloud.reports.commands = [aCommand('restart')];
  {
    using first = await followWithGlass(cloud.url, { restart: () => new Promise(() => {}) });
    await expect.poll(() => first.memory.unanswered).toBe('restart');
    expect(cloud.reports.receipts.map(({ outcome }) => outcome)).toEqual(['received']);
  }
  const take = vi.fn(async () => (take.mock.calls.length === 1 ? 'restart' : undefined));
  using _second = await followWithGlass(cloud.url, { unanswered: { keep: async () => undefined, take } });
  await expect
    .poll(() => cloud.reports.receipts.at(-1))
    .toEqual({
      commandId: 'restart',
      outcome: 'done',
      why: '',
    });
});

test('a sign that was taken out of service shows nothing of its stores and says why, and asks slowly', async () => {
  await using cloud = await startClientCloud(oneStore());
  using sign = await followWithGlass(cloud.url, {}, { timings: { revokedRetryMs: 60_000 } });
  await expect.poll(sign.last).toMatchObject({ kind: 'following', link: 'up' });
  cloud.revokeSigns();
  cloud.send(HUB_TARGETS.nudge);
  await expect.poll(sign.last).toEqual({
    kind: 'starting',
    problem: 'This sign was taken out of service. Pair it anew with a new key, or remove it.',
    revoked: true,
  });
  await expect.poll(() => cloud.openConnections).toBe(0);
  expect(sign.last()).toMatchObject({ kind: 'starting', revoked: true });
});

test('a cloud that knows nothing of reports is followed all the same', async () => {
  await using cloud = await startClientCloud(oneStore());
  cloud.instead.request = (request, response) => {
    if (!request.url?.startsWith('/api/signs/me/')) return false;
    response.writeHead(404).end();
    return true;
  };
  using sign = await followWithGlass(cloud.url);
  await expect.poll(sign.last).toMatchObject({ kind: 'following', link: 'up' });
  await expect.poll(() => cloud.callsTo('/api/signs/me/heartbeat')).toBeGreaterThan(0);
  expect(sign.last()).toMatchObject({ kind: 'following', link: 'up' });
});

test('a session that all of a sign find expired is renewed once', async () => {
  await using cloud = await startClientCloud(oneStore());
  using sign = await followWithGlass(cloud.url);
  await expect.poll(sign.last).toMatchObject({ kind: 'following', link: 'up' });
  await expect.poll(() => cloud.reports.heartbeats.length).toBeGreaterThan(0);
  cloud.expireSessions();
  const before = cloud.callsTo('/api/negotiate');
  cloud.reports.commands = [aCommand('identify')];
  cloud.send(HUB_TARGETS.nudge);
  await expect.poll(() => cloud.reports.receipts.at(-1)?.outcome).toBe('done');
  expect(cloud.callsTo('/api/negotiate') - before).toBe(1);
});
