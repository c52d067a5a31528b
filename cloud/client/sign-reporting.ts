import type { SignAbout } from '../contracts/sign-report.ts';
import type { CloudApi } from './cloud-api.ts';
import type { CloudSession } from './cloud-session.ts';
import { type CommandExecutors, CommandRunner } from './command-runner.ts';
import { HeartbeatLoop } from './heartbeat-loop.ts';
import type { Moment } from './moment.ts';
import type { PaintedGlass } from './painted-glass.ts';
import type { SignFeed } from './sign-feed.ts';
import type { Timings } from './timings.ts';

/** What a sign with a glass tells of itself, and what it can be asked to do. */
export type SignReport = {
  readonly about: () => SignAbout;
  /** Random, new with each start of the program. */
  readonly boot: string;
  readonly glass: PaintedGlass;
  readonly executors: CommandExecutors;
};

type SignReportingOptions = SignReport & {
  readonly session: CloudSession;
  readonly cloud: CloudApi;
  readonly feed: SignFeed;
  readonly reconnect: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly now: () => Moment;
  readonly random: () => number;
  readonly timings: Timings;
  readonly signal: AbortSignal;
};

/** Reports what is on the glass, and does what waits for the sign. */
export function startReporting(options: SignReportingOptions) {
  const { session, cloud, feed, timings } = options;
  const runner = new CommandRunner({
    ...options,
    pull: () => session.ask(cloud.commands),
    post: (receipt) => session.ask((token) => cloud.receipt(token, receipt)),
    postScreenshot: (commandId, screenshot) =>
      session.ask((token) => cloud.screenshot(token, commandId, screenshot)),
    onIdentify: (isOn) => feed.identify(isOn),
  });
  const loop = new HeartbeatLoop({
    ...options,
    send: (heartbeat) => session.ask((token) => cloud.heartbeat(token, heartbeat)),
    onAnswer({ name, settings, commandsWait, ...said }, asked) {
      feed.described({ name, settings });
      feed.said(said, asked);
      if (commandsWait) void runner.pull();
    },
  });
  return {
    signedIn: () => loop.signedIn(),
    connected: (isConnected: boolean) => loop.connected(isConnected),
    /** `signs`: how many were, all in one instant. */
    nudged(signs: number) {
      const spreadMs = Math.min(signs * timings.nudgedSignMs, timings.nudgedAtMostMs);
      loop.nudged(spreadMs);
      // Of many each asks once, when it is its turn: the answer to its report says whether commands wait.
      if (spreadMs <= timings.placeReportWithinMs) void runner.pull();
    },
  };
}
