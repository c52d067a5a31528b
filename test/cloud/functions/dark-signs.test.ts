import { expect, test } from 'vitest';
import { snapshotSchema } from '../../../cloud/contracts/snapshot.ts';
import { flush } from '../../../cloud/functions/flush.ts';
import type { Store, Transaction } from '../../../cloud/store/port.ts';
import { NOON_MS } from '../../support/builders.ts';
import { calleMayor } from '../../support/calle-mayor.ts';
import { ANNA, aHeartbeat, aPicture, type FleetStage, fleetStage } from '../../support/fleet-stage.ts';
import { hoursOf, span } from '../../support/opening-hours.ts';
import { onSqlite } from '../../support/store-engines.ts';

const MINUTE_MS = 60_000;
/** When a sign that reported at noon is dark, and when its store says so. */
const DARK_AFTER_MS = 150_000;
const ALARM_AFTER_MS = DARK_AFTER_MS + 10 * MINUTE_MS;
/** A cloud that flushes less often has been away. */
const FLUSHED_EVERY_MS = 30_000;

onSqlite(
  'a sign that is dark',
  (database) => {
    const flushAt = async (stage: FleetStage, afterMs: number) => {
      stage.nowMs = NOON_MS + afterMs;
      return flush(stage.services)();
    };
    /** The cloud runs until then. */
    const runs = async (stage: FleetStage, untilMs: number) => {
      for (let afterMs = stage.nowMs - NOON_MS; afterMs < untilMs; afterMs += FLUSHED_EVERY_MS)
        await flushAt(stage, afterMs);
      return flushAt(stage, untilMs);
    };
    const alarms = async ({ services: { store } }: FleetStage) => {
      const states = await store.look((tx) => tx.counting.readStores(['calle-mayor', 'gran-via']));
      return states.flatMap(({ storeId, alerts }) =>
        alerts.filter(({ type }) => type === 'sign-offline').map(({ phase }) => `${storeId} ${phase}`),
      );
    };
    const put = (stage: FleetStage, difference: object) =>
      stage.services.store.transaction(async (tx) => {
        const [state] = await tx.counting.lockStores(['calle-mayor']);
        if (state === undefined) throw new Error('the stage has it');
        const description = calleMayor({ storeGroups: ['mayor', 'both'], ...difference });
        await tx.structure.putStore('calle-mayor', description, { today: state.today, nowMs: stage.nowMs });
      });
    /** It showed the group at noon, and was not heard since. */
    const silentSign = async (letter = 'a', storeGroupId = 'mayor') => {
      const stage = await fleetStage(database);
      const sign = await stage.sign(letter);
      await stage.as(ANNA).assignOne(sign.signId, storeGroupId);
      await sign.heartbeat(aHeartbeat({ painted: aPicture({ storeGroupId }) }));
      return { stage, sign };
    };

    test('alarms its store after ten minutes of it, and not a moment before', async () => {
      const { stage } = await silentSign();
      await runs(stage, ALARM_AFTER_MS - 1);
      expect(await alarms(stage)).toEqual([]);
      const told = await flushAt(stage, ALARM_AFTER_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
      const [shown] = told.flatMap(({ target, groupName, arguments: [argument] }) =>
        target === 'snapshot' && groupName === 'group:mayor' ? snapshotSchema.parse(argument).content : [],
      );
      expect(shown?.alerts).toContainEqual({
        type: 'sign-offline',
        severity: 'warn',
        active: true,
        sinceMs: NOON_MS + ALARM_AFTER_MS,
        acknowledgedBy: null,
      });
    });

    test('is over when it is heard again, without anybody’s help', async () => {
      const { stage, sign } = await silentSign();
      await runs(stage, ALARM_AFTER_MS + 1);
      await sign.heartbeat();
      await flushAt(stage, ALARM_AFTER_MS + 5_001);
      expect(await alarms(stage)).toEqual(['calle-mayor clearing']);
      await flushAt(stage, ALARM_AFTER_MS + 10_001);
      expect(await alarms(stage)).toEqual(['calle-mayor cleared']);
    });

    test('is one alarm, however many are', async () => {
      const { stage } = await silentSign();
      const other = await stage.sign('b');
      await stage.as(ANNA).assignOne(other.signId, 'mayor');
      await other.heartbeat();
      await runs(stage, ALARM_AFTER_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
      await other.heartbeat();
      await runs(stage, ALARM_AFTER_MS + MINUTE_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
    });

    test('alarms the first store of its group, and not all of them', async () => {
      const { stage } = await silentSign('a', 'both');
      await runs(stage, ALARM_AFTER_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
    });

    test('alarms nobody when it is muted, has no place or is revoked', async () => {
      const { stage, sign } = await silentSign();
      const settings = { board: 'manager', muted: true };
      await stage.as(ANNA).describe(sign.signId, { name: 'Back', settings });
      const left = await stage.sign('b');
      await stage.as(ANNA).assignOne(left.signId, 'mayor');
      await left.heartbeat();
      await stage.as(ANNA).assignOne(left.signId, null);
      const revoked = await stage.sign('c');
      await stage.as(ANNA).assignOne(revoked.signId, 'mayor');
      await revoked.heartbeat();
      await stage.as(ANNA).revoke(revoked.signId);
      await runs(stage, ALARM_AFTER_MS + MINUTE_MS);
      expect(await alarms(stage)).toEqual([]);
    });

    test('whose alarm is answered by muting it is over', async () => {
      const { stage, sign } = await silentSign();
      await runs(stage, ALARM_AFTER_MS);
      await stage
        .as(ANNA)
        .describe(sign.signId, { name: 'Back', settings: { board: 'manager', muted: true } });
      await runs(stage, ALARM_AFTER_MS + MINUTE_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor cleared']);
    });

    test('alarms nobody whose owner never wants to hear of it, and after their own time else', async () => {
      const { stage } = await silentSign();
      await put(stage, { signDarkAlarmMinutes: null });
      await runs(stage, ALARM_AFTER_MS + MINUTE_MS);
      expect(await alarms(stage)).toEqual([]);
      await put(stage, { signDarkAlarmMinutes: 1 });
      await flushAt(stage, ALARM_AFTER_MS + MINUTE_MS + 1);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
    });

    test('alarms nobody in the night: only minutes in which the store is open count', async () => {
      const { stage } = await silentSign();
      // Seven minutes and a half of darkness until it closes, and two and a half more.
      await put(stage, { hours: hoursOf(['mon-sun', span('09:00', '12:10'), span('12:30', '20:00')]) });
      await runs(stage, 30 * MINUTE_MS + 149_999);
      expect(await alarms(stage)).toEqual([]);
      await flushAt(stage, 30 * MINUTE_MS + 150_000);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
    });

    test('has time to come back after the cloud was away: nobody can report to a cloud that is off', async () => {
      const { stage } = await silentSign();
      await runs(stage, MINUTE_MS);
      const backMs = 3 * 60 * MINUTE_MS;
      await flushAt(stage, backMs);
      await runs(stage, backMs + ALARM_AFTER_MS - 1);
      expect(await alarms(stage)).toEqual([]);
      await flushAt(stage, backMs + ALARM_AFTER_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
    });

    test('does not look alive for an hour because the clock of the cloud was an hour ahead', async () => {
      const { stage, sign } = await silentSign();
      const aheadMs = 60 * MINUTE_MS;
      await flushAt(stage, aheadMs);
      await sign.heartbeat();
      await sign.connected('one');
      await sign.disconnected('one', null);
      await flushAt(stage, 0);
      await runs(stage, 5 * MINUTE_MS);
      const { signs } = await stage.as(ANNA).fleet();
      expect(signs).toMatchObject([{ state: 'dark' }]);
      expect(signs[0]?.stateSinceMs).toBeLessThan(NOON_MS + 5 * MINUTE_MS);
      await runs(stage, 15 * MINUTE_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
    });

    test('and alarmed before the cloud was away goes on alarming', async () => {
      const { stage } = await silentSign();
      await runs(stage, ALARM_AFTER_MS);
      await flushAt(stage, 3 * 60 * MINUTE_MS);
      await runs(stage, 3 * 60 * MINUTE_MS + MINUTE_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
    });

    test('is one that still reports, but whose page stands still and may not stand any longer', async () => {
      const { stage, sign } = await silentSign();
      const painted = aPicture({ ageMs: 10 * MINUTE_MS, leaseMs: 0 });
      for (let afterMs = 0; afterMs <= 11 * MINUTE_MS + DARK_AFTER_MS; afterMs += FLUSHED_EVERY_MS) {
        stage.nowMs = NOON_MS + afterMs;
        await sign.heartbeat(aHeartbeat({ painted }));
        await flushAt(stage, afterMs);
      }
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
    });

    test('among hundreds that are switched off for the night is looked at every few seconds, and alarms all the same', async () => {
      const { stage } = await silentSign();
      const { store } = stage.services;
      await store.transaction(async (tx) => {
        const [one] = await tx.signs.signsOfGroups(['mayor']);
        if (one?.report == null) throw new Error('expected a sign that reported');
        for (let number = 0; number < 450; number += 1) {
          const signId = `s-${String(number).padStart(43, '0')}`;
          await tx.signs.enrol({ signId, publicKey: one.publicKey, atMs: NOON_MS });
          await tx.signs.assign(signId, 'via');
          await tx.signs.keepReport({
            ...{ signId, report: one.report, heardAtMs: NOON_MS, address: null },
            ...{ state: 'fresh', stateSinceMs: NOON_MS },
          });
        }
      });
      let looks = 0;
      const counted = spiedStore(store, (tx) => ({
        ...tx,
        signs: {
          ...tx.signs,
          silentSigns: (beforeMs) => {
            looks += 1;
            return tx.signs.silentSigns(beforeMs);
          },
        },
      }));
      await runs(stage, 5 * MINUTE_MS);
      const flushCounted = flush({ ...stage.services, store: counted });
      for (let second = 0; second < 10; second += 1) {
        stage.nowMs += 1_000;
        await flushCounted();
      }
      expect(looks).toBe(5);
      await runs(stage, ALARM_AFTER_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor active', 'gran-via active']);
    });

    test('has its store read when something can have become of it, and not each second', async () => {
      const { stage } = await silentSign();
      let reads = 0;
      const store = spiedStore(stage.services.store, (tx) => ({
        ...tx,
        counting: {
          ...tx.counting,
          readStores: (storeIds) => {
            reads += 1;
            return tx.counting.readStores(storeIds);
          },
        },
      }));
      const eachSecond = async (untilMs: number) => {
        reads = 0;
        while (stage.nowMs < NOON_MS + untilMs) {
          stage.nowMs += 1_000;
          await flush({ ...stage.services, store })();
        }
        return reads;
      };
      await flushAt(stage, 0);
      await eachSecond(DARK_AFTER_MS);
      expect(await eachSecond(ALARM_AFTER_MS - 1_000)).toBeLessThan(15);
      expect(await alarms(stage)).toEqual([]);
      await eachSecond(ALARM_AFTER_MS);
      expect(await alarms(stage)).toEqual(['calle-mayor active']);
      expect(await eachSecond(ALARM_AFTER_MS + 5 * MINUTE_MS)).toBeLessThan(10);
    });
  },
  'memory',
);

/** The same store, with something else in the place of its records. */
const spiedStore = (store: Store, spied: (tx: Transaction) => Transaction): Store => ({
  ...store,
  transaction: (work) => store.transaction((tx) => work(spied(tx))),
});
