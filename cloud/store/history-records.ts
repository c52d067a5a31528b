import { addAlertEvents, alertEvents } from './alert-events.ts';
import { changesBetween } from './changes-between.ts';
import { addCorrections, corrections, setsSince } from './corrections.ts';
import type { Sql } from './engine.ts';
import { doorMinutes, doorSumsSince, zoneMinutes, zoneSumsSince } from './minutes.ts';
import type { HistoryRecords } from './port.ts';

export const historyRecords = (sql: Sql): HistoryRecords => ({
  doorMinutes: (storeId, fromMs, untilMs) => doorMinutes(sql, storeId, fromMs, untilMs),
  zoneMinutes: (storeId, fromMs, untilMs) => zoneMinutes(sql, storeId, fromMs, untilMs),
  doorSumsSince: (storeId, fromMs) => doorSumsSince(sql, storeId, fromMs),
  zoneSumsSince: (storeId, fromMs) => zoneSumsSince(sql, storeId, fromMs),
  changesBetween: (storeId, momentsMs) => changesBetween(sql, storeId, momentsMs),
  addCorrections: (made) => addCorrections(sql, made),
  corrections: (storeId, limit) => corrections(sql, storeId, limit),
  setsSince: (storeId, sinceMs) => setsSince(sql, storeId, sinceMs),
  addAlertEvents: (events) => addAlertEvents(sql, events),
  alertEvents: (storeId, limit) => alertEvents(sql, storeId, limit),
});
