import {
  MAX_MESSAGE_GROUPS,
  MAX_MESSAGE_LETTERS,
  type MessageAudience,
  type MessagePriority,
} from '../../../cloud/contracts/message.ts';
import { lettersIn, type MessageRequest } from '../../../cloud/contracts/message-request.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import { isClosedAt } from '../view/opening-words.ts';

const MINUTE_MS = 60_000;
/** As long as a message may stand. */
export const MAX_MINUTES = 10_080;
/** A fire alarm is over sooner; who needs longer says so. */
const DEFAULT_MINUTES = 30;

export const SPANS = ['15 min', '1 h', 'until closing', 'other'] as const;
export type Span = (typeof SPANS)[number];

/** A message as it is being written. */
export type MessageDraft = {
  readonly text: string;
  readonly secondText: string;
  readonly priority: MessagePriority;
  readonly audience: MessageAudience;
  readonly drill: boolean;
  readonly allSigns: boolean;
  readonly groups: ReadonlySet<string>;
  readonly span: Span;
  /** Of the span `other`, as it was typed. */
  readonly minutes: string;
};

/** `groups`: those that are ticked from the start; without any it is for all signs, for who may send to all. */
export const newDraft = (groups: readonly string[], mayAll: boolean): MessageDraft => ({
  text: '',
  secondText: '',
  priority: 'note',
  audience: 'staff',
  drill: false,
  allSigns: mayAll && groups.length === 0,
  groups: new Set(groups),
  span: '1 h',
  minutes: String(DEFAULT_MINUTES),
});

/** On the glass a line breaks where the glass wants it. */
export const wordsOf = (typed: string): string => typed.replace(/\s+/g, ' ').trim();

type Scope = Pick<MessageDraft, 'allSigns' | 'groups'>;

/** When the last of its stores that is open closes; null: none is open, or nobody knows their hours. */
export function closingAtMs(
  { stores }: Pick<Overview, 'stores'>,
  { allSigns, groups }: Scope,
  nowMs: number,
): number | null {
  const closings = stores
    .filter(({ storeGroups }) => allSigns || storeGroups.some((group) => groups.has(group)))
    .flatMap(({ snapshot: { content } }) => {
      const changesAtMs = content.opening?.changesAtMs ?? null;
      return changesAtMs === null || changesAtMs <= nowMs || isClosedAt(content, nowMs) ? [] : [changesAtMs];
    });
  return closings.length === 0 ? null : Math.max(...closings);
}

/** How long it stands; null: the draft does not say so. */
export function minutesOf(
  { span, minutes }: Pick<MessageDraft, 'span' | 'minutes'>,
  closesAtMs: number | null,
  nowMs: number,
): number | null {
  switch (span) {
    case '15 min':
      return 15;
    case '1 h':
      return 60;
    case 'until closing':
      return closesAtMs === null
        ? null
        : Math.min(MAX_MINUTES, Math.max(1, Math.ceil((closesAtMs - nowMs) / MINUTE_MS)));
    case 'other': {
      const said = Number(minutes);
      return Number.isInteger(said) && said >= 1 && said <= MAX_MINUTES ? said : null;
    }
    default:
      return span satisfies never;
  }
}

/** What keeps it from being sent, with the field that it lies in; undefined: nothing. */
export type DraftProblem = { readonly field: 'text' | 'groups' | 'minutes'; readonly words: string };

export function problemOf(draft: MessageDraft, forMinutes: number | null): DraftProblem | undefined {
  if (wordsOf(draft.text) === '') return { field: 'text', words: 'Write what the signs are to say.' };
  if (lettersIn(wordsOf(draft.text)) > MAX_MESSAGE_LETTERS)
    return { field: 'text', words: `Use at most ${MAX_MESSAGE_LETTERS} letters.` };
  if (lettersIn(wordsOf(draft.secondText)) > MAX_MESSAGE_LETTERS)
    return { field: 'text', words: `Use at most ${MAX_MESSAGE_LETTERS} letters in the second language.` };
  if (!draft.allSigns && draft.groups.size === 0)
    return { field: 'groups', words: 'Choose at least one group.' };
  if (!draft.allSigns && draft.groups.size > MAX_MESSAGE_GROUPS)
    return { field: 'groups', words: `Choose at most ${MAX_MESSAGE_GROUPS} groups, or all signs.` };
  if (forMinutes === null)
    return {
      field: 'minutes',
      words:
        draft.span === 'until closing'
          ? 'No store of it is open with hours that are known. Say for how many minutes.'
          : `Say for how many minutes, 1 to ${MAX_MINUTES}.`,
    };
  return undefined;
}

export function requestOf(draft: MessageDraft, forMinutes: number, by: string): MessageRequest {
  const secondText = wordsOf(draft.secondText);
  return {
    text: wordsOf(draft.text),
    ...(secondText === '' ? {} : { secondText }),
    priority: draft.priority,
    audience: draft.audience,
    drill: draft.drill,
    storeGroupIds: draft.allSigns ? null : [...draft.groups].sort(),
    forMinutes,
    ...(by === '' ? {} : { by: by.slice(0, 40) }),
  };
}

/** Customers act on it at once: it is asked once more whether it is meant. */
export const isGrave = ({ priority, audience, drill }: MessageDraft): boolean =>
  priority === 'alarm' && audience === 'everyone' && !drill;
