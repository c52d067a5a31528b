import { API_PATHS } from '../contracts/http.ts';
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
import { askCloud, type Wire } from './ask-cloud.ts';
import { CloudError } from './cloud-error.ts';

/** The cloud's HTTP API as a sign calls it. Every call throws a CloudError where it brings nothing. */
export type CloudApi = {
  readonly enrol: (publicKey: PublicKey) => Promise<EnrolledSign>;
  readonly challenge: (signId: string) => Promise<Challenge>;
  readonly negotiate: (signId: string, assertion: string) => Promise<Negotiated>;
  readonly snapshots: (sessionToken: string) => Promise<Snapshots>;
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
    snapshots: (sessionToken) =>
      get(snapshotsSchema, API_PATHS.snapshots, { authorization: `Bearer ${sessionToken}` }),
  };
}

type Schema<T> = {
  safeParse(data: unknown): { success: true; data: T } | { success: false; error: Error };
};

function parsed<T>(schema: Schema<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new CloudError('not-the-cloud', 'the answer has another shape', { cause: result.error });
}
