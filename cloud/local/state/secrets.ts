import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

const KEY_BYTES = 32;

const randomKey = () => randomBytes(KEY_BYTES).toString('base64');

const MAKERS = {
  'hub-owner-key': randomKey,
  'signalr-access-key': randomKey,
  'session-signing-key': randomKey,
  // Travels in a query string (`?code=`), hence without characters to escape.
  'functions-host-key': () => randomBytes(KEY_BYTES).toString('base64url'),
  'functions-master-key': () => randomBytes(KEY_BYTES).toString('base64url'),
} as const;

export type PlatformSecret = keyof typeof MAKERS;

/** A key of the embedded platform: 32 random bytes, made when first asked for, base64 (those of the functions host base64url). */
export function platformSecret(database: DatabaseSync, name: PlatformSecret): string {
  return secretOf(database, name, MAKERS[name]);
}

/** The secret of that name; made and kept if there is none, the same for ever after. */
export function secretOf(database: DatabaseSync, name: string, make: () => string): string {
  return readSecret(database, name) ?? keepSecret(database, name, make());
}

export function readSecret(database: DatabaseSync, name: string): string | undefined {
  const row = database.prepare('select value from secrets where name = ?').get(name);
  return row === undefined ? undefined : String(row.value);
}

/** Keeps a secret unless the name has one already: the first one stays. Gives the one that is kept. */
export function keepSecret(database: DatabaseSync, name: string, value: string): string {
  database.prepare('insert into secrets (name, value) values (?, ?) on conflict do nothing').run(name, value);
  return readSecret(database, name) ?? value;
}

export function replaceSecret(database: DatabaseSync, name: string, value: string): void {
  database.prepare('insert or replace into secrets (name, value) values (?, ?)').run(name, value);
}
