import { API_PATHS } from '../contracts/http.ts';
import { type PairingOffer, pairingOfferSchema } from '../contracts/pairing.ts';
import {
  type Challenge,
  challengeSchema,
  type EnrolledSign,
  enrolledSignSchema,
  type Negotiated,
  negotiatedSchema,
  type PublicKey,
  SIGN_HEADER,
  type Snapshots,
  snapshotsSchema,
} from '../contracts/sign.ts';
import {
  type AnswerAtSign,
  type Heartbeat,
  type HeartbeatAnswer,
  heartbeatAnswerSchema,
  type PulledCommands,
  pulledCommandsSchema,
  type Receipt,
} from '../contracts/sign-report.ts';
import { askCloud, type Wire } from './ask-cloud.ts';
import { CloudError } from './cloud-error.ts';
import type { Screenshot } from './screenshot.ts';

/** The cloud's HTTP API as a sign calls it. Every call throws a CloudError where it brings nothing. */
export type CloudApi = {
  readonly enrol: (publicKey: PublicKey) => Promise<EnrolledSign>;
  readonly challenge: (signId: string) => Promise<Challenge>;
  readonly negotiate: (signId: string, assertion: string) => Promise<Negotiated>;
  readonly snapshots: (sessionToken: string) => Promise<Snapshots>;
  readonly pairingCode: (sessionToken: string) => Promise<PairingOffer>;
  readonly heartbeat: (sessionToken: string, heartbeat: Heartbeat) => Promise<HeartbeatAnswer>;
  readonly commands: (sessionToken: string) => Promise<PulledCommands>;
  readonly receipt: (sessionToken: string, receipt: Receipt) => Promise<void>;
  readonly answer: (sessionToken: string, asked: AnswerAtSign) => Promise<void>;
  readonly screenshot: (sessionToken: string, commandId: string, screenshot: Screenshot) => Promise<void>;
};

export function createCloudApi(cloudUrl: string, wire: Wire): CloudApi {
  const base = cloudUrl.replace(/\/+$/, '');
  const get = async <T>(schema: Schema<T>, path: string, headers: Record<string, string>) =>
    parsed(schema, await askCloud(wire, base + path, { headers }));
  const post = async <T>(schema: Schema<T>, path: string, body: unknown, headers = {}) =>
    parsed(
      schema,
      await askCloud(wire, base + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    );
  return {
    enrol: (publicKey) => post(enrolledSignSchema, API_PATHS.signs, { publicKey }),
    challenge: (signId) => post(challengeSchema, API_PATHS.challenge(signId), {}),
    negotiate: (signId, assertion) =>
      post(negotiatedSchema, API_PATHS.negotiate, { assertion }, { [SIGN_HEADER]: signId }),
    snapshots: (token) => get(snapshotsSchema, API_PATHS.snapshots, bearer(token)),
    pairingCode: (token) => post(pairingOfferSchema, API_PATHS.pairingCode, {}, bearer(token)),
    heartbeat: (token, heartbeat) =>
      post(heartbeatAnswerSchema, API_PATHS.heartbeat, heartbeat, bearer(token)),
    commands: (token) => get(pulledCommandsSchema, API_PATHS.pulledCommands, bearer(token)),
    receipt: (token, receipt) => post(anything, API_PATHS.receipts, receipt, bearer(token)),
    answer: (token, asked) => post(anything, API_PATHS.answerOfMe, asked, bearer(token)),
    async screenshot(token, commandId, { mediaType, body }) {
      const path = `${API_PATHS.screenshotOfMe}?commandId=${encodeURIComponent(commandId)}`;
      const headers = { 'content-type': mediaType, ...bearer(token) };
      await askCloud(wire, base + path, { method: 'POST', headers, body });
    },
  };
}

const bearer = (sessionToken: string) => ({ authorization: `Bearer ${sessionToken}` });

/** Of an answer that says no more than that it was heard. */
const anything: Schema<void> = { safeParse: () => ({ success: true, data: undefined }) };

type Schema<T> = {
  safeParse(data: unknown): { success: true; data: T } | { success: false; error: Error };
};

function parsed<T>(schema: Schema<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new CloudError('other-version', 'the answer has another shape', { cause: result.error });
}
