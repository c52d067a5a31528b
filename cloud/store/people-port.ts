import type { AuditAct, AuditRow } from '../contracts/audit.ts';
import type { Person } from '../contracts/person.ts';

export type PersonRecord = Person & { readonly madeAtMs: number; readonly lastSeenAtMs: number | null };

export type PeopleRecords = {
  /** In order of name, then of id. */
  people(): Promise<readonly PersonRecord[]>;
  person(personId: string): Promise<PersonRecord | undefined>;
  /** `keySha256`: of the access key, base64url. A person of Azure's has none. */
  add(person: Person & { keySha256: string | null; madeAtMs: number }): Promise<void>;
  /** What they may do and see from now on; their key and sessions stay. */
  change(personId: string, may: Pick<Person, 'role' | 'storeIds'>): Promise<void>;
  /** With all sessions. False if there is no such person. */
  remove(personId: string): Promise<boolean>;
  byKey(keySha256: string): Promise<PersonRecord | undefined>;
  /** Forgets sessions that ended by `nowMs`, and all but the newest 20 of the person. */
  addSession(session: {
    sha256: string;
    personId: string;
    nowMs: number;
    expiresAtMs: number;
  }): Promise<void>;
  /** Whose session it is, if it ends after `nowMs`; `lastSeenAtMs` is brought up to date at most once a minute, but not in a look. */
  bySession(sha256: string, nowMs: number): Promise<PersonRecord | undefined>;
  /** Never takes it back to an earlier time. */
  seen(personId: string, atMs: number): Promise<void>;
  endSession(sha256: string): Promise<void>;
  /** Notes a try with a wrong key; forgets tries before `sinceMs`. */
  addWrongKey(wrongKey: { address: string; atMs: number; sinceMs: number }): Promise<void>;
  wrongKeys(address: string, sinceMs: number): Promise<{ readonly own: number; readonly all: number }>;
};

export type AuditRecords = {
  add(row: {
    atMs: number;
    by: string;
    personId: string;
    act: AuditAct;
    subject: string;
    before: unknown;
    after: unknown;
  }): Promise<void>;
  /** The newest first, at most `limit`; those with a smaller number than `beforeNumber` where it is given. */
  list(limit: number, beforeNumber?: number): Promise<readonly AuditRow[]>;
};
