import type { ListedSign, SignState } from '../../../cloud/contracts/fleet.ts';
import type { Board, CommandKind } from '../../../cloud/contracts/sign-report.ts';

/** The worst first: the order of the chips and of the list. */
export const STATES_WORST_FIRST: readonly SignState[] = ['dark', 'stale', 'unknown', 'still', 'fresh'];

export const STATE_WORDS: Readonly<Record<SignState, string>> = {
  dark: 'Dark',
  stale: 'Online, stale',
  unknown: 'Unknown',
  still: 'Offline, still showing',
  fresh: 'Showing fresh',
};

export const BOARD_WORDS: Readonly<Record<Board, { name: string; what: string }>> = {
  manager: { name: 'Manager', what: 'Figure, limit and the day so far, for staff.' },
  door: { name: 'Door', what: 'For customers: may I enter?' },
  wall: { name: 'Wall', what: 'All stores of a group.' },
};

/** The effect goes on after `each sign`. */
export const COMMAND_WORDS: Readonly<Record<CommandKind, { name: string; effect: string }>> = {
  identify: { name: 'Identify', effect: 'shows its name large for 20 s.' },
  reload: {
    name: 'Reload',
    effect: 'drops its page and its connection and makes new ones. Expect a fresh figure within 3 s.',
  },
  restart: {
    name: 'Restart',
    effect: 'ends its program and starts it anew. The glass is empty for some seconds.',
  },
  screenshot: { name: 'Screenshot', effect: 'sends a picture of what its panel is sent now.' },
};

export const nameOf = ({ name, fingerprint }: Pick<ListedSign, 'name' | 'fingerprint'>): string =>
  name === '' ? `Sign ${fingerprint}` : name;

export const signs = (count: number): string => (count === 1 ? '1 sign' : `${count} signs`);

/** `3 of 4 confirmed a fresh figure from their own glass.` */
export function summaryOf(fleet: readonly ListedSign[]): string {
  const placed = fleet.filter(({ storeGroupId }) => storeGroupId !== null);
  const waiting = fleet.length - placed.length;
  const waits = waiting === 0 ? '' : ` ${waiting} ${waiting === 1 ? 'waits' : 'wait'} for a place.`;
  if (placed.length === 0) return waiting === 0 ? 'No sign is here yet.' : `No sign has a place yet.${waits}`;
  const fresh = placed.filter(({ state, confirmed }) => state === 'fresh' && confirmed).length;
  const own = placed.length === 1 ? 'its own glass' : 'their own glass';
  return `${fresh} of ${placed.length} confirmed a fresh figure from ${own}.${waits}`;
}
