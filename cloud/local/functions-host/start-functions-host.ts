import type { Logger } from 'pino';
import { HostError } from '../host-error.ts';
import type { DeliverBatch } from '../iot-hub/hub-event.ts';
import type { TimerStatuses } from '../state/timer-statuses.ts';
import { triggeredBy } from './app-function.ts';
import { createEventHubFunctions } from './event-hub-functions.ts';
import { createFunctionRunner, type SignalRBindings } from './function-runner.ts';
import type { HostKeys } from './http/host-key.ts';
import { createHttpFunctions, type HandleHttp } from './http/http-functions.ts';
import { runHooks } from './invoke.ts';
import { type FunctionsApp, loadFunctionsApp } from './load-functions-app.ts';
import { createSignalRFunctions, type HandleConnectionEvent } from './signalr-functions.ts';
import { createTimerFunctions } from './timer-functions.ts';

export type FunctionsHostOptions = {
  /** The app's CommonJS bundle, with its host.json beside it. */
  readonly appFile: string;
  /** App settings, as the app sees them in its environment. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly keys: HostKeys;
  readonly timerStatuses: TimerStatuses;
  readonly signalR: SignalRBindings;
  readonly log: Logger;
  readonly now: () => number;
};

export type FunctionsHost = {
  /** Without slashes. */
  readonly routePrefix: string;
  readonly handleHttp: HandleHttp;
  readonly deliver: DeliverBatch;
  readonly onConnectionEvent: HandleConnectionEvent;
  readonly startTimers: () => void;
  /** Refuses new work, ends waits between retries, waits for what runs, then tells the app that it ends. */
  readonly close: () => Promise<void>;
};

/** Work still running this long after close began is left behind. */
const DRAIN_WITHIN_MS = 10_000;

/** Loads an app, runs its appStart hooks, and answers for its triggers. Throws a HostError. */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const { appFile, settings, keys, signalR, log, now } = options;
  const app = loadFunctionsApp(appFile, settings, log);
  const stopping = new AbortController();
  const { signal } = stopping;
  const runner = createFunctionRunner(app, signalR, log);
  const { routePrefix, httpLimits: limits } = app.hostJson;
  try {
    const http = triggeredBy(app.functions, 'httpTrigger');
    const handleHttp = createHttpFunctions(http, { routePrefix, keys, runner, limits, log });
    const eventHub = triggeredBy(app.functions, 'eventHubTrigger');
    const deliver = createEventHubFunctions(eventHub, runner, signal, log);
    const timer = triggeredBy(app.functions, 'timerTrigger');
    const timers = createTimerFunctions(timer, { runner, signal, statuses: options.timerStatuses, now, log });
    const onConnectionEvent = createSignalRFunctions(
      triggeredBy(app.functions, 'signalRTrigger'),
      runner,
      log,
    );
    await startApp(app);

    const close = async () => {
      if (signal.aborted) return;
      stopping.abort(new HostError('ERR_HOST_CLOSING', 'the functions host is closing'));
      const left = await runner.drain(DRAIN_WITHIN_MS);
      if (left > 0) log.warn({ invocations: left }, 'closing, though functions still run');
      await endApp(app, log);
    };
    return { routePrefix, handleHttp, deliver, onConnectionEvent, startTimers: timers.start, close };
  } catch (error) {
    app.unload();
    throw error;
  }
}

async function startApp(app: FunctionsApp): Promise<void> {
  try {
    const capabilities = await app.model.getCapabilities({});
    if ('HttpUri' in capabilities) throw new Error('HTTP streaming is not supported: do not enable it');
    await runHooks(app, 'appStart', { hookData: {} });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new HostError('ERR_APP_START', `the functions app did not start: ${message}`, { cause });
  }
}

async function endApp(app: FunctionsApp, log: Logger): Promise<void> {
  try {
    await runHooks(app, 'appTerminate', { hookData: {} });
  } catch (error) {
    log.error({ err: error }, 'an appTerminate hook failed');
  } finally {
    app.unload();
  }
}
