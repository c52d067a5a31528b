/** What a server asks for in `WWW-Authenticate`: a scheme and its parameters, both by lower-case name. */
export type Challenge = { readonly scheme: string; readonly parameters: ReadonlyMap<string, string> };

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PART = new RegExp(`(${TOKEN})(?:\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${TOKEN})))?`, 'g');

/**
 * RFC 9110 11.6.1: several challenges may share one field, parted by the commas that part their parameters as well. A
 * quoted value stays as it is written, as RFC 7616 3.4 hashes it and sends it back.
 */
export function challengesIn(field: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const [, name = '', quoted, plain] of field.matchAll(PART)) {
    const value = quoted ?? plain;
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return challenges;
}

/** The parameters of a field that has no scheme, such as `Authentication-Info`. */
export const parametersIn = (field: string): ReadonlyMap<string, string> =>
  challengesIn(`- ${field}`)[0]?.parameters ?? new Map();
