import type { PulledCommands, Receipt } from '../contracts/sign-report.ts';
import { childController, pause } from './child-controller.ts';
import { CloudError, isPassing, retryAfterOf } from './cloud-error.ts';
import type { PaintedGlass } from './painted-glass.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { Screenshot } from './screenshot.ts';
import type { Timings } from './timings.ts';

/** What only the device can do. */
export type CommandExecutors = {
  /** Loads the page anew. May end this program with it. */
  readonly reload: () => Promise<void>;
  /** Starts the program anew. Null: a page cannot. */
  readonly restart: (() => Promise<void>) | null;
  /** What its panel is sent now. Null: a page cannot see it. */
  readonly screenshot: (() => Promise<Screenshot>) | null;
  /** The command that this program may end with: the next one answers it. */
  readonly unanswered: {
    readonly keep: (commandId: string) => Promise<void>;
    /** Gives it, and forgets it. */
    readonly take: () => Promise<string | undefined>;
  };
};

export type CommandRunnerOptions = {
  readonly pull: () => Promise<PulledCommands>;
  readonly post: (receipt: Receipt) => Promise<void>;
  readonly postScreenshot: (commandId: string, screenshot: Screenshot) => Promise<void>;
  readonly executors: CommandExecutors;
  readonly glass: PaintedGlass;
  /** Whether the glass is to show the sign's name. */
  readonly onIdentify: (isOn: boolean) => void;
  /** The connection anew, after the page. */
  readonly reconnect: () => void;
  readonly random: () => number;
  readonly timings: Timings;
  readonly signal: AbortSignal;
};

type Command = PulledCommands['commands'][number];

const RECEIPT_TRIES = 6;
/** A cloud that hands a command out twice has it done once. */
const REMEMBERED = 200;
const NOT_PAINTED = 'The glass did not show it in time.';
const NO_RESTART = 'A browser page cannot restart its machine.';
const NO_SCREENSHOT = 'A browser page cannot take a picture of its panel.';
const NO_PICTURE = 'The panel could not be pictured in time.';
const NOT_SENT = 'The picture did not reach the cloud';
const UNKNOWN_COMMAND = 'This program is too old for it.';

/** Does what the cloud asks for, one after the other, each with its receipts. */
export class CommandRunner {
  readonly #options: CommandRunnerOptions;
  readonly #taken = new Set<string>();
  #isPulling = false;
  #pullAgain = false;
  #identified = 0;

  constructor(options: CommandRunnerOptions) {
    this.#options = options;
    void this.#answerForThePast();
  }

  /** There may be commands. What fails is left to the next report, which says so again. */
  async pull(): Promise<void> {
    this.#pullAgain = true;
    if (this.#isPulling) return;
    this.#isPulling = true;
    while (this.#pullAgain && !this.#options.signal.aborted) {
      this.#pullAgain = false;
      const { commands } = await this.#options.pull().catch(() => ({ commands: [] }));
      for (const command of commands) await this.#answer(command);
    }
    this.#isPulling = false;
  }

  async #answer({ commandId, kind }: Command): Promise<void> {
    if (this.#taken.has(commandId)) return;
    this.#remember(commandId);
    if (!(await this.#post({ commandId, outcome: 'received', why: '' }))) {
      // Not done without its receipt; it is pulled again.
      this.#taken.delete(commandId);
      return;
    }
    const why = await this.#done(commandId, kind).catch((error) => String(error?.message ?? error));
    if (this.#options.signal.aborted) return;
    await this.#post({
      commandId,
      outcome: why === null ? 'done' : 'failed',
      why: (why ?? '').slice(0, 300),
    });
  }

  /** Why it failed; null: done. */
  #done(commandId: string, kind: Command['kind']): Promise<string | null> {
    const { executors, reconnect } = this.#options;
    switch (kind) {
      case 'identify':
        return this.#identify();
      case 'reload':
        return this.#outlived(commandId, executors.reload).finally(reconnect);
      case 'restart':
        return executors.restart === null
          ? Promise.resolve(NO_RESTART)
          : this.#outlived(commandId, executors.restart);
      case 'screenshot':
        return executors.screenshot === null
          ? Promise.resolve(NO_SCREENSHOT)
          : this.#screenshot(commandId, executors.screenshot);
      case null:
        return Promise.resolve(UNKNOWN_COMMAND);
      default:
        return kind satisfies never;
    }
  }

  async #identify(): Promise<string | null> {
    const { glass, onIdentify, timings, signal } = this.#options;
    const painted = glass.next(({ identify }) => identify, timings.paintedWithinMs, signal);
    this.#identified += 1;
    const turn = this.#identified;
    onIdentify(true);
    void pause(timings.identifyMs, signal).then(() => {
      if (turn === this.#identified && !signal.aborted) onIdentify(false);
    });
    return (await painted) ? null : NOT_PAINTED;
  }

  async #screenshot(commandId: string, take: () => Promise<Screenshot>): Promise<string | null> {
    const { postScreenshot, timings, signal } = this.#options;
    const waiting = childController(signal);
    const tooLate = pause(timings.paintedWithinMs, waiting.signal).then(() => null);
    const screenshot = await Promise.race([take(), tooLate]).finally(() => waiting.abort());
    if (screenshot === null) return NO_PICTURE;
    const refused = await this.#insist(() => postScreenshot(commandId, screenshot), isPassing);
    if (refused === null) return null;
    return refused instanceof CloudError ? `${NOT_SENT}: ${refused.message}` : `${NOT_SENT}.`;
  }

  async #outlived(commandId: string, execute: () => Promise<void>): Promise<string | null> {
    const { executors, glass, timings, signal } = this.#options;
    await executors.unanswered.keep(commandId);
    try {
      await execute();
      return (await glass.next(() => true, timings.paintedWithinMs, signal)) ? null : NOT_PAINTED;
    } finally {
      if (!signal.aborted) await executors.unanswered.take();
    }
  }

  /** The program before this one ended with a command: it is done when there is a picture again. */
  async #answerForThePast(): Promise<void> {
    const { executors, glass, signal, timings } = this.#options;
    const commandId = await executors.unanswered.take().catch(() => undefined);
    if (commandId === undefined || signal.aborted) return;
    this.#remember(commandId);
    const isShowing = glass.next(({ kind }) => kind !== 'starting', 3 * timings.paintedWithinMs, signal);
    const isPainted = glass.painted() !== null || (await isShowing);
    if (!signal.aborted) {
      const [outcome, why] = isPainted ? (['done', ''] as const) : (['failed', NOT_PAINTED] as const);
      await this.#post({ commandId, outcome, why });
    }
  }

  async #post(receipt: Receipt): Promise<boolean> {
    return (await this.#insist(() => this.#options.post(receipt))) === null;
  }

  /** Calls until it is heard, as long as a further try may help; gives why it was not, or null. */
  async #insist(
    call: () => Promise<void>,
    mayHelp: (error: unknown) => boolean = () => true,
  ): Promise<unknown> {
    const { random, timings, signal } = this.#options;
    let last: unknown = 'ended';
    for (let attempt = 1; attempt <= RECEIPT_TRIES && !signal.aborted; attempt += 1) {
      try {
        await call();
        return null;
      } catch (error) {
        last = error;
        if (!mayHelp(error)) break;
        await pause(retryDelayMs(attempt, retryAfterOf(error), random, timings), signal);
      }
    }
    return last;
  }

  #remember(commandId: string): void {
    this.#taken.add(commandId);
    const [oldest] = this.#taken;
    if (this.#taken.size > REMEMBERED && oldest !== undefined) this.#taken.delete(oldest);
  }
}
