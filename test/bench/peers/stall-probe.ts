// Goes before a program (`node --import`): tells the parent who asks how long its event loop stood still at most.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const NS_IN_MS = 1e6;
const RESOLUTION_MS = 1;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('message', (message) => {
  if (message !== 'longest stall') return;
  process.send?.({ kind: 'longest stall', ms: delay.max / NS_IN_MS });
  delay.reset();
});
