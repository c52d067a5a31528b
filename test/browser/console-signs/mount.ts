import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { Person } from '../../../cloud/contracts/person.ts';
import type { Live } from '../../../renderer/console/live/live.ts';
import '../../../renderer/console/signs/pair-page.ts';
import '../../../renderer/console/signs/signs-page.ts';
import { NAVIGATED } from '../../../renderer/console/view/navigate.ts';

export type Known = {
  readonly nowMs: number;
  readonly overview: Overview;
  readonly signs: readonly ListedSign[];
  readonly person: Person;
};

declare global {
  interface Window {
    /** Opens a page on what the test says is known. */
    show(page: 'signs' | 'pair', known: Known, options?: { code?: string; replaces?: string }): void;
    /** The test is the cloud: a sign changed. */
    push(sign: ListedSign): void;
  }
}

let signs: readonly ListedSign[] = [];
const listeners = new Set<() => void>();

function liveOf({ nowMs, overview, person }: Known): Live {
  const clockOffsetMs = nowMs - Date.now();
  return {
    overview,
    get fleet() {
      return { nowMs, signs: [...signs] };
    },
    person,
    link: 'up',
    downSinceMs: null,
    changedAtMs: null,
    clockOffsetMs,
    serverNowMs: () => Date.now() + clockOffsetMs,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refreshFleet: async () => undefined,
    refresh: async () => undefined,
  };
}

window.show = (page, known, { code = '', replaces } = {}) => {
  signs = known.signs;
  const main = document.createElement('main');
  const live = liveOf(known);
  if (page === 'signs') main.append(Object.assign(document.createElement('signs-page'), { live }));
  else
    main.append(
      Object.assign(document.createElement('pair-page'), { live, code, replaces: replaces ?? null }),
    );
  document.body.replaceChildren(main);
};

window.push = (sign) => {
  const isKnown = signs.some(({ signId }) => signId === sign.signId);
  signs = isKnown ? signs.map((each) => (each.signId === sign.signId ? sign : each)) : [...signs, sign];
  for (const listener of listeners) listener();
};

const opened = () => {
  const page = document.querySelector('signs-page');
  if (page !== null) page.openSignId = location.pathname.split('/console/signs/')[1] ?? null;
};
addEventListener(NAVIGATED, opened);
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest('a');
  if (link === null) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  opened();
});
