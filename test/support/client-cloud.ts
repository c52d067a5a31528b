import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pino } from 'pino';
import { HUB_NAME, HUB_TARGETS, signalRGroupOf } from '../../cloud/contracts/hub-targets.ts';
import type { ProofMessage, Snapshot } from '../../cloud/contracts/snapshot.ts';
import {
  createSignalRService,
  type SignalRService,
} from '../../cloud/local/signalr/create-signalr-service.ts';
import type { Membership, UserGroups } from '../../cloud/local/state/user-groups.ts';
import { sentNow } from './client-snapshots.ts';
import { type CloudTruth, type Reports, SignApi } from './sign-api.ts';

/** A test that answers, or holds an answer back, in the cloud's place gives true. */
type Instead = {
  request?: (request: IncomingMessage, response: ServerResponse) => boolean;
  upgrade?: (socket: Duplex) => boolean;
};

/** `port`: 0 for any that is free. */
export async function startClientCloud(truth: CloudTruth, { port = 0 } = {}): Promise<ClientCloud> {
  const cloud = new ClientCloud(truth);
  await cloud.listen(port);
  return cloud;
}

/** The sign's HTTP API over a truth that the test sets, beside the embedded SignalR service; all on one port. */
export class ClientCloud {
  readonly truth: CloudTruth;
  readonly instead: Instead = {};
  readonly #calls: string[] = [];
  readonly #sockets = new Set<Duplex>();
  readonly #connections = new Set<string>();
  readonly #service: SignalRService;
  readonly #api: SignApi;
  readonly #server: Server;

  constructor(truth: CloudTruth) {
    this.truth = truth;
    this.#service = createSignalRService({
      accessKey: 'a key that is long enough for HS256 to take',
      endpoint: () => this.url,
      userGroups: userGroupsInMemory(),
      onConnectionEvent: async ({ event, connectionId }) => {
        if (event === 'connected') this.#connections.add(connectionId);
        else this.#connections.delete(connectionId);
      },
      log: pino({ level: 'silent' }),
      now: Date.now,
    });
    this.#api = new SignApi(truth, this.#service);
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('upgrade', (request, socket, head) => {
      this.#calls.push('upgrade');
      if (!this.instead.upgrade?.(socket)) this.#service.handleUpgrade(request, socket, head);
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** How often a path was asked for; `upgrade` counts the WebSockets. */
  callsTo(path: string): number {
    return this.#calls.filter((call) => call === path).length;
  }

  get calls(): number {
    return this.#calls.length;
  }

  get openConnections(): number {
    return this.#connections.size;
  }

  /** To all signs. */
  send(target: string, ...args: unknown[]): void {
    this.#service.send(HUB_NAME, { target, arguments: args });
  }

  push(storeGroupId: string, snapshot: Snapshot): void {
    const groupName = signalRGroupOf(storeGroupId);
    this.#service.send(HUB_NAME, { target: HUB_TARGETS.snapshot, arguments: [sentNow(snapshot)], groupName });
  }

  pushProof(storeGroupId: string, proof: ProofMessage): void {
    const groupName = signalRGroupOf(storeGroupId);
    this.#service.send(HUB_NAME, { target: HUB_TARGETS.proof, arguments: [sentNow(proof)], groupName });
  }

  /** Gives all signs another place, and tells them unless the telling is to be lost. */
  async assign(storeGroupId: string | null, { tell = true } = {}): Promise<void> {
    await this.#api.assign(storeGroupId);
    if (tell) this.send(HUB_TARGETS.assignment, { storeGroupId });
  }

  /** What waits for the signs, and what they said. */
  get reports(): Reports {
    return this.#api.reports;
  }

  /** Takes them out of service; their connections stay. */
  revokeSigns(): void {
    for (const signId of this.#api.signs.keys()) this.#api.revoked.add(signId);
  }

  expireSessions(): void {
    this.#api.sessions.clear();
  }

  forgetSigns(): void {
    this.#api.signs.clear();
  }

  /** As a crash does: every socket at once, no goodbye. */
  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([closed, this.#service.close()]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#calls.push(request.url?.split('?')[0] ?? '');
    if (this.instead.request?.(request, response) || this.#service.handleRequest(request, response)) return;
    const { status, body } = await this.#api.answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}

function userGroupsInMemory(): UserGroups {
  let memberships: Membership[] = [];
  const keep = async (isKept: (membership: Membership) => boolean) => {
    memberships = memberships.filter(isKept);
  };
  return {
    add: async (membership) => void memberships.push(membership),
    remove: (gone) => keep((kept) => kept.userId !== gone.userId || kept.groupName !== gone.groupName),
    removeAll: (_hub, userId) => keep((kept) => kept.userId !== userId),
    groupsOf: (_hub, userId) =>
      memberships.filter((kept) => kept.userId === userId).map(({ groupName }) => groupName),
    takeExpired: () => [],
  };
}
