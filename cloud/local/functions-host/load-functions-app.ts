import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { HostError } from '../host-error.ts';
import { type AppFunction, appFunctionFrom } from './app-function.ts';
import { createCoreApi, type HookCallback, type HookName, type ProgrammingModel } from './core-api.ts';
import { freshModules } from './fresh-modules.ts';
import { type HostJson, readHostJson } from './host-json.ts';

export type FunctionsApp = {
  readonly functions: readonly AppFunction[];
  readonly hooks: (name: HookName) => readonly HookCallback[];
  readonly model: ProgrammingModel;
  readonly hostJson: HostJson;
  /** After this, the app's modules can no longer reach the host. */
  readonly unload: () => void;
};

type Settings = Readonly<Record<string, string | undefined>>;

/**
 * Runs an app's CommonJS file in this process and collects what it registers. Each call gives an app of its own, also
 * for the same file. Throws a HostError: ERR_HOST_JSON, ERR_APP_LOAD, ERR_APP_EMPTY, ERR_DUPLICATE_FUNCTION,
 * ERR_BINDING or ERR_SETTING_MISSING.
 */
export function loadFunctionsApp(givenFile: string, settings: Settings, log: Logger): FunctionsApp {
  const file = resolve(givenFile);
  const hostJson = readHostJson(file);
  if (!existsSync(file))
    throw new HostError('ERR_APP_LOAD', `there is no functions app at ${file}: run the build first`);
  const { api, registrations } = createCoreApi(log);
  const modules = freshModules(file, api);
  try {
    run(modules.load, file);
    registrations.seal();
    const model = registrations.model();
    const registered = registrations.functions();
    if (!model || registered.length === 0) {
      throw new HostError('ERR_APP_EMPTY', `${file} registered no function`);
    }
    const functions = registered.map((registration) => appFunctionFrom(registration, settings));
    return { functions, hooks: registrations.hooks, model, hostJson, unload: modules.forget };
  } catch (error) {
    modules.forget();
    throw error;
  }
}

function run(load: () => unknown, file: string): void {
  try {
    load();
  } catch (cause) {
    if (cause instanceof HostError) throw cause;
    throw new HostError('ERR_APP_LOAD', `${file} failed while it was loaded: ${messageOf(cause)}`, { cause });
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
