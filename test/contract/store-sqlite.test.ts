import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { FLOW_STEP_MS } from '../../cloud/domain/store-state.ts';
import { openSqliteEngine } from '../../cloud/store/sqlite-engine.ts';
import { onSqlite } from '../support/store-engines.ts';

const program = resolve(import.meta.dirname, '../support/commit-until-killed.ts');
const KILLS = 3;
const COMMITS_BEFORE_KILL = 40;

/** Lets the program commit for a while, kills it at a moment of nobody's choosing, and gives the last number that it said. */
async function lastSaidBeforeKill(url: string, from: number): Promise<number> {
  const child = spawn(process.execPath, [program, url, `${from}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = from - 1;
  for await (const line of createInterface(child.stdout)) {
    last = Number(line);
    if (last === from + COMMITS_BEFORE_KILL) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return last;
}

onSqlite('the file', (database) => {
  test('is for its owner only, and so are its folder and the files beside it', async () => {
    const store = await database.open();
    await store.transaction((tx) => tx.signs.countUnassigned());
    const file = database.url.slice('sqlite:'.length);
    const modes = [file, `${file}-wal`, `${file}-shm`, dirname(file)].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o700]);
  });

  test('is written ahead, its log synced before its tables are, with its references checked', async () => {
    const { db } = await openSqliteEngine(database.url.slice('sqlite:'.length));
    const { sql } = await import('kysely');
    const asked = async (pragma: string) => (await sql.raw(`pragma ${pragma}`).execute(db)).rows;
    try {
      expect(await asked('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      // NORMAL: commits are synced by `settling.ts`, many at once.
      expect(await asked('synchronous')).toEqual([{ synchronous: 1 }]);
      expect(await asked('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    } finally {
      await db.destroy();
    }
  });

  test('loses nothing that was said to be committed when its process is killed, and keeps no transaction in part', async () => {
    let next = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const last = await lastSaidBeforeKill(database.url, next);
      const said = Array.from({ length: last + 1 }, (_, number) => number);
      const store = await database.open();
      const { claimed, flows } = await store.transaction(async (tx) => ({
        claimed: await tx.counting.claimReadings(
          said.map((number) => ({ sensorId: 'street-1', key: `${number}`, enqueuedAtMs: 0 })),
        ),
        flows: await tx.counting.flowsOf('calle-mayor', 0, Number.MAX_SAFE_INTEGER),
      }));
      expect(claimed.filter(Boolean)).toEqual([]);
      // One more may have been committed and not said; the ledger and the history agree on it.
      const [{ count } = { count: 0 }] = (await database.sql('select count(*) as count from ledger')) as {
        count: number;
      }[];
      expect(flows).toEqual(
        Array.from({ length: count }, (_, number) => ({
          startsAtMs: number * FLOW_STEP_MS,
          in: 1,
          out: 0,
          adjusted: 0,
        })),
      );
      await store.close();
      next = count;
    }
    expect(next).toBeGreaterThan(KILLS * COMMITS_BEFORE_KILL);
  });
});
