import type { AuditRow } from '../../../cloud/contracts/audit.ts';
import type { Live } from '../live/live.ts';
import { PATHS } from './router.ts';

/** What something was done to, by the name that people know; `path`: where one sees it. */
export type Subject = { readonly words: string; readonly path: string | null };

type Known = Pick<Live, 'overview' | 'fleet'>;

/** `rows`: people go by the name under which they acted. What is gone keeps its id. */
export function subjectOf(subject: string, { overview, fleet }: Known, rows: readonly AuditRow[]): Subject {
  const at = subject.indexOf(':');
  const [kind, id] = [subject.slice(0, at), subject.slice(at + 1)];
  switch (kind) {
    case 'store': {
      const found = overview?.stores.find(({ snapshot }) => snapshot.content.store.id === id);
      return { words: found?.snapshot.content.store.name ?? id, path: found ? PATHS.store(id) : null };
    }
    case 'sign': {
      const found = fleet?.signs.find(({ signId }) => signId === id);
      if (found === undefined) return { words: `Sign ${id.slice(0, 8)}`, path: null };
      return { words: found.name === '' ? `Sign ${found.fingerprint}` : found.name, path: PATHS.sign(id) };
    }
    case 'person':
      return {
        words: rows.find(({ personId }) => personId === id)?.by ?? nameIn(rows, subject) ?? id,
        path: null,
      };
    case 'sensor':
      return { words: `Sensor ${id}`, path: `${PATHS.sensors}?${new URLSearchParams({ text: id })}` };
    case 'message':
      return { words: 'A message', path: `${PATHS.messages}?${new URLSearchParams({ open: id })}` };
    case 'store-group':
    case 'group':
      return { words: `Group ${id}`, path: PATHS.groups };
    default:
      return { words: subject, path: null };
  }
}

/** A person who never acted has a name in the row that let them in. */
function nameIn(rows: readonly AuditRow[], subject: string): string | undefined {
  for (const { subject: of, before, after } of rows) {
    if (of !== subject) continue;
    const name = (after as { name?: unknown } | null)?.name ?? (before as { name?: unknown } | null)?.name;
    if (typeof name === 'string' && name !== '') return name;
  }
  return undefined;
}
