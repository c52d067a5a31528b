type Tree = Readonly<Record<string, unknown>> | readonly unknown[];

/** What stands at `doors.0.name`; undefined where nothing does. */
export function at(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inside, part) => {
    if (typeof inside !== 'object' || inside === null) return undefined;
    return (inside as Readonly<Record<string, unknown>>)[part];
  }, tree);
}

/** The same with another value at `doors.0.name`; nothing that it was made of is changed. */
export function withAt<T extends Tree>(tree: T, path: string, value: unknown): T {
  const [first = '', ...rest] = path.split('.');
  const inside = (tree as Readonly<Record<string, unknown>>)[first];
  const changed = rest.length === 0 ? value : withAt((inside ?? {}) as Tree, rest.join('.'), value);
  const made = Array.isArray(tree) ? tree.with(Number(first), changed) : { ...tree, [first]: changed };
  return made as unknown as T;
}
