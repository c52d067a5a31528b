import { HttpRequest, InvocationContext } from '@azure/functions';
import { expect, test } from 'vitest';
import {
  type AlertPainted,
  alertKeyOf,
  type ListedAlert,
  listedAlertsSchema,
} from '../../../cloud/contracts/alert.ts';
import type { Painted, SignSettings } from '../../../cloud/contracts/sign-report.ts';
import { listAlerts } from '../../../cloud/functions/alerts.ts';
import { withPainted } from '../../../cloud/functions/painted-alerts.ts';
import type { Caller } from '../../../cloud/functions/people/caller.ts';
import { NOON_MS } from '../../support/builders.ts';
import { ANNA, aHeartbeat, aPicture, BEN, type FleetStage, fleetStage } from '../../support/fleet-stage.ts';
import { onSqlite } from '../../support/store-engines.ts';

const SILENT = {
  type: 'sensor-silent',
  source: 'street-1',
  severity: 'warn',
  place: { door: 'street' },
  phase: 'active',
  sinceMs: NOON_MS,
  acknowledged: null,
} as const satisfies ListedAlert;
const KEY = alertKeyOf({ type: 'sensor-silent', door: 'street', sinceMs: NOON_MS });
const ON_GLASS = `calle-mayor ${KEY}`;

