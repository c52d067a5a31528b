import { STREET } from '../../../../cloud/contracts/store-description.ts';
import type { Question } from '../../signs/ask-first.ts';
import type { StoreDraft } from './store-draft.ts';

export const leaveQuestion: Question = {
  heading: 'Leave without saving?',
  words: 'What you changed on this page is lost.',
  act: 'Leave without saving',
};

/** Null: it was never saved, so nothing is lost. */
export function removeQuestion(draft: StoreDraft, kind: 'zones' | 'doors', index: number): Question | null {
  const place = draft[kind][index];
  if (place === undefined || place.id === null) return null;
  const after = 'What it counted stays on record. Nothing happens before you save.';
  if (kind === 'doors') {
    const sensors = place.sensors.length === 1 ? 'Its sensor counts' : 'Its sensors count';
    return {
      heading: `Remove door ${place.name}?`,
      words: `${place.sensors.length === 0 ? '' : `${sensors} for this store no more. `}${after}`,
      act: 'Remove the door',
    };
  }
  const doors = draft.doors.filter(({ into, from }) => into === place.key || from === place.key);
  const led =
    doors.length === 0
      ? ''
      : `${new Intl.ListFormat('en').format(doors.map(({ name }) => name))} will lead elsewhere: look at the doors before you save. `;
  return { heading: `Remove zone ${place.name}?`, words: `${led}${after}`, act: 'Remove the zone' };
}

/** Doors that led to a zone which is gone lead to the first of the others, or to the street. */
export function withoutPlace(draft: StoreDraft, kind: 'zones' | 'doors', index: number): StoreDraft {
  if (kind === 'doors') return { ...draft, doors: draft.doors.toSpliced(index, 1) };
  const gone = draft.zones[index]?.key;
  const zones = draft.zones.toSpliced(index, 1);
  const first = zones[0]?.key ?? '';
  return {
    ...draft,
    zones,
    doors: draft.doors.map((door) => ({
      ...door,
      into: door.into === gone ? first : door.into,
      from: door.from === gone || zones.length === 0 ? STREET : door.from,
    })),
  };
}
