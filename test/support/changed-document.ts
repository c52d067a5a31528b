export type Path = readonly (string | number)[];

/** A copy of a document with another value at a path; undefined takes the field away. */
export function changedDocument(document: unknown, path: Path, value: unknown): unknown {
  const [field, ...rest] = path;
  if (field === undefined) return value;
  const before = Object.entries(Object(document));
  const after = before.flatMap(([name, inside]): [string, unknown][] => {
    if (name !== String(field)) return [[name, inside]];
    const changed = changedDocument(inside, rest, value);
    return changed === undefined ? [] : [[name, changed]];
  });
  if (!before.some(([name]) => name === String(field))) after.push([String(field), value]);
  return Array.isArray(document) ? after.map(([, inside]) => inside) : Object.fromEntries(after);
}

/** Where there is anything in a document, the whole of it first. */
export function pathsIn(document: unknown): Path[] {
  if (typeof document !== 'object' || document === null) return [[]];
  const inside = Object.entries(document).flatMap(([name, value]) =>
    pathsIn(value).map((path): Path => [name, ...path]),
  );
  return [[], ...inside];
}
