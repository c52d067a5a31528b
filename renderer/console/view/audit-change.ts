import { type AlertType, alertTypeSchema } from '../../../cloud/contracts/alert.ts';
import type { AuditRow } from '../../../cloud/contracts/audit.ts';
import { TYPE_WORDS } from './alert-words.ts';
import { changeWords } from './audit-words.ts';
import { counted, dayClockWords, numberWords } from './words.ts';

type Fields = Readonly<Record<string, unknown>>;
type Change = Pick<AuditRow, 'act' | 'before' | 'after'>;

/** What changed, in a sentence where the act is known; else the fields that differ. */
export function saidChange({ act, before, after }: Change): string {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  switch (act) {
    case 'count-corrected':
      return correction(was, is) ?? plain(was, is);
    case 'alert-acknowledged':
      return alertOf(is);
    case 'alert-shelved': {
      const until = is.untilMs;
      const why = textOf(is.why) === '' ? '' : `: ${textOf(is.why)}`;
      return typeof until === 'number'
        ? `${alertOf(is)}, until ${dayClockWords(until)}${why}`
        : `${alertOf(is)}, asks again`;
    }
    case 'signed-in':
      return textOf(is.address) === '' ? '' : `From ${textOf(is.address)}`;
    case 'sign-commanded':
      return COMMANDS[textOf(is.kind)] ?? textOf(is.kind);
    case 'sign-assigned':
      return `${place(was.storeGroupId)} \u2192 ${place(is.storeGroupId)}`;
    case 'sign-paired':
      return `Called ${textOf(is.name)}, ${place(is.storeGroupId)}`;
    case 'sign-replaced':
      return 'Another device took over its name, group and history';
    case 'sign-revoked':
      return `Was in ${place(was.storeGroupId)}`;
    case 'person-made':
    case 'person-changed':
    case 'person-removed':
      return person(was, is);
    case 'rejected-deleted':
      return typeof was.messages === 'number' ? counted(was.messages, 'message') : plain(was, is);
    case 'message-sent':
      return message(is);
    case 'message-ended':
      return message(was);
    case 'sign-described':
      return plain(
        { name: was.name, ...fieldsOf(was.settings) },
        { name: is.name, ...fieldsOf(is.settings) },
      );
    default:
      return plain(was, is);
  }
}

const COMMANDS: Readonly<Record<string, string>> = {
  identify: 'Identify',
  reload: 'Reload',
  restart: 'Restart',
  screenshot: 'Screenshot',
};

function correction(was: Fields, is: Fields): string | undefined {
  const [from, to] = [zonesOf(was.zones), zonesOf(is.zones)];
  if (from.length === 0 || from.length !== to.length) return undefined;
  const figures = to.map(
    ({ zoneId, count }, index) =>
      `${to.length > 1 ? `${zoneId} ` : ''}${numberWords(from[index]?.count ?? 0)} \u2192 ${numberWords(count)}`,
  );
  const why = textOf(is.why) === '' ? '' : `: ${textOf(is.why)}`;
  const kind = is.kind === 'reset' ? 'Reset, ' : '';
  return `${kind}${figures.join(', ')}${why}`;
}

const zonesOf = (value: unknown): readonly { readonly zoneId: string; readonly count: number }[] =>
  (Array.isArray(value) ? value : []).flatMap((one: unknown) => {
    const { zoneId, count } = fieldsOf(one);
    return typeof count === 'number' ? [{ zoneId: textOf(zoneId), count }] : [];
  });

function alertOf({ type, source }: Fields): string {
  const known = alertTypeSchema.options.find((each): each is AlertType => each === type);
  const words = known === undefined ? textOf(type) : TYPE_WORDS[known];
  return source === 'store' || textOf(source) === '' ? words : `${words}, ${textOf(source)}`;
}

/** `“Till 4 is closed”, alarm for everyone, drill, 2 groups` */
function message({ text, priority, audience, drill, storeGroupIds }: Fields): string {
  const scope = Array.isArray(storeGroupIds) ? counted(storeGroupIds.length, 'group') : 'all signs';
  const look = textOf(priority) === '' ? [] : [`${textOf(priority)} for ${textOf(audience)}`];
  return [`\u201c${textOf(text)}\u201d`, ...look, ...(drill === true ? ['drill'] : []), scope].join(', ');
}

const place = (storeGroupId: unknown): string =>
  storeGroupId == null ? 'no place' : `group ${textOf(storeGroupId)}`;

function person(was: Fields, is: Fields): string {
  const [before, after] = [rights(was), rights(is)];
  if (before === '' || after === '') return before || after;
  return before === after ? plain(was, is) : `${before} \u2192 ${after}`;
}

function rights({ role, storeIds }: Fields): string {
  if (role === undefined) return '';
  const stores = Array.isArray(storeIds) ? counted(storeIds.length, 'store') : 'all stores';
  return `${textOf(role)} of ${stores}`;
}

/** Fields with plain values are told; of lists and objects only that they are others. */
function plain(was: Fields, is: Fields): string {
  const isPlain = (value: unknown) => value === null || typeof value !== 'object';
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const simple = names.filter((name) => isPlain(was[name]) && isPlain(is[name]));
  const others = names.filter(
    (name) => !simple.includes(name) && JSON.stringify(was[name]) !== JSON.stringify(is[name]),
  );
  const only = (fields: Fields) =>
    Object.fromEntries(
      simple.filter((name) => fields[name] != null).map((name) => [wordsOf(name), fields[name]]),
    );
  const told = changeWords({ before: only(was), after: only(is) });
  return [told, ...others.map((name) => `${wordsOf(name)} ${was[name] == null ? 'set' : 'changed'}`)]
    .filter((words) => words !== '')
    .join(', ');
}

/** `farMetres`: `far metres`. */
const wordsOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
