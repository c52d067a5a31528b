import { expect, test } from 'vitest';
import { alertKeyOf } from '../../../../cloud/contracts/alert.ts';
import type { AlertState } from '../../../../cloud/domain/store-state.ts';
import { NOON_MS } from '../../../support/builders.ts';
import { ANNA, aHeartbeat, aPicture, type FleetStage, fleetStage } from '../../../support/fleet-stage.ts';
import { onSqlite } from '../../../support/store-engines.ts';

const FULL = alertKeyOf({ type: 'full', sinceMs: NOON_MS });
const SILENT = alertKeyOf({ type: 'sensor-silent', door: 'street', sinceMs: NOON_MS });
const raisedAt = { severity: 'warn', phase: 'active', times: 1, acknowledged: null } as const;
const atNoon = { phaseSinceMs: NOON_MS, sinceMs: NOON_MS, askedAtMs: NOON_MS };
const RAISED: readonly AlertState[] = [
  { ...raisedAt, ...atNoon, type: 'full', source: 'store', place: {} },
  { ...raisedAt, ...atNoon, type: 'sensor-silent', source: 'street-1', place: { door: 'street' } },
];

onSqlite('an alert on a glass', (database) => {
  const placedSign = async (stage: FleetStage) => {
    const sign = await stage.sign('A');
    await stage.as(ANNA).assignOne(sign.signId, 'mayor');
    await stage.services.store.transaction(async ({ counting }) => {
      const states = await counting.lockStores(['calle-mayor', 'gran-via']);
      await counting.saveStoreStates(states.map((state) => ({ ...state, alerts: RAISED })));
    });
    const paints = (alerts: readonly string[], ageMs = 0) =>
      sign.heartbeat(aHeartbeat({ painted: aPicture({ alerts: [...alerts], ageMs }) }));
    return { ...sign, paints };
  };
  const paintingsOf = (stage: FleetStage, storeId: string, keys: readonly string[]) =>
    stage.services.store.look((tx) => tx.paintings.of(storeId, keys));

  test('is kept with the first time that it was painted', async () => {
    const stage = await fleetStage(database);
    const { signId, paints } = await placedSign(stage);
    stage.nowMs = NOON_MS + 1_000;
    await paints([`calle-mayor ${FULL}`]);
    stage.nowMs += 60_000;
    await paints([`calle-mayor ${FULL}`, `calle-mayor ${SILENT}`], 400);
    expect(await paintingsOf(stage, 'calle-mayor', [FULL, SILENT])).toEqual([
      { storeId: 'calle-mayor', alertKey: FULL, placeId: signId, paintedAtMs: NOON_MS + 1_000 },
      { storeId: 'calle-mayor', alertKey: SILENT, placeId: signId, paintedAtMs: NOON_MS + 60_600 },
    ]);
  });

  test('was never painted before it was raised, whatever the sign says', async () => {
    const stage = await fleetStage(database);
    const { paints } = await placedSign(stage);
    stage.nowMs = NOON_MS + 1_000;
    await paints([`calle-mayor ${FULL}`], 3_600_000);
    expect(await paintingsOf(stage, 'calle-mayor', [FULL])).toMatchObject([{ paintedAtMs: NOON_MS }]);
  });

  test('of a store that is none of its own, or in words that nobody knows, is not kept; the report is', async () => {
    const stage = await fleetStage(database);
    const { paints } = await placedSign(stage);
    const unknown = 'on-fire store 1';
    const answer = await paints([
      `gran-via ${FULL}`,
      `calle-mayor ${unknown}`,
      'nonsense',
      `nowhere ${FULL}`,
    ]);
    expect(answer.status).toBe(200);
    expect(await paintingsOf(stage, 'gran-via', [FULL])).toEqual([]);
    expect(await paintingsOf(stage, 'nowhere', [FULL])).toEqual([]);
    expect(await paintingsOf(stage, 'calle-mayor', [unknown, FULL])).toEqual([]);
  });

  test('that was never raised is not kept, however many of them a stolen key names', async () => {
    const stage = await fleetStage(database);
    const { paints } = await placedSign(stage);
    const invented = Array.from({ length: 32 }, (_, number) =>
      alertKeyOf({ type: 'full', sinceMs: NOON_MS - 1 - number }),
    );
    const elsewhere = alertKeyOf({ type: 'sensor-silent', door: 'nowhere', sinceMs: NOON_MS });
    await paints(invented.map((key) => `calle-mayor ${key}`));
    await paints([`calle-mayor ${elsewhere}`, `calle-mayor ${FULL}`]);
    expect(await paintingsOf(stage, 'calle-mayor', [...invented, elsewhere])).toEqual([]);
    expect(await paintingsOf(stage, 'calle-mayor', [FULL])).toHaveLength(1);
  });
});
