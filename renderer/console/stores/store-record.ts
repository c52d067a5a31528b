import { type AlertEvent, type ListedAlert, listedAlertsSchema } from '../../../cloud/contracts/alert.ts';
import { type CorrectionRecord, correctionsSchema } from '../../../cloud/contracts/correction.ts';
import { type DriftReport, driftSchema } from '../../../cloud/contracts/history.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { anyAnswer, ask } from '../api/ask.ts';

export const readCorrections = async (storeId: string): Promise<readonly CorrectionRecord[]> =>
  (await ask(correctionsSchema, API_PATHS.corrections(storeId))).corrections;

export const readNights = async (storeId: string): Promise<readonly DriftReport[]> =>
  (await ask(driftSchema, API_PATHS.drift(storeId))).nights;

export type AlertRecord = { readonly alerts: readonly ListedAlert[]; readonly events: readonly AlertEvent[] };

export const readAlertRecord = (storeId: string): Promise<AlertRecord> =>
  ask(listedAlertsSchema, API_PATHS.alerts(storeId));

export const answerAlert = (storeId: string, { type, source }: ListedAlert, by: string): Promise<unknown> =>
  ask(anyAnswer, API_PATHS.acknowledge(storeId), { method: 'POST', body: { type, source, by } });
