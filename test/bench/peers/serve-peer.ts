import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

/** What a peer can do once it listens; the C floor (native/send-loop.c) answers to the same lines. */
export type Peer = {
  readonly port: number;
  /** Of the payload of one message's frame, all of it. */
  readonly messageBytes: number;
  /** One message to everyone. */
  readonly publish: () => void;
};

const NS_IN_MS = 1e6;
const RESOLUTION_MS = 1;

/**
 * Obeys lines on stdin until it ends:
 *   publish COUNT   messages, each in a turn of the event loop of its own
 *   burst COUNT     messages in one turn
 *   usage           -> usage USER_US SYSTEM_US RSS_BYTES LONGEST_STALL_MS, the last since it was asked before
 */
export function servePeer({ port, messageBytes, publish }: Peer): void {
  const delay = process.argv.includes('--watch-stalls')
    ? monitorEventLoopDelay({ resolution: RESOLUTION_MS })
    : undefined;
  delay?.enable();
  const say = (line: string) => process.stdout.write(`${line}\n`);
  // One publication or one burst a turn, also where several lines came in one: the service would make one frame of them.
  const due: number[] = [];
  const nextTurn = () => {
    for (let left = due.shift() ?? 0; left > 0; left -= 1) publish();
    if (due.length > 0) setImmediate(nextTurn);
  };
  const inTurns = (messages: readonly number[]) => {
    if (due.length === 0) setImmediate(nextTurn);
    due.push(...messages);
  };
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const [verb, count] = line.split(' ');
    if (verb === 'publish') inTurns(Array.from({ length: Number(count) }, () => 1));
    if (verb === 'burst') inTurns([Number(count)]);
    if (verb !== 'usage') return;
    const { user, system } = process.cpuUsage();
    globalThis.gc?.();
    say(`usage ${user} ${system} ${process.memoryUsage.rss()} ${(delay?.max ?? 0) / NS_IN_MS}`);
    delay?.reset();
  });
  lines.on('close', () => process.exit(0));
  say(`listening ${port} ${messageBytes}`);
}

/** Fills a message to the size that all peers send: about that of a small store's snapshot. */
export const FILL = 'x'.repeat(232);
