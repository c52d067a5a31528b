import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { withMemory } from '../../cloud/client/snapshot-keeper.ts';
import type { FeedState } from '../../cloud/contracts/feed.ts';
import { createSnapshotKeeper, readKeptSnapshot, SNAPSHOT_FILE } from '../../main/kept-snapshot.ts';
import { sealed } from '../../main/sealed-json.ts';
import { aSnapshot, following, SIGN_ID, withoutLink } from '../support/glass-states.ts';
import { aKioskFolder } from '../support/kiosk-folder.ts';

const NOW_MS = 1_700_000_000_000;
const KILLS = 100;
/** Shells that are killed side by side. */
const LANES = 4;
const LONGEST_LIFE_MS = 60;
const KEEPER = join(import.meta.dirname, '../support/kiosk-keep-until-killed.ts');

const unassigned: FeedState = { kind: 'unassigned', signId: SIGN_ID, link: 'up' };

function keeperIn(folder: string, spacingMs = 0) {
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  const keeper = createSnapshotKeeper({ folder, cloud: 'embedded', now: () => NOW_MS, onFailure, spacingMs });
  return { ...keeper, failures };
}

async function keptIn(folder: string) {
  const kept = await readKeptSnapshot(folder);
  if (kept.kind !== 'value') return kept.kind;
  return kept.value.stores.map(({ content, trueAtMs }) => [content.count, trueAtMs]);
}

test('what is kept is the newest state, with the moment when its count was true', async () => {
  using here = aKioskFolder();
  const keeper = keeperIn(here.folder);
  keeper.keep(following(aSnapshot({ count: 37 })));
  keeper.keep(withoutLink(aSnapshot({ count: 38, ageMs: 4_000 }), aSnapshot({ count: 0, ageMs: null })));
  await keeper.close();
  expect(await keptIn(here.folder)).toEqual([
    [38, NOW_MS - 4_000],
    [0, null],
  ]);
  expect(keeper.failures).toEqual([]);
});

test('a board for customers starts without its cloud as a board for customers', async () => {
  using here = aKioskFolder();
  const keeper = keeperIn(here.folder);
  const sign = { name: 'Entrance', fingerprint: '0000 0000', settings: { board: 'door' as const } };
  keeper.keep({ ...following(aSnapshot({ count: 37 })), sign });
  await keeper.close();
  const kept = await readKeptSnapshot(here.folder);
  const remembered = kept.kind === 'value' ? kept.value : null;
  const starting = withMemory({ kind: 'starting', problem: 'No cloud.' }, remembered);
  expect(starting).toMatchObject({ kind: 'remembered', problem: 'No cloud.', sign });
});

test('a sign that was taken out of service forgets what it showed', async () => {
  using here = aKioskFolder();
  const keeper = keeperIn(here.folder);
  keeper.keep(following(aSnapshot({ count: 37 })));
  keeper.keep({ kind: 'starting', problem: null });
  keeper.keep({ kind: 'starting', problem: 'Out of service.', revoked: true });
  await keeper.close();
  expect(await keptIn(here.folder)).toBe('absent');
});

test('whatever states come, in whatever pace, the last that says something is what the next start finds', async () => {
  const state = fc.oneof(
    fc.record({ count: fc.nat(5_000), ageMs: fc.nat(3_600_000) }).map(({ count, ageMs }) => ({
      state: following(aSnapshot({ count, ageMs })),
      kept: [[count, NOW_MS - ageMs]],
    })),
    fc.constant({ state: unassigned, kept: 'absent' as const }),
    fc.constant({ state: following(), kept: 'absent' as const }),
    fc.constant({ state: { kind: 'starting', problem: null } satisfies FeedState, kept: undefined }),
  );
  const paced = fc.record({ told: state, pause: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(paced, { maxLength: 12 }), async (all) => {
      using here = aKioskFolder();
      const keeper = keeperIn(here.folder);
      for (const { told, pause } of all) {
        keeper.keep(told.state);
        if (pause) await new Promise(setImmediate);
      }
      await keeper.close();
      const last = all.map(({ told }) => told.kept).findLast((kept) => kept !== undefined);
      expect(await keptIn(here.folder)).toEqual(last ?? 'absent');
    }),
    { numRuns: 60 },
  );
});

