import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import type { AuditRow } from '../../cloud/contracts/audit.ts';
import { type Fleet, fleetSchema, type ListedSign } from '../../cloud/contracts/fleet.ts';
import { pairingOfferSchema } from '../../cloud/contracts/pairing.ts';
import type { Heartbeat, Painted } from '../../cloud/contracts/sign-report.ts';
import { assignment } from '../../cloud/functions/assignment.ts';
import { challenge } from '../../cloud/functions/challenge.ts';
import { answerAtSign } from '../../cloud/functions/fleet/answer-at-sign.ts';
import { describeSign } from '../../cloud/functions/fleet/describe-sign.ts';
import { listFleet, readFleetSign } from '../../cloud/functions/fleet/fleet.ts';
import { fleetAssign } from '../../cloud/functions/fleet/fleet-assign.ts';
import { fleetCommands } from '../../cloud/functions/fleet/fleet-commands.ts';
import { heartbeat } from '../../cloud/functions/fleet/heartbeat.ts';
import { pairingClaim } from '../../cloud/functions/fleet/pairing-claim.ts';
import { pairingCode } from '../../cloud/functions/fleet/pairing-code.ts';
import { pairingLook } from '../../cloud/functions/fleet/pairing-look.ts';
import { pulledCommands } from '../../cloud/functions/fleet/pulled-commands.ts';
import { readScreenshot } from '../../cloud/functions/fleet/read-screenshot.ts';
import { receipts } from '../../cloud/functions/fleet/receipts.ts';
import { revokeSign } from '../../cloud/functions/fleet/revoke-sign.ts';
import { screenshotOfMe } from '../../cloud/functions/fleet/screenshot-of-me.ts';
import type { HubMessage } from '../../cloud/functions/hub-messages.ts';
import type { Caller } from '../../cloud/functions/people/caller.ts';
import { PlatformError } from '../../cloud/functions/platform/connection-string.ts';
import { presence } from '../../cloud/functions/presence.ts';
import type { Services } from '../../cloud/functions/services.ts';
import { sessionToken } from '../../cloud/functions/session-tokens.ts';
import { snapshot } from '../../cloud/functions/snapshot.ts';
import { aStore, NOON_MS } from './builders.ts';
import { calleMayor } from './calle-mayor.ts';
import { cloudOn } from './cloud-on-store.ts';
import type { FreshDatabase } from './store-engines.ts';

export const signIdOf = (letter: string): string => `s-${letter.repeat(43)}`;

/** May see everything. */
export const ANNA: Caller = { personId: 'p-anna-anna', name: 'Anna', role: 'manager', storeIds: null };
/** Has the store `gran-via` only. */
export const BEN: Caller = {
  personId: 'p-ben-ben-ben',
  name: 'Ben',
  role: 'manager',
  storeIds: ['gran-via'],
};

export const aPicture = (difference: Partial<Painted> = {}): Painted => ({
  kind: 'store',
  storeGroupId: 'mayor',
  storeId: 'calle-mayor',
  epoch: 1,
  revision: 1,
  freshness: 'live',
  ageMs: 200,
  leaseMs: 60_000,
  ...difference,
});

export const aHeartbeat = (difference: Partial<Heartbeat> = {}): Heartbeat => ({
  about: { app: '1.0.0', platform: 'linux', screen: { widthPx: 1_920, heightPx: 1_080 } },
  painted: aPicture(),
  transport: 'web-sockets',
  upForMs: 1_000,
  ...difference,
});

