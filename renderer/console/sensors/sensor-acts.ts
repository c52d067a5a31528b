import { API_PATHS } from '../../../cloud/contracts/http.ts';
import {
  type RejectedMessage,
  type Replayed,
  rejectedListSchema,
  replayedSchema,
} from '../../../cloud/contracts/rejected.ts';
import {
  type IngestKeyMade,
  ingestKeyMadeSchema,
  rejectedDeletedSchema,
  type SensorSecret,
  type Sensors,
  sensorSecretSchema,
  sensorsSchema,
} from '../../../cloud/contracts/sensor.ts';
import { anyAnswer, ask } from '../api/ask.ts';

export const readSensors = (): Promise<Sensors> => ask(sensorsSchema, API_PATHS.sensors);

export const makeSensor = (sensorId: string): Promise<SensorSecret> =>
  ask(sensorSecretSchema, API_PATHS.sensors, { method: 'POST', body: { sensorId } });

export const renewConnectionString = (sensorId: string): Promise<SensorSecret> =>
  ask(sensorSecretSchema, API_PATHS.connectionString(sensorId), { method: 'POST', body: {} });

export const removeSensor = (sensorId: string): Promise<unknown> =>
  ask(anyAnswer, API_PATHS.sensor(sensorId), { method: 'DELETE' });

export const makeIngestKey = (sensorId: string): Promise<IngestKeyMade> =>
  ask(ingestKeyMadeSchema, API_PATHS.ingestKey(sensorId), { method: 'POST', body: {} });

export const readRejected = async (): Promise<readonly RejectedMessage[]> =>
  (await ask(rejectedListSchema, API_PATHS.rejected)).rejected;

export const replayRejected = (sensorId: string): Promise<Replayed> =>
  ask(replayedSchema, API_PATHS.replay, { method: 'POST', body: { sensorId } });

export const deleteRejected = async (sensorId: string): Promise<number> => {
  const path = `${API_PATHS.rejected}?sensorId=${encodeURIComponent(sensorId)}`;
  return (await ask(rejectedDeletedSchema, path, { method: 'DELETE' })).deleted;
};
