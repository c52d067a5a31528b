import type { StoreDraft } from './store-draft.ts';

const drafts = new Map<string, StoreDraft>();

/** The way back leaves a page before it can ask: what was not saved waits here until somebody returns. */
export const keepDraft = (storeId: string, draft: StoreDraft): void => void drafts.set(storeId, draft);

/** Gives it back once. */
export function takeDraft(storeId: string): StoreDraft | undefined {
  const draft = drafts.get(storeId);
  drafts.delete(storeId);
  return draft;
}
