import type { ListedSign, SignCause } from '../../../cloud/contracts/fleet.ts';

/** Short enough for a heading and a filter. Empty: nothing is wrong. */
export const CAUSE_WORDS: Readonly<Record<SignCause, string>> = {
  none: '',
  'old-figure': 'Old figure',
  'no-figure': 'No figure',
  starting: 'Starting',
  'other-place': 'Another place',
  'no-place': 'No place',
  'page-frozen': 'Page stands still',
  'program-ended': 'Program ended',
  unplugged: 'No power or own cable out',
  network: 'Store cut off',
  silent: 'Not heard',
  revoked: 'Revoked',
};

export const causeWords = ({ cause }: Pick<ListedSign, 'cause'>): string => CAUSE_WORDS[cause ?? 'none'];

/** What to do about it; empty where the state says more. */
export function causeHelp({ cause }: Pick<ListedSign, 'cause'>): string {
  switch (cause) {
    case 'unplugged':
      return 'Others of its store are heard: look at its own power and cable, then start its PC again.';
    case 'network':
      return 'Look at the power and the router of the store first: nothing of it is heard.';
    case 'program-ended':
      return 'Start its PC, or its program, again.';
    case 'page-frozen':
      return 'Its machine answers: start its program again, or switch the PC off and on.';
    default:
      return '';
  }
}