/** As a device calls, by its session. */
type StagedSign = {
  readonly signId: string;
  code(url?: string): Promise<HttpResponseInit>;
  /** The letters on its glass. */
  shownCode(): Promise<string>;
  /** `address`: where it comes from. */
  heartbeat(report?: unknown, address?: string): Promise<HttpResponseInit>;
  commands(): Promise<HttpResponseInit>;
  receipt(receipt: object): Promise<HttpResponseInit>;
  screenshot(commandId: string, body: Uint8Array, mediaType?: string): Promise<HttpResponseInit>;
  answer(asked: object): Promise<HttpResponseInit>;
  snapshots(): Promise<HttpResponseInit>;
  challenge(): Promise<HttpResponseInit>;
  connected(connectionId: string): Promise<void>;
  /** `error`: what the push service says of its end. */
  disconnected(connectionId: string, error: string | null): Promise<void>;
};

type StagedPerson = {
  look(code: string): Promise<HttpResponseInit>;
  claim(body: object): Promise<HttpResponseInit>;
  fleet(): Promise<Fleet>;
  read(signId: string): Promise<HttpResponseInit>;
  screenshot(signId: string): Promise<HttpResponseInit>;
  describe(signId: string, body: object): Promise<HttpResponseInit>;
  revoke(signId: string): Promise<HttpResponseInit>;
  command(body: object): Promise<HttpResponseInit>;
  assign(body: object): Promise<HttpResponseInit>;
  assignOne(signId: string, storeGroupId: string | null): Promise<HttpResponseInit>;
};

export type FleetStage = {
  readonly services: Services;
  /** Everything that was said, in order. */
  readonly told: HubMessage[];
  /** The groups of each user, as the push service has them. */
  readonly placed: Map<string, readonly string[]>;
  /** Users whose connections were closed. */
  readonly closed: string[];
  /** While true the push service does not answer. */
  pushIsDown: boolean;
  nowMs: number;
  /** A sign that has enrolled. */
  sign(letter: string): Promise<StagedSign>;
  as(caller: Caller): StagedPerson;
  audit(): Promise<readonly AuditRow[]>;
};

/**
 * The fleet's functions on a store of their own, called as their host calls them. `calle-mayor` is in the groups `mayor`
 * and `both`, `gran-via` in `via` and `both`.
 */
export async function fleetStage(database: FreshDatabase): Promise<FleetStage> {
  const store = await database.open();
  const placed = new Map<string, readonly string[]>();
  const closed: string[] = [];
  const told: HubMessage[] = [];
  const answers = () => {
    if (stage.pushIsDown) throw new PlatformError('ERR_SIGNALR', 'SignalR Service cannot be reached');
  };
  const { services } = cloudOn(store, {
    now: () => stage.nowMs,
    signalR: {
      async placeUser(userId, groupNames) {
        answers();
        placed.set(userId, groupNames);
      },
      async closeConnections(userId) {
        answers();
        closed.push(userId);
      },
    },
  });
  const say = (_: InvocationContext, messages: readonly HubMessage[]) => void told.push(...messages);
  const stage: FleetStage = {
    services,
    told,
    placed,
    closed,
    pushIsDown: false,
    nowMs: NOON_MS,
    async sign(letter) {
      const signId = signIdOf(letter);
      const publicKey = { kty: 'EC', crv: 'P-256', x: letter.repeat(43), y: letter.repeat(43) } as const;
      await store.transaction((tx) => tx.signs.enrol({ signId, publicKey, atMs: stage.nowMs }));
      return stagedSign(services, say, signId);
    },
    as: (caller) => stagedPerson(services, say, caller),
    audit: () => store.look((tx) => tx.audit.list(1_000)),
  };
  await store.transaction(async (tx) => {
    const at = { today: aStore().today, nowMs: NOON_MS };
    const doors = [{ id: 'street', name: 'Street', sensors: [{ id: 'via-1' }] }];
    await tx.structure.putStore('calle-mayor', calleMayor({ storeGroups: ['mayor', 'both'] }), at);
    await tx.structure.putStore('gran-via', calleMayor({ storeGroups: ['via', 'both'], doors }), at);
  });
  return stage;
}

