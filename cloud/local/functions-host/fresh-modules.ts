import Module, { createRequire } from 'node:module';

/** The door every CommonJS `require` goes through; Node's types do not show it. */
type ModuleLoader = { _load(request: string, parent: NodeModule | undefined, isMain: boolean): unknown };

const CORE = '@azure/functions-core';

export type FreshModules = {
  /** Runs the file, and all that it requires, as if this process had loaded nothing before. */
  readonly load: () => unknown;
  /** Takes the answer to `require('@azure/functions-core')` away again. */
  readonly forget: () => void;
};

/**
 * A CommonJS file with modules of its own, to which `require('@azure/functions-core')` gives `core`, also later, from inside
 * a handler: the library asks lazily. Only modules loaded from this file are answered; every other `require` in the
 * process goes its usual way.
 */
export function freshModules(file: string, core: object): FreshModules {
  const loader = Module as unknown as ModuleLoader;
  const { cache } = createRequire(file);
  const own = new WeakSet<NodeModule>();
  let loading = false;
  let forgotten = false;

  const before = loader._load;
  const answer: ModuleLoader['_load'] = (request, parent, isMain) => {
    const asked = request === CORE && !forgotten && (loading || (parent && own.has(parent)));
    return asked ? core : before.call(Module, request, parent, isMain);
  };
  loader._load = answer;

  const load = () => {
    const others = { ...cache };
    for (const key of Object.keys(cache)) delete cache[key];
    loading = true;
    try {
      return createRequire(file)(file);
    } finally {
      loading = false;
      for (const [key, module] of Object.entries(cache)) {
        if (module) own.add(module);
        delete cache[key];
      }
      Object.assign(cache, others);
    }
  };

  const forget = () => {
    forgotten = true;
    // Someone else may have put a hook over ours since; then ours stays below it and answers nobody.
    if (loader._load === answer) loader._load = before;
  };
  return { load, forget };
}
