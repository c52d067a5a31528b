import type { AlertEvent, ListedAlert } from '../../../cloud/contracts/alert.ts';

const SAID: Readonly<Record<AlertEvent['event'], string>> = {
  raised: 'Raised',
  're-raised': 'Raised again',
  acknowledged: 'Acknowledged',
  cleared: 'Over',
  shelved: 'Shelved',
  unshelved: 'Back from the shelf',
};

/** `Acknowledged by Mara` */
export const eventWords = ({ event, by }: Pick<AlertEvent, 'event' | 'by'>): string =>
  by === null ? SAID[event] : `${SAID[event]} by ${by}`;

/** `On 2 of 3 signs`; empty where it is not meant for the glass, or nobody said. */
export function paintedWords({ painted }: Pick<ListedAlert, 'painted'>): string {
  if (painted === undefined) return '';
  if (painted.length === 0) return 'No sign to show it';
  const done = painted.filter(({ paintedAtMs }) => paintedAtMs !== null).length;
  return `On ${done} of ${painted.length} ${painted.length === 1 ? 'sign' : 'signs'}`;
}
