/** Fields of an Azure connection string, `Name=value;Name=value`. A value may hold `=`; names are told apart as written. */
export function connectionStringFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) fields.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return fields;
}

/** Throws a PlatformError that names the field, never the string. */
export function fieldOf(fields: ReadonlyMap<string, string>, name: string, setting: string): string {
  const value = fields.get(name);
  if (value === undefined || value === '') {
    throw new PlatformError(
      'ERR_CONNECTION_STRING',
      `${setting}: expected ${name}=... in the connection string`,
    );
  }
  return value;
}

export type PlatformErrorCode = 'ERR_CONNECTION_STRING' | 'ERR_REGISTRY' | 'ERR_SIGNALR';

/** A platform API refused or could not be reached. */
export class PlatformError extends Error {
  readonly code: PlatformErrorCode;
  constructor(code: PlatformErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
