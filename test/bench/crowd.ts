import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compiled } from './compiled.ts';
import { startLineProcess } from './line-process.ts';
import { ACCESS_KEY, signTargets } from './sign-targets.ts';

/** Who sends: the product's service, its peers, and the floor. */
export type PeerName = 'signalr' | 'net' | 'ws' | 'socket.io' | 'c';

const COMMANDS: Readonly<Record<Exclude<PeerName, 'c'>, readonly string[]>> = {
  signalr: ['signalr-peer.ts', ACCESS_KEY],
  net: ['net-peer.ts'],
  ws: ['ws-peer.ts'],
  'socket.io': ['socket-io-peer.ts'],
};
const TARGETS: Readonly<Record<Exclude<PeerName, 'signalr'>, string>> = {
  net: '/',
  ws: '/',
  c: '/',
  'socket.io': '/socket.io/?EIO=4&transport=websocket',
};
/** More broadcasts than that are never on their way at once, nor, to few clients, more deliveries than these. */
const BROADCASTS_IN_FLIGHT = 2;
const DELIVERIES_IN_FLIGHT = 2_000;
/** Until what was said between two rounds has been heard. */
const SETTLED_AFTER_MS = 150;

export type Usage = {
  /** Of the processor, in the program's own code. */
  readonly userUs: number;
  /** The same in the system, on its behalf. */
  readonly systemUs: number;
  readonly rssBytes: number;
  readonly longestStallMs: number;
};
export type Cost = { readonly cpuUs: number; readonly userUs: number };

/** One server in a process of its own, and its clients in another. */
export type Crowd = {
  connect(clients: number): Promise<void>;
  /** Sends so many messages to every client, `perTurn` of them in a turn, and gives what one delivery cost the server. */
  costOfDelivery(messages: number, perTurn?: number): Promise<Cost>;
  /** The same for the longest stall of its event loop, each message sent when all clients have the one before. */
  longestStallMsOf(messages: number): Promise<number>;
  usage(): Promise<Usage>;
  /** All clients leave. */
  leave(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

type Delivering = { readonly turns: number; readonly perTurn: number; readonly inFlight: number };

export type CrowdOptions = { readonly folder: string; readonly nodeFlags?: readonly string[] };

/** Null for the C floor on a machine without a C compiler. */
export async function startCrowd(
  name: PeerName,
  { folder, nodeFlags = [] }: CrowdOptions,
): Promise<Crowd | null> {
  const floor = name === 'c' ? compiled('send-loop', folder) : null;
  if (name === 'c' && floor === null) return null;
  const inPeers = (file: string) => join(import.meta.dirname, 'peers', file);
  const [file = '', ...args] = name === 'c' ? [] : COMMANDS[name];
  const command =
    floor === null ? [process.execPath, ...nodeFlags, inPeers(file), ...args, '--watch-stalls'] : [floor];
  const server = startLineProcess('measured', command);
  const [port = '', messageBytes = ''] = await server.next('listening');
  const load = startLineProcess('load', clientsCommand(folder));
  const kind = name === 'c' || name === 'net' ? 'ws' : name;
  let [clients, sent] = [0, 0];

  const usage = async (): Promise<Usage> => {
    const [userUs = 0, systemUs = 0, rssBytes = 0, longestStallMs = 0] = (
      await server.ask('usage', 'usage')
    ).map(Number);
    return { userUs, systemUs, rssBytes, longestStallMs };
  };
  const checkAll = async () => {
    const [least, most] = await load.ask('spread', 'spread');
    if (Number(least) === sent && Number(most) === sent) return;
    throw new Error(`${name}: ${sent} messages sent to each, the clients had ${least} to ${most}`);
  };
  const deliver = async ({ turns, perTurn, inFlight }: Delivering) => {
    await load.ask('keepalive', 'kept');
    await delay(SETTLED_AFTER_MS);
    const order = perTurn === 1 ? 'publish 1' : `burst ${perTurn}`;
    load.tell(`step ${clients * perTurn}`);
    const before = await usage();
    for (let turn = 0; turn < Math.min(turns, inFlight); turn += 1) server.tell(order);
    for (let arrived = 0; arrived < turns; arrived += 1) {
      await load.next('got');
      if (arrived + inFlight < turns) server.tell(order);
    }
    const after = await usage();
    sent += turns * perTurn;
    await checkAll();
    return { before, after };
  };
  return {
    async connect(count) {
      const targets =
        name === 'signalr'
          ? await signTargets(`http://localhost:${port}`, count)
          : Array.from({ length: count }, () => TARGETS[name]);
      const list = join(folder, `targets-${name}`);
      writeFileSync(list, `${targets.join('\n')}\n`);
      await load.ask(`connect ${kind} ${port} ${messageBytes} ${list}`, 'connected');
      [clients, sent] = [count, 0];
    },
    async costOfDelivery(messages, perTurn = 1) {
      const turns = Math.max(1, Math.round(messages / perTurn));
      const inFlight = Math.max(BROADCASTS_IN_FLIGHT, Math.floor(DELIVERIES_IN_FLIGHT / (clients * perTurn)));
      const { before, after } = await deliver({ turns, perTurn, inFlight });
      const deliveries = turns * perTurn * clients;
      const userUs = (after.userUs - before.userUs) / deliveries;
      return { userUs, cpuUs: userUs + (after.systemUs - before.systemUs) / deliveries };
    },
    longestStallMsOf: async (turns) =>
      (await deliver({ turns, perTurn: 1, inFlight: 1 })).after.longestStallMs,
    usage,
    async leave() {
      await load.ask('close', 'closed');
      await delay(SETTLED_AFTER_MS);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([load[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);
    },
  };
}

/** In C, or the same in Node where there is no C compiler. */
export function clientsCommand(folder: string): readonly string[] {
  const file = compiled('sign-clients', folder);
  return file === null ? [process.execPath, join(import.meta.dirname, 'peers/sign-clients.ts')] : [file];
}
