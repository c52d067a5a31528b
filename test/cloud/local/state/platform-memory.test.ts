import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDevices } from '../../../../cloud/local/state/devices.ts';
import { openPlatformDatabase } from '../../../../cloud/local/state/open-platform-database.ts';
import { platformSecret, secretOf } from '../../../../cloud/local/state/secrets.ts';
import { openSequenceNumbers } from '../../../../cloud/local/state/sequence-numbers.ts';
import { openTimerStatuses } from '../../../../cloud/local/state/timer-statuses.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs with the platform's database, and closes it: the next call sees what a restart would. */
function withDatabase<T>(work: (database: ReturnType<typeof openPlatformDatabase>) => T): T {
  const database = openPlatformDatabase(join(folder, 'platform.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

test('a platform key is made once and is the same after a restart', () => {
  const first = withDatabase((database) => platformSecret(database, 'hub-owner-key'));
  expect(Buffer.from(first, 'base64')).toHaveLength(32);
  expect(withDatabase((database) => platformSecret(database, 'hub-owner-key'))).toBe(first);
  const other = withDatabase((database) => platformSecret(database, 'signalr-access-key'));
  expect(other).not.toBe(first);
  const hostKey = withDatabase((database) => platformSecret(database, 'functions-host-key'));
  expect(hostKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test('two processes that make the same secret at once end up with one', () => {
  withDatabase((database) => {
    const made = secretOf(database, 'x', () => {
      secretOf(database, 'x', () => 'the other was faster');
      return 'mine';
    });
    expect(made).toBe('the other was faster');
  });
});

test('a device keeps its keys and generation through changes and restarts; its etag changes', () => {
  const made = withDatabase((database) => openDevices(database).create('door-1'));
  expect(Buffer.from(made?.primaryKey ?? '', 'base64')).toHaveLength(32);
  expect(made?.secondaryKey).not.toBe(made?.primaryKey);
  withDatabase((database) => {
    const devices = openDevices(database);
    expect(devices.create('door-1')).toBeUndefined();
    expect(devices.read('door-1')).toEqual(made);
    const disabled = devices.update('door-1', { status: 'disabled' });
    expect(disabled).toEqual({ ...made, status: 'disabled', etag: disabled?.etag });
    expect(disabled?.etag).not.toBe(made?.etag);
    expect(devices.update('door-2', { status: 'enabled' })).toBeUndefined();
  });
});

test('a device made anew under an old id has another generation and other keys', () => {
  withDatabase((database) => {
    const devices = openDevices(database);
    const first = devices.create('door-1');
    expect(devices.delete('door-1')).toBe(true);
    expect(devices.delete('door-1')).toBe(false);
    const second = devices.create('door-1');
    expect(second?.generationId).not.toBe(first?.generationId);
    expect(second?.primaryKey).not.toBe(first?.primaryKey);
  });
});

test('who listens hears of a device that is disabled or deleted, and of no other change', () => {
  withDatabase((database) => {
    const devices = openDevices(database);
    const heard: string[] = [];
    const stop = devices.onRevoked((deviceId) => heard.push(deviceId));
    for (const deviceId of ['a', 'b', 'c']) devices.create(deviceId);
    devices.update('a', { keys: { primaryKey: 'AAAA', secondaryKey: 'BBBB' } });
    devices.update('b', { status: 'disabled' });
    devices.delete('c');
    stop();
    devices.delete('a');
    expect(heard).toEqual(['b', 'c']);
  });
});

test('event numbers rise by one, and never come again after a restart, even one with the clock set back', () => {
  const clock = 1_800_000_000_000;
  const before = withDatabase((database) => {
    const next = openSequenceNumbers(database, () => clock);
    return [next(), next(), next()];
  });
  const [first = 0] = before;
  expect(before).toEqual([first, first + 1, first + 2]);
  const after = withDatabase((database) => openSequenceNumbers(database, () => clock - 86_400_000)());
  expect(after).toBeGreaterThan(first + 2);
  expect(Number.isSafeInteger(after)).toBe(true);
});

test('event numbers stay gapless where one block on record ends and the next begins', () => {
  withDatabase((database) => {
    const next = openSequenceNumbers(database, () => 1_800_000_000_000);
    let last = next();
    for (let given = 1; given < 1_000_010; given++) {
      const number = next();
      if (number !== last + 1) expect(number).toBe(last + 1);
      last = number;
    }
    expect(openSequenceNumbers(database, () => 0)()).toBeGreaterThan(last);
  });
});

test('when a timer last ran is remembered over a restart, and so is one that has not run yet', () => {
  withDatabase((database) => {
    const timers = openTimerStatuses(database);
    expect(timers.read('nightly')).toBeUndefined();
    timers.keep('nightly', { lastMs: undefined, updatedAtMs: 5 });
    timers.keep('weekly', { lastMs: 6, updatedAtMs: 7 });
    timers.keep('weekly', { lastMs: 8, updatedAtMs: 9 });
  });
  withDatabase((database) => {
    const timers = openTimerStatuses(database);
    expect(timers.read('nightly')).toEqual({ lastMs: undefined, updatedAtMs: 5 });
    expect(timers.read('weekly')).toEqual({ lastMs: 8, updatedAtMs: 9 });
  });
});
