import { messageAudienceSchema, messagePrioritySchema } from '../../../cloud/contracts/message.ts';
import { type MessageDraft, SPANS, wordsOf } from './message-draft.ts';

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const NAME = 'message-draft';
/** Who writes, and the groups that the way to the form asked for. */
type Writer = { readonly personId: string; readonly askedFor: readonly string[] };

/** Keeps what somebody has written for as long as the tab is open; without words there is nothing to keep. */
export function keepMessageDraft(draft: MessageDraft, { personId, askedFor }: Writer, shelf: Shelf): void {
  const hasWords = wordsOf(draft.text + draft.secondText) !== '';
  try {
    if (hasWords)
      shelf.setItem(NAME, JSON.stringify({ ...draft, personId, askedFor, groups: [...draft.groups] }));
    else dropMessageDraft(shelf);
  } catch {
    // A full shelf must not keep anybody from writing.
  }
}

/** What this person wrote last; where the way here asks for other groups than then, `fresh` says for whom it is. */
export function keptMessageDraft(
  fresh: MessageDraft,
  { personId, askedFor }: Writer,
  shelf: Shelf,
): MessageDraft | undefined {
  const kept = parsed(shelf.getItem(NAME));
  if (!isKept(kept) || kept.personId !== personId) return undefined;
  const { personId: _, askedFor: before, groups, ...draft } = kept;
  const isAskedAnew = askedFor.length > 0 && askedFor.join() !== before.join();
  const { allSigns } = isAskedAnew ? fresh : draft;
  return { ...draft, allSigns, groups: isAskedAnew ? fresh.groups : new Set(groups) };
}

export const dropMessageDraft = (shelf: Shelf): void => shelf.removeItem(NAME);

type Kept = Omit<MessageDraft, 'groups'> & Writer & { readonly groups: readonly string[] };

/** A tab may stay open while the console is updated. */
function isKept(value: unknown): value is Kept {
  const kept = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  const are = (type: string, names: readonly (keyof Kept)[]) =>
    names.every((name) => typeof kept[name] === type);
  return (
    are('string', ['personId', 'text', 'secondText', 'minutes']) &&
    are('boolean', ['drill', 'allSigns']) &&
    areWords(kept.askedFor) &&
    areWords(kept.groups) &&
    messagePrioritySchema.safeParse(kept.priority).success &&
    messageAudienceSchema.safeParse(kept.audience).success &&
    SPANS.some((span) => span === kept.span)
  );
}

const areWords = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