type Tell = (context: InvocationContext, messages: readonly HubMessage[]) => void;
type Call = {
  readonly params?: Record<string, string> | undefined;
  readonly body?: unknown;
  readonly url?: string | undefined;
  readonly query?: Record<string, string> | undefined;
  readonly headers?: Record<string, string>;
};

function stagedSign(services: Services, say: Tell, signId: string): StagedSign {
  const request = async (method: string, { body, url, params, query, headers }: Call = {}) => {
    const token = await sessionToken(signId, services.settings.SessionSigningKey, services.now());
    return asked(method, {
      body,
      url,
      params,
      query,
      headers: { authorization: `Bearer ${token}`, 'client-ip': '192.0.2.7:50123', ...headers },
    });
  };
  const context = () => new InvocationContext();
  const code = async (url?: string) => pairingCode(services)(await request('POST', { url }), context());
  return {
    signId,
    code,
    shownCode: async () => pairingOfferSchema.parse((await code()).jsonBody).code,
    heartbeat: async (body = aHeartbeat(), address = '192.0.2.7:50123') =>
      heartbeat(services, say)(await request('POST', { body, headers: { 'client-ip': address } }), context()),
    commands: async () => pulledCommands(services)(await request('GET'), context()),
    receipt: async (body) => receipts(services, say)(await request('POST', { body }), context()),
    screenshot: async (commandId, body, mediaType = 'image/jpeg') => {
      const call = { body, query: { commandId }, headers: { 'content-type': mediaType } };
      return screenshotOfMe(services)(await request('POST', call), context());
    },
    answer: async (body) => answerAtSign(services, say)(await request('POST', { body }), context()),
    snapshots: async () => snapshot(services)(await request('GET')),
    challenge: async () => challenge(services)(await request('POST', { params: { signId } })),
    connected: (ConnectionId) => presence(services)('connected')({ ConnectionId, UserId: signId }),
    disconnected: (ConnectionId, error) =>
      presence(services)('disconnected')({ ConnectionId, UserId: signId, Error: error }),
  };
}

function stagedPerson(services: Services, say: Tell, caller: Caller): StagedPerson {
  const context = () => new InvocationContext();
  const posted = (body: unknown) => asked('POST', { body });
  const of = (signId: string) => ({ params: { signId } });
  return {
    look: (code) => pairingLook(services)(posted({ code }), context(), caller),
    claim: (body) => pairingClaim(services, say)(posted(body), context(), caller),
    fleet: async () =>
      fleetSchema.parse((await listFleet(services)(asked('GET'), context(), caller)).jsonBody),
    screenshot: (signId) => readScreenshot(services)(asked('GET', of(signId)), context(), caller),
    read: (signId) => readFleetSign(services)(asked('GET', of(signId)), context(), caller),
    describe: (signId, body) =>
      describeSign(services, say)(asked('PUT', { ...of(signId), body }), context(), caller),
    revoke: (signId) => revokeSign(services, say)(asked('POST', of(signId)), context(), caller),
    command: (body) => fleetCommands(services, say)(posted(body), context(), caller),
    assign: (body) => fleetAssign(services, say)(posted(body), context(), caller),
    assignOne: (signId, storeGroupId) =>
      assignment(services, say)(asked('PUT', { ...of(signId), body: { storeGroupId } }), context(), caller),
  };
}

const asked = (
  method: string,
  { params = {}, body, url, query = {}, headers = {} }: Call = {},
): HttpRequest =>
  new HttpRequest({
    method,
    url: url ?? 'http://localhost/api',
    params,
    query,
    headers,
    ...(body === undefined ? {} : { body: bodyOf(body) }),
  });

const bodyOf = (body: unknown) =>
  body instanceof Uint8Array ? { bytes: body } : { string: JSON.stringify(body) };

/** Of a fleet, the one sign of this id. */
export const oneOf = ({ signs }: Fleet, signId: string): ListedSign | undefined =>
  signs.find((sign) => sign.signId === signId);
