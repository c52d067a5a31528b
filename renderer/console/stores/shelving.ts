import type { ListedAlert, ShelveRequest } from '../../../cloud/contracts/alert.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { anyAnswer, ask } from '../api/ask.ts';
import { clockWords } from '../view/words.ts';

const DAY_MINUTES = 1_440;
/** When people are back at work. */
const MORNING_MINUTES = 8 * 60;
export const CHOICES = ['15 min', '1 h', 'until tomorrow', '1 week'] as const;
export type Choice = (typeof CHOICES)[number];

/** 0 minutes: it asks again at once. */
export const shelve = (
  storeId: string,
  { type, source }: Pick<ListedAlert, 'type' | 'source'>,
  { forMinutes, why, by }: Pick<ShelveRequest, 'forMinutes' | 'why'> & { readonly by: string },
): Promise<unknown> =>
  ask(anyAnswer, API_PATHS.shelve(storeId), {
    method: 'POST',
    body: { type, source, forMinutes, why, ...(by === '' ? {} : { by }) } satisfies ShelveRequest,
  });

/** Tomorrow begins in the morning by the store's clock. */
export function minutesOf(choice: Choice, nowMs: number, timeZone: string): number {
  switch (choice) {
    case '15 min':
      return 15;
    case '1 h':
      return 60;
    case '1 week':
      return 7 * DAY_MINUTES;
    case 'until tomorrow': {
      const [hours = 0, minutes = 0] = clockWords(nowMs, timeZone).split(':').map(Number);
      return DAY_MINUTES - (hours * 60 + minutes) + MORNING_MINUTES;
    }
  }
}
