import { alertEventSchema, alertPaintedSchema, listedAlertSchema } from '../../contracts/alert.ts';
import { auditRowSchema } from '../../contracts/audit.ts';
import { correctionRecordSchema } from '../../contracts/correction.ts';
import { dailyResetSchema } from '../../contracts/daily-reset.ts';
import { commandStatusSchema, listedSignSchema } from '../../contracts/fleet.ts';
import { driftReportSchema, historyStepSchema } from '../../contracts/history.ts';
import { problemSchema } from '../../contracts/http.ts';
import { idSchema, sensorIdSchema, signIdSchema } from '../../contracts/identifiers.ts';
import { openingHoursSchema, openingSchema } from '../../contracts/opening-hours.ts';
import { personIdSchema, personSchema } from '../../contracts/person.ts';
import { rejectedMessageSchema } from '../../contracts/rejected.ts';
import { listedSensorSchema, sensorPlaceSchema } from '../../contracts/sensor.ts';
import { sensorModelSchema } from '../../contracts/sensor-model.ts';
import { publicKeySchema } from '../../contracts/sign.ts';
import {
  heartbeatSchema,
  paintedSchema,
  signAboutSchema,
  signSettingsSchema,
} from '../../contracts/sign-report.ts';
import { proofSchema, snapshotContentSchema, snapshotSchema } from '../../contracts/snapshot.ts';
import { storeDescriptionSchema } from '../../contracts/store-description.ts';
import { storeGroupDescriptionSchema } from '../../contracts/store-group.ts';
import { transferChangeSchema, transferProblemSchema } from '../../contracts/transfer.ts';
import type { Schema } from './operation.ts';

/** What stands in several places, or is worth a name. Whole bodies are named after their operation. */
export const NAMED_SCHEMAS: Readonly<Record<string, Schema>> = {
  Problem: problemSchema,
  Id: idSchema,
  SensorId: sensorIdSchema,
  SignId: signIdSchema,
  PersonId: personIdSchema,
  Store: storeDescriptionSchema,
  StoreGroup: storeGroupDescriptionSchema,
  DailyReset: dailyResetSchema,
  OpeningHours: openingHoursSchema,
  Opening: openingSchema,
  Snapshot: snapshotSchema,
  SnapshotContent: snapshotContentSchema,
  Proof: proofSchema,
  Alert: listedAlertSchema,
  AlertEvent: alertEventSchema,
  AlertPainted: alertPaintedSchema,
  Correction: correctionRecordSchema,
  HistoryStep: historyStepSchema,
  DriftReport: driftReportSchema,
  SensorModel: sensorModelSchema,
  SensorPlace: sensorPlaceSchema,
  Sensor: listedSensorSchema,
  RejectedMessage: rejectedMessageSchema,
  Sign: listedSignSchema,
  SignAbout: signAboutSchema,
  SignSettings: signSettingsSchema,
  Heartbeat: heartbeatSchema,
  Painted: paintedSchema,
  CommandStatus: commandStatusSchema,
  PublicKey: publicKeySchema,
  Person: personSchema,
  AuditRow: auditRowSchema,
  TransferChange: transferChangeSchema,
  TransferProblem: transferProblemSchema,
};