test('a sign that lost its place does not wake up with the count of the store it left', async () => {
  using here = aKioskFolder();
  const before = keeperIn(here.folder);
  before.keep(following(aSnapshot()));
  await before.close();
  const keeper = keeperIn(here.folder);
  keeper.keep(unassigned);
  await keeper.close();
  expect(readdirSync(here.folder)).toEqual([]);
});

test('counts that change fast are written once a spacing, and the last of them when the shell stops', async () => {
  using here = aKioskFolder();
  const keeper = keeperIn(here.folder, 60_000);
  keeper.keep(following(aSnapshot({ count: 1 })));
  await expect.poll(() => keptIn(here.folder)).toEqual([[1, NOW_MS - 2_000]]);
  for (const count of [2, 3, 4]) keeper.keep(following(aSnapshot({ count })));
  expect(existsSync(here.path('last-snapshot.json.new'))).toBe(false);
  expect(await keptIn(here.folder)).toEqual([[1, NOW_MS - 2_000]]);
  await keeper.close();
  expect(await keptIn(here.folder)).toEqual([[4, NOW_MS - 2_000]]);
});

test('what a shell of an earlier version kept, without all that a sign shows today, is unusable and is replaced', async () => {
  using here = aKioskFolder();
  const { zones, alerts, ...content } = aSnapshot().content;
  const kept = { cloud: 'embedded', storeGroupId: 'city', stores: [{ content, trueAtMs: NOW_MS }] };
  await writeFile(here.path(SNAPSHOT_FILE), sealed(kept));
  const found = await readKeptSnapshot(here.folder);
  expect(found).toMatchObject({ kind: 'broken', why: expect.stringContaining('stores[0].content.zones') });
  const keeper = keeperIn(here.folder);
  keeper.keep(following(aSnapshot({ count: 12 })));
  await keeper.close();
  expect(await keptIn(here.folder)).toEqual([[12, NOW_MS - 2_000]]);
});

test('where nothing can be written the shell is told, and goes on', async () => {
  using here = aKioskFolder();
  const keeper = keeperIn(here.path('nowhere'));
  keeper.keep(following(aSnapshot()));
  await keeper.close();
  expect(keeper.failures).toHaveLength(1);
});

test(`after each of ${KILLS} kills at any moment the file is whole, its count has its own moment, and none goes back`, {
  timeout: 180_000,
}, async () => {
  await Promise.all(Array.from({ length: LANES }, () => killAgainAndAgain(KILLS / LANES)));
});

async function killAgainAndAgain(times: number): Promise<void> {
  using here = aKioskFolder();
  let last = 0;
  for (let kill = 0; kill < times; kill += 1) {
    const told = await runAndKill(here.folder, last, Math.random() * LONGEST_LIFE_MS);
    const { count, trueAtMs } = await heldIn(here.folder);
    expect(trueAtMs).toBe(NOW_MS + count * 1_000);
    expect(count).toBeGreaterThan(last);
    expect(count).toBeLessThanOrEqual(told);
    last = count;
  }
}

/** Lets it keep, kills it so many ms after the first state that it kept; gives the last count that it said. */
async function runAndKill(folder: string, from: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [KEEPER, folder, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const closed = once(child, 'close');
  await vi.waitUntil(async () => (await heldIn(folder)).count > from, { timeout: 60_000, interval: 1 });
  setTimeout(() => child.kill('SIGKILL'), afterMs);
  await closed;
  return Number(said.trim().split('\n').at(-1));
}

/** Throws where the file is broken, at whatever moment it is read. */
async function heldIn(folder: string): Promise<{ readonly count: number; readonly trueAtMs: number }> {
  const kept = await keptIn(folder);
  if (kept === 'absent') return { count: 0, trueAtMs: 0 };
  if (kept === 'broken') throw new Error('the file is broken');
  const [[count, trueAtMs] = []] = kept;
  return { count: count ?? 0, trueAtMs: trueAtMs ?? 0 };
}
