import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDevices } from '../../../../cloud/local/state/devices.ts';
import {
  openPlatformDatabase,
  PLATFORM_SCHEMA_VERSION,
} from '../../../../cloud/local/state/open-platform-database.ts';
import { platformSecret } from '../../../../cloud/local/state/secrets.ts';
import { openSequenceNumbers } from '../../../../cloud/local/state/sequence-numbers.ts';
import { openTimerStatuses } from '../../../../cloud/local/state/timer-statuses.ts';
import { createUserGroups } from '../../../../cloud/local/state/user-groups.ts';
import { NOON_MS } from '../../../support/builders.ts';
import { anOldDatabase } from '../../../support/old-database.ts';

test.each(['platform-1.db', 'platform-2.db'])('%s is opened with its devices, keys and groups', (name) => {
  using old = anOldDatabase(name);
  const database = openPlatformDatabase(old.file);
  try {
    expect(openDevices(database).list(10)).toMatchObject([
      { deviceId: 'arcade-1', status: 'disabled' },
      { deviceId: 'street-1', status: 'enabled', primaryKey: Buffer.alloc(32, 'street').toString('base64') },
    ]);
    expect(platformSecret(database, 'hub-owner-key')).toBe(Buffer.alloc(32, 'owner').toString('base64'));
    expect(createUserGroups(database).groupsOf('vitrine', 'sign-1', NOON_MS)).toEqual(['group:demo']);
    openTimerStatuses(database).keep('flush', { lastMs: NOON_MS, updatedAtMs: NOON_MS });
    expect(database.prepare('pragma user_version').get()).toEqual({ user_version: PLATFORM_SCHEMA_VERSION });
  } finally {
    database.close();
  }
});

test('the event numbers of an old platform are not given again, also by a clock that was set back', () => {
  using old = anOldDatabase('platform-2.db');
  const database = openPlatformDatabase(old.file);
  try {
    expect(openSequenceNumbers(database, () => 0)()).toBe(NOON_MS * 1_000 + 1_000_000);
  } finally {
    database.close();
  }
});

test('a platform of a newer program is refused in plain words, and is left as it was', () => {
  using old = anOldDatabase('platform-2.db');
  const database = new DatabaseSync(old.file);
  database.exec('pragma user_version = 99');
  database.close();
  const before = readFileSync(old.file);
  expect(() => openPlatformDatabase(old.file)).toThrow(
    expect.objectContaining({
      code: 'ERR_DATABASE_NEWER',
      message: expect.stringMatching(/step 99.*newer Vitrine/),
    }),
  );
  expect(readFileSync(old.file).equals(before)).toBe(true);
});
