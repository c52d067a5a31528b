import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { compactVerify, importJWK } from 'jose';
import { signIdOf } from '../../cloud/client/sign-identity.ts';
import type { ErrorCode } from '../../cloud/contracts/http.ts';
import { HUB_NAME, signalRGroupOf } from '../../cloud/contracts/hub-targets.ts';
import {
  assertionSchema,
  enrolRequestSchema,
  negotiateRequestSchema,
  type PublicKey,
  SIGN_HEADER,
} from '../../cloud/contracts/sign.ts';
import type { Snapshot } from '../../cloud/contracts/snapshot.ts';
import type { SignalRService } from '../../cloud/local/signalr/create-signalr-service.ts';
import { sentNow } from './client-snapshots.ts';

export type CloudTruth = {
  /** Where a sign belongs that enrols. */
  storeGroupId: string | null;
  /** The stores of each group. */
  groups: Record<string, readonly Snapshot[]>;
};

type Answer = { readonly status: number; readonly body: unknown };

/** What the cloud answers to signs, strict about who asks; in memory. */
export class SignApi {
  readonly signs = new Map<string, { readonly publicKey: PublicKey; storeGroupId: string | null }>();
  /** Token to sign id. */
  readonly sessions = new Map<string, string>();
  readonly #nonces = new Set<string>();
  readonly #truth: CloudTruth;
  readonly #service: SignalRService;

  constructor(truth: CloudTruth, service: SignalRService) {
    this.#truth = truth;
    this.#service = service;
  }

  async answer(request: IncomingMessage): Promise<Answer> {
    const url = request.url ?? '';
    if (request.method === 'GET') return this.#snapshots(request);
    if (url === '/api/signs') return this.#enrol(request);
    if (url === '/api/negotiate') return this.#negotiate(request);
    return this.#challenge(url.split('/')[3] ?? '');
  }

  async assign(storeGroupId: string | null): Promise<void> {
    for (const [signId, sign] of this.signs) {
      sign.storeGroupId = storeGroupId;
      await this.#join(signId, storeGroupId);
    }
  }

  async #enrol(request: IncomingMessage): Promise<Answer> {
    const { publicKey } = enrolRequestSchema.parse(await json(request));
    const signId = await signIdOf(publicKey);
    const sign = this.signs.get(signId) ?? { publicKey, storeGroupId: this.#truth.storeGroupId };
    this.signs.set(signId, sign);
    return ok({ signId, storeGroupId: sign.storeGroupId });
  }

  #challenge(signId: string): Answer {
    if (!this.signs.has(signId)) return refusal(404, 'unknown-sign');
    const nonce = crypto.randomUUID();
    this.#nonces.add(nonce);
    return ok({ nonce, expiresInSeconds: 60 });
  }

  async #negotiate(request: IncomingMessage): Promise<Answer> {
    const signId = String(request.headers[SIGN_HEADER]);
    const sign = this.signs.get(signId);
    if (sign === undefined) return refusal(404, 'unknown-sign');
    const { assertion } = negotiateRequestSchema.parse(await json(request));
    const { payload } = await compactVerify(assertion, await importJWK(sign.publicKey, 'ES256'));
    const claims = assertionSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
    if (claims.sign !== signId) return refusal(401, 'bad-signature');
    if (!this.#nonces.delete(claims.nonce)) return refusal(401, 'nonce-spent');
    await this.#join(signId, sign.storeGroupId);
    const token = crypto.randomUUID();
    this.sessions.set(token, signId);
    const info = await this.#service.connectionInfo({ hub: HUB_NAME, userId: signId });
    return ok({ ...info, session: { token, expiresInSeconds: 600 }, storeGroupId: sign.storeGroupId });
  }

  #snapshots(request: IncomingMessage): Answer {
    const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
    const sign = this.signs.get(this.sessions.get(token) ?? '');
    if (sign === undefined) return refusal(401, 'session-expired');
    const { storeGroupId } = sign;
    return ok({ storeGroupId, snapshots: (this.#truth.groups[storeGroupId ?? ''] ?? []).map(sentNow) });
  }

  async #join(userId: string, storeGroupId: string | null): Promise<void> {
    await this.#service.act(HUB_NAME, { action: 'removeAll', userId });
    if (storeGroupId === null) return;
    await this.#service.act(HUB_NAME, { action: 'add', userId, groupName: signalRGroupOf(storeGroupId) });
  }
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const refusal = (status: number, code: ErrorCode): Answer => ({
  status,
  body: { error: { code, message: code } },
});
