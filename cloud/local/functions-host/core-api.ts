import type { Logger } from 'pino';
import { HostError } from '../host-error.ts';
import type { RpcInvocationRequest, RpcInvocationResponse } from './rpc.ts';

export type FunctionCallback = (...args: unknown[]) => unknown;
export type HookCallback = (context: object) => unknown;

export type FunctionMetadata = {
  readonly name: string;
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly retryOptions?: unknown;
};

export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

export type CoreInvocationContext = {
  readonly invocationId: string;
  readonly request: RpcInvocationRequest;
  readonly metadata: FunctionMetadata;
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';
  log(level: LogLevel, category: string, message: string): void;
};

export type InvocationModel = {
  getArguments(): Promise<{ readonly context: object; readonly inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<RpcInvocationResponse>;
};

/** What the library hands to its host: the way from rpc to the handler and back. */
export type ProgrammingModel = {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
};

const HOOK_NAMES = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation'] as const;
export type HookName = (typeof HOOK_NAMES)[number];

export type Registration = { readonly metadata: FunctionMetadata; readonly callback: FunctionCallback };

/** What an app has registered. `seal` ends registration, as the end of startup does on Azure. */
export type Registrations = {
  readonly functions: () => readonly Registration[];
  readonly hooks: (name: HookName) => readonly HookCallback[];
  readonly model: () => ProgrammingModel | undefined;
  readonly seal: () => void;
};

const HOST_VERSION = '4.0.0';

class Disposable {
  #dispose: (() => void) | undefined;

  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }

  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }

  dispose(): void {
    this.#dispose?.();
    this.#dispose = undefined;
  }
}

/** `log` hooks and the like; the library looks for exactly this error. */
const unknownHook = (name: string) =>
  Object.assign(new RangeError(`Unrecognized hook "${name}"`), { isAzureFunctionsSystemError: true });

/** Answers one app's `require('@azure/functions-core')` and remembers what it registers. */
export function createCoreApi(log: Logger): { readonly api: object; readonly registrations: Registrations } {
  let model: ProgrammingModel | undefined;
  let sealed = false;
  const refuseWhenSealed = (what: string) => {
    if (sealed) throw new HostError('ERR_REGISTRATION_CLOSED', `${what} came after the app had started`);
  };
  const { registerFunction, functions } = functionRegistry(refuseWhenSealed);
  const { registerHook, hooks } = hookRegistry();

  const api = {
    version: HOST_VERSION,
    hostVersion: HOST_VERSION,
    Disposable,
    registerFunction,
    registerHook,
    setProgrammingModel(given: ProgrammingModel) {
      refuseWhenSealed('a programming model');
      model = given;
    },
    getProgrammingModel: () => model,
    log: (level: LogLevel, category: string, message: string) => logAt(log, level, { category }, message),
  };
  const seal = () => {
    sealed = true;
  };
  return { api, registrations: { functions, hooks, model: () => model, seal } };
}

function functionRegistry(refuseWhenSealed: (what: string) => void) {
  const registered = new Map<string, Registration>();
  const registerFunction = (metadata: FunctionMetadata, callback: FunctionCallback) => {
    refuseWhenSealed(`function "${metadata.name}"`);
    // Azure names have no case.
    const key = metadata.name.toLowerCase();
    if (registered.has(key)) {
      throw new HostError('ERR_DUPLICATE_FUNCTION', `two functions are named "${metadata.name}"`);
    }
    registered.set(key, { metadata, callback });
    return new Disposable(() => {
      refuseWhenSealed(`the removal of function "${metadata.name}"`);
      registered.delete(key);
    });
  };
  return { registerFunction, functions: () => [...registered.values()] };
}

function hookRegistry() {
  const registered = new Map<string, HookCallback[]>(HOOK_NAMES.map((name) => [name, []]));
  const registerHook = (name: string, callback: HookCallback) => {
    const callbacks = registered.get(name);
    if (!callbacks) throw unknownHook(name);
    callbacks.push(callback);
    return new Disposable(() => {
      const index = callbacks.indexOf(callback);
      if (index >= 0) callbacks.splice(index, 1);
    });
  };
  return { registerHook, hooks: (name: HookName) => [...(registered.get(name) ?? [])] };
}

const PINO_LEVELS = {
  trace: 'trace',
  debug: 'debug',
  information: 'info',
  warning: 'warn',
  error: 'error',
  critical: 'fatal',
  none: 'silent',
} as const;

/** Writes a line of the app's at the level the app gave it. */
export function logAt(log: Logger, level: LogLevel, fields: object, message: string): void {
  log[PINO_LEVELS[level] ?? 'info'](fields, message);
}
