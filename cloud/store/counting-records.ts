import { addAdjustments, addFlows, flowsOf } from './day-flows.ts';
import type { Sql } from './engine.ts';
import { claimReadings } from './ledger.ts';
import type { CountingRecords } from './port.ts';
import { saveSensorStates, sensorStates } from './sensor-states.ts';
import { holdStores, lockStores, readStores, saveStoreStates } from './store-states.ts';
import { saveUsualDays } from './usual-days.ts';

export const countingRecords = (sql: Sql): CountingRecords => ({
  readStores: (storeIds) => readStores(sql, storeIds),
  holdStores: (storeIds) => holdStores(sql, storeIds),
  lockStores: (storeIds) => lockStores(sql, storeIds),
  claimReadings: (readings) => claimReadings(sql, readings),
  sensorStates: (sensorIds) => sensorStates(sql, sensorIds),
  saveSensorStates: (states) => saveSensorStates(sql, states),
  saveUsualDays: (states) => saveUsualDays(sql, states),
  saveStoreStates: (states) => saveStoreStates(sql, states),
  addFlows: (flows) => addFlows(sql, flows),
  addAdjustments: (adjustments) => addAdjustments(sql, adjustments),
  flowsOf: (storeId, fromMs, untilMs) => flowsOf(sql, storeId, fromMs, untilMs),
});