onSqlite('what the signs of a store made of an alert', (database) => {
  type Placing = { group?: string; settings?: Partial<SignSettings> };
  const signAt = async (stage: FleetStage, letter: string, name: string, how: Placing = {}) => {
    const sign = await stage.sign(letter);
    await stage.as(ANNA).assignOne(sign.signId, how.group ?? 'mayor');
    const settings = { board: 'manager', ...how.settings };
    await stage.as(ANNA).describe(sign.signId, { name, settings });
    const storeGroupId = how.group ?? 'mayor';
    const paints = (painted: Partial<Painted> = {}) =>
      sign.heartbeat(aHeartbeat({ painted: aPicture({ storeGroupId, alerts: [], ...painted }) }));
    return { ...sign, paints };
  };
  const raise = ({ services: { store } }: FleetStage) =>
    store.transaction(async ({ counting }) => {
      const states = await counting.lockStores(['calle-mayor']);
      const raised = { ...SILENT, phaseSinceMs: NOON_MS, askedAtMs: NOON_MS, times: 1 };
      await counting.saveStoreStates(states.map((state) => ({ ...state, alerts: [raised] })));
    });
  const painted = async (
    stage: FleetStage,
    { storeId = 'calle-mayor', alert = SILENT as ListedAlert, caller = ANNA as Caller } = {},
  ): Promise<readonly AlertPainted[] | undefined> =>
    stage.services.store.look(async (tx) => {
      const [state] = await tx.counting.readStores([storeId]);
      if (state === undefined) throw new Error('expected the store');
      const [listed] = await withPainted(tx, state, [alert], caller, stage.nowMs);
      return listed?.painted;
    });
  const why = async (stage: FleetStage) =>
    Object.fromEntries((await painted(stage))?.map(({ name, why }) => [name, why]) ?? []);

  test('is listed: who painted it and when, then who has not said so', async () => {
    const stage = await fleetStage(database);
    await raise(stage);
    const back = await signAt(stage, 'A', 'Back office');
    const front = await signAt(stage, 'B', 'Front door');
    stage.nowMs = NOON_MS + 3_000;
    await back.paints();
    await front.paints({ alerts: [ON_GLASS], ageMs: 0 });
    expect(await painted(stage)).toEqual([
      { signId: front.signId, name: 'Front door', paintedAtMs: NOON_MS + 3_000, why: '' },
      {
        signId: back.signId,
        name: 'Back office',
        paintedAtMs: null,
        why: 'Its glass has not said so yet.',
      },
    ]);
  });

  test('names the reason of each that did not', async () => {
    const stage = await fleetStage(database);
    stage.nowMs = NOON_MS + 60_000;
    const door = await signAt(stage, 'A', 'Door', { settings: { board: 'door' } });
    const wall = await signAt(stage, 'B', 'Wall', { settings: { board: 'wall' } });
    const asleep = await signAt(stage, 'C', 'Asleep');
    const old = await signAt(stage, 'D', 'Old program');
    const crowded = await signAt(stage, 'E', 'Crowded');
    await signAt(stage, 'F', 'New');
    await door.paints({ board: 'door' });
    await wall.paints({ board: 'wall', storeId: null });
    await asleep.paints({ asleep: true });
    await old.heartbeat(aHeartbeat({ painted: aPicture() }));
    await crowded.paints({ alerts: ['calle-mayor over-capacity store 1'], ageMs: 0 });
    expect(await why(stage)).toMatchObject({
      Door: 'Its door board shows customers no alerts.',
      Wall: 'Its wall board shows figures, and no such alerts.',
      Asleep: 'Asleep by its schedule.',
      'Old program': 'Its program does not say which alerts it shows.',
      Crowded: 'Its glass shows others first.',
      New: expect.stringMatching(/^Not known what it shows since 12:01\. /),
    });
  });

  test('says since when a sign is dark, by the clock of the store', async () => {
    const stage = await fleetStage(database);
    const { paints } = await signAt(stage, 'A', 'Passage');
    await paints();
    stage.nowMs = NOON_MS + 3_600_000;
    expect(await why(stage)).toEqual({
      Passage: 'Dark since 12:02. Nothing is heard of it. Its last figure may not stand any longer.',
    });
  });

  test('only the first store of a group is drawn large', async () => {
    const stage = await fleetStage(database);
    const { signId, paints } = await signAt(stage, 'A', 'Mall', { group: 'both' });
    await paints();
    const alert = { ...SILENT, source: 'via-1' };
    expect(await painted(stage, { storeId: 'gran-via', alert })).toEqual([
      { signId, name: 'Mall', paintedAtMs: null, why: 'It draws another store of its group large.' },
    ]);
  });

  test('one that painted it and was revoked or moved stays on record', async () => {
    const stage = await fleetStage(database);
    await raise(stage);
    const moved = await signAt(stage, 'A', 'Moved');
    const revoked = await signAt(stage, 'B', 'Revoked');
    stage.nowMs = NOON_MS + 1_000;
    for (const { paints } of [moved, revoked]) await paints({ alerts: [ON_GLASS] });
    stage.nowMs = NOON_MS + 60_000;
    await stage.as(ANNA).assignOne(moved.signId, 'via');
    await stage.as(ANNA).revoke(revoked.signId);
    expect(await painted(stage)).toMatchObject([
      { name: 'Moved', why: 'Moved to another place since.' },
      { name: 'Revoked', why: 'Revoked since 12:01.' },
    ]);
  });

  test('is not asked of what the figure itself says', async () => {
    const stage = await fleetStage(database);
    await signAt(stage, 'A', 'Front door');
    const full: ListedAlert = { ...SILENT, type: 'full', source: 'store', place: {} };
    expect(await painted(stage, { alert: full })).toBeUndefined();
  });

  test('shows a person of another store only the signs that they may see', async () => {
    const stage = await fleetStage(database);
    await signAt(stage, 'A', 'Own');
    const shared = await signAt(stage, 'B', 'Shared', { group: 'both' });
    await shared.paints();
    expect(await painted(stage, { caller: BEN })).toMatchObject([{ name: 'Shared' }]);
  });

  test('stands in the answer to who asks for the alerts of a store', async () => {
    const stage = await fleetStage(database);
    const { signId, paints } = await signAt(stage, 'A', 'Front door');
    await raise(stage);
    stage.nowMs = NOON_MS + 2_000;
    await paints({ alerts: [ON_GLASS], ageMs: 0 });
    const request = new HttpRequest({
      method: 'GET',
      url: 'http://localhost/api',
      params: { storeId: 'calle-mayor' },
    });
    const answer = await listAlerts(stage.services)(request, new InvocationContext(), ANNA);
    const [alert] = listedAlertsSchema.parse(answer.jsonBody).alerts;
    expect(alert?.painted).toEqual([{ signId, name: 'Front door', paintedAtMs: NOON_MS + 2_000, why: '' }]);
  });
});
