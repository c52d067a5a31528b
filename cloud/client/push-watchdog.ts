import { whenAborted } from './child-controller.ts';

export type PushWatchdogOptions = {
  readonly silenceMs: number;
  /** A sign without stores is told nothing for hours, and rightly so. */
  readonly expectsPushes: () => boolean;
  readonly onSilence: () => void;
  readonly signal: AbortSignal;
};

/**
 * Pings prove the connection, not that the pushes still find this sign. Gives the function to call with each push;
 * `onSilence` follows when none came for `silenceMs`.
 */
export function startPushWatchdog({ silenceMs, expectsPushes, onSilence, signal }: PushWatchdogOptions) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(() => (expectsPushes() ? onSilence() : heard()), silenceMs);
  };
  whenAborted(signal, () => clearTimeout(timer));
  heard();
  return heard;
}
