/** The JSON in the bytes; undefined where it is none. */
export function valueIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
