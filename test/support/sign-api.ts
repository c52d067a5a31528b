import type { IncomingMessage } from 'node:http';
import { buffer, json } from 'node:stream/consumers';
import { compactVerify, importJWK } from 'jose';
import { signIdOf } from '../../cloud/client/sign-identity.ts';
import { API_PATHS, type ErrorCode } from '../../cloud/contracts/http.ts';
import { HUB_NAME, signalRGroupOf } from '../../cloud/contracts/hub-targets.ts';
import { fingerprintOf, type PairingOffer } from '../../cloud/contracts/pairing.ts';
import {
  assertionSchema,
  enrolRequestSchema,
  negotiateRequestSchema,
  type PublicKey,
  SIGN_HEADER,
} from '../../cloud/contracts/sign.ts';
import {
  type Heartbeat,
  type HeartbeatAnswer,
  heartbeatSchema,
  type PulledCommands,
  type Receipt,
  receiptSchema,
} from '../../cloud/contracts/sign-report.ts';
import type { Snapshot } from '../../cloud/contracts/snapshot.ts';
import { refusal } from '../../cloud/functions/http-answers.ts';
import type { SignalRService } from '../../cloud/local/signalr/create-signalr-service.ts';
import { sentNow } from './client-snapshots.ts';

/** What waits for the signs, and what they said. */
export type Reports = {
  offer: Omit<PairingOffer, 'fingerprint'>;
  description: Pick<HeartbeatAnswer, 'name' | 'settings' | 'messages' | 'consoleUrl'>;
  commands: PulledCommands['commands'];
  readonly heartbeats: Heartbeat[];
  readonly receipts: Receipt[];
  readonly screenshots: { readonly commandId: string; readonly mediaType: string; readonly bytes: number }[];
};

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
  /** Signs that were taken out of service. */
  readonly revoked = new Set<string>();
  readonly reports: Reports = {
    offer: { code: 'BKXRTHDW', expiresInSeconds: 600, consoleUrl: null },
    description: { name: '', settings: null },
    commands: [],
    heartbeats: [],
    receipts: [],
    screenshots: [],
  };
  readonly #nonces = new Set<string>();
  readonly #truth: CloudTruth;
  readonly #service: SignalRService;

  constructor(truth: CloudTruth, service: SignalRService) {
    this.#truth = truth;
    this.#service = service;
  }

  async answer(request: IncomingMessage): Promise<Answer> {
    const url = request.url ?? '';
    if (url === API_PATHS.snapshots) return this.#snapshots(request);
    if (url === API_PATHS.pairingCode || url.startsWith('/api/signs/me/')) return this.#report(url, request);
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
    if (!this.signs.has(signId)) return refused(404, 'unknown-sign');
    if (this.revoked.has(signId)) return refused(403, 'sign-revoked');
    const nonce = crypto.randomUUID();
    this.#nonces.add(nonce);
    return ok({ nonce, expiresInSeconds: 60 });
  }

  async #negotiate(request: IncomingMessage): Promise<Answer> {
    const signId = String(request.headers[SIGN_HEADER]);
    const sign = this.signs.get(signId);
    if (sign === undefined) return refused(404, 'unknown-sign');
    const { assertion } = negotiateRequestSchema.parse(await json(request));
    const { payload } = await compactVerify(assertion, await importJWK(sign.publicKey, 'ES256'));
    const claims = assertionSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
    if (claims.sign !== signId) return refused(401, 'bad-signature');
    if (!this.#nonces.delete(claims.nonce)) return refused(401, 'nonce-spent');
    await this.#join(signId, sign.storeGroupId);
    const token = crypto.randomUUID();
    this.sessions.set(token, signId);
    const info = await this.#service.connectionInfo({ hub: HUB_NAME, userId: signId });
    return ok({ ...info, session: { token, expiresInSeconds: 600 }, storeGroupId: sign.storeGroupId });
  }

  #signIdOf(request: IncomingMessage): string {
    return this.sessions.get(request.headers.authorization?.slice('Bearer '.length) ?? '') ?? '';
  }

  async #report(url: string, request: IncomingMessage): Promise<Answer> {
    const signId = this.#signIdOf(request);
    if (!this.signs.has(signId)) return refused(401, 'session-expired');
    if (this.revoked.has(signId)) return refused(403, 'sign-revoked');
    const { reports } = this;
    if (url === API_PATHS.pairingCode) return ok({ ...reports.offer, fingerprint: fingerprintOf(signId) });
    if (url === API_PATHS.pulledCommands) return ok({ commands: reports.commands });
    if (url === API_PATHS.receipts) {
      const receipt = receiptSchema.parse(await json(request));
      reports.receipts.push(receipt);
      reports.commands = reports.commands.filter(({ commandId }) => commandId !== receipt.commandId);
      return ok({});
    }
    if (url.startsWith(`${API_PATHS.screenshotOfMe}?`)) {
      const commandId = new URLSearchParams(url.split('?')[1]).get('commandId') ?? '';
      const mediaType = request.headers['content-type'] ?? '';
      reports.screenshots.push({ commandId, mediaType, bytes: (await buffer(request)).byteLength });
      return ok({ commandId });
    }
    reports.heartbeats.push(heartbeatSchema.parse(await json(request)));
    return ok({ ...reports.description, commandsWait: reports.commands.length > 0 });
  }

  #snapshots(request: IncomingMessage): Answer {
    const sign = this.signs.get(this.#signIdOf(request));
    if (sign === undefined) return refused(401, 'session-expired');
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
const refused = (status: number, code: ErrorCode): Answer => ({
  status,
  body: refusal(status, code, code).jsonBody,
});
