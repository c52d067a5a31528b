import type { PowerSaveBlocker } from 'electron';
import { whenAborted } from '../cloud/client/child-controller.ts';

/** The display stays on until the signal. */
export function keepAwake(blocker: PowerSaveBlocker, signal: AbortSignal): void {
  const id = blocker.start('prevent-display-sleep');
  whenAborted(signal, () => {
    if (blocker.isStarted(id)) blocker.stop(id);
  });
}
