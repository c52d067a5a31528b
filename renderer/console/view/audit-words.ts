import type { AuditAct, AuditRow } from '../../../cloud/contracts/audit.ts';

const ACTS: Readonly<Record<AuditAct, string>> = {
  'store-kept': 'Described a store',
  'group-kept': 'Described a group',
  'count-corrected': 'Corrected the count',
  'alert-acknowledged': 'Acknowledged an alert',
  'alert-shelved': 'Shelved an alert',
  'rejected-replayed': 'Replayed refused readings',
  'rejected-deleted': 'Deleted refused readings',
  'sensor-made': 'Made a sensor',
  'sensor-key-renewed': 'Made a new connection string for a sensor',
  'sensor-removed': 'Removed a sensor',
  'ingest-key-made': 'Made a key for a sensor',
  'sign-paired': 'Paired a sign',
  'sign-assigned': 'Assigned a sign',
  'sign-described': 'Changed a sign',
  'sign-replaced': 'Replaced a sign',
  'sign-revoked': 'Revoked a sign',
  'sign-commanded': 'Sent a command to a sign',
  'message-sent': 'Sent a message to signs',
  'message-ended': 'Took a message back',
  'person-made': 'Let a person in',
  'person-changed': 'Changed what a person may do',
  'person-removed': 'Removed a person',
  'signed-in': 'Signed in',
  'signed-out': 'Signed out',
};

const OWNER_KEY = { personId: 'p-owner-key', name: 'Owner key' };

/** Whoever uses the owner's key may give any name; that it was the key is always shown. */
export const whoWords = ({ by, personId }: Pick<AuditRow, 'by' | 'personId'>): string =>
  personId === OWNER_KEY.personId && by !== OWNER_KEY.name ? `${by} (owner key)` : by;

export const actWords = (act: AuditAct): string => ACTS[act];

const MAX_WORDS = 160;

/** What changed, as far as it fits a line: the fields whose values differ. */
export function changeWords({ before, after }: Pick<AuditRow, 'before' | 'after'>): string {
  const [from, to] = [fields(before), fields(after)];
  const words = [...new Set([...from.keys(), ...to.keys()])]
    .filter((name) => from.get(name) !== to.get(name))
    .map((name) => {
      const [was, is] = [from.get(name), to.get(name)];
      const label = name === '' ? '' : `${name} `;
      if (was === undefined) return `${label}${is}`;
      return is === undefined ? `${label}${was} removed` : `${label}${was} \u2192 ${is}`;
    })
    .join(', ');
  return words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}\u2026` : words;
}

function fields(value: unknown): ReadonlyMap<string, string> {
  if (value === null || value === undefined) return new Map();
  if (typeof value !== 'object' || Array.isArray(value)) return new Map([['', short(value)]]);
  return new Map(Object.entries(value).map(([name, inner]) => [name, short(inner)]));
}

const short = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)) ?? '';
