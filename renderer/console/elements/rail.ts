import { html, nothing, type TemplateResult } from 'lit';
import type { Person, Role } from '../../../cloud/contracts/person.ts';
import type { Live } from '../live/live.ts';
import { unansweredIn } from '../view/alert-words.ts';
import { PATHS, type Route } from '../view/router.ts';
import { counted } from '../view/words.ts';
import { brand } from './brand.ts';
import { type IconName, icon } from './icon.ts';
import './live-foot.ts';

type Entry = {
  readonly path: string;
  readonly word: string;
  readonly icon: IconName;
  /** After `G` it goes there. */
  readonly key: string;
  readonly pages: readonly Route['page'][];
  readonly least?: Role;
  readonly may?: (person: Person | null) => boolean;
};
type Group = { readonly heading: string | null; readonly entries: readonly Entry[] };

const ALERTS: Entry = { path: PATHS.alerts, word: 'Alerts', icon: 'bell', key: 'a', pages: ['alerts'] };
const GROUPS: readonly Group[] = [
  {
    heading: null,
    entries: [
      {
        path: PATHS.overview,
        word: 'Overview',
        icon: 'lines',
        key: 'o',
        pages: ['overview', 'store', 'store-edit'],
      },
      ALERTS,
    ],
  },
  {
    heading: 'Fleet',
    entries: [
      { path: PATHS.signs, word: 'Signs', icon: 'screen', key: 's', pages: ['signs'] },
      { path: PATHS.pair, word: 'Pair a sign', icon: 'plus', key: 'p', pages: ['pair'], least: 'manager' },
      { path: PATHS.sensors, word: 'Sensors', icon: 'sensor', key: 'e', pages: ['sensors'] },
      { path: PATHS.groups, word: 'Groups', icon: 'groups', key: 'g', pages: ['groups'] },
      { path: PATHS.messages, word: 'Messages', icon: 'message', key: 'm', pages: ['messages'] },
    ],
  },
  {
    heading: 'Record',
    entries: [
      {
        path: PATHS.rejected,
        word: 'Refused messages',
        icon: 'tray',
        key: 'r',
        pages: ['rejected'],
        may: seesAll,
      },
      { path: PATHS.audit, word: 'Audit', icon: 'book', key: 'u', pages: ['audit'] },
    ],
  },
  {
    heading: 'Set up',
    entries: [
      {
        path: PATHS.newStore,
        word: 'New store',
        icon: 'store',
        key: 'n',
        pages: ['new-store'],
        least: 'admin',
      },
      {
        path: PATHS.people,
        word: 'People and keys',
        icon: 'people',
        key: 'k',
        pages: ['people'],
        least: 'admin',
      },
      {
        path: PATHS.transfer,
        word: 'Import, export',
        icon: 'table',
        key: 'i',
        pages: ['transfer'],
        may: mayTransfer,
      },
    ],
  },
];

/** The pages that a person may go to, in the order of the rail. */
export const pagesOf = (person: Person | null): readonly Entry[] =>
  GROUPS.flatMap(({ entries }) => entries.filter((entry) => isAllowed(entry, person)));

const isAllowed = ({ least, may }: Entry, person: Person | null): boolean =>
  (least === undefined || mayAs(person?.role, least)) && (may?.(person) ?? true);

/** Bubbles from whatever opens the palette. */
export const GO_TO = 'go-to-asked';

const RANKS: Readonly<Record<Role, number>> = { viewer: 0, manager: 1, admin: 2 };
export const mayAs = (role: Role | undefined, least: Role): boolean =>
  role !== undefined && RANKS[role] >= RANKS[least];
/** What has no store of its own is for those who see all of them. */
export function seesAll(person: Person | null | undefined): boolean {
  return person?.storeIds === null;
}
/** A table names any store, so it is not for those who see only some. */
export function mayTransfer(person: Person | null | undefined): boolean {
  return person?.role === 'admin' && person.storeIds === null;
}

export function rail(route: Route, live: Live, onSignOut: () => void): TemplateResult {
  const unanswered = unansweredIn(live.overview);
  return html`<div class="rail">
    ${brand()}
    <button class="go-to-btn" type="button" aria-keyshortcuts="Control+K" @click=${(event: Event) =>
      event.target?.dispatchEvent(new CustomEvent(GO_TO, { bubbles: true }))}>
      ${icon('search')}<span>Go to</span><kbd aria-hidden="true">Ctrl</kbd><kbd aria-hidden="true">K</kbd>
    </button>
    <nav aria-label="Pages">
      ${GROUPS.map(({ heading, entries }) => {
        const allowed = entries.filter((entry) => isAllowed(entry, live.person));
        if (allowed.length === 0) return nothing;
        return html`${heading === null ? nothing : html`<h2>${heading}</h2>`}
          <ul>
            ${allowed.map(
              (entry) => html`<li>
                <a href=${entry.path} aria-current=${entry.pages.includes(route.page) ? 'page' : nothing}>
                  ${icon(entry.icon)}<span>${entry.word}</span>${
                    entry === ALERTS && unanswered > 0
                      ? html`<b class="n">${unanswered}<span class="unseen"> to answer</span></b>`
                      : nothing
                  }
                </a>
              </li>`,
            )}
          </ul>`;
      })}
    </nav>
    <div class="foot">
      <live-foot .live=${live}></live-foot>
      ${me(live, onSignOut)}
    </div>
  </div>`;
}

const ROLE_WORDS: Readonly<Record<Role, string>> = { viewer: 'Viewer', manager: 'Manager', admin: 'Admin' };

export function me({ person }: Live, onSignOut: () => void): TemplateResult | typeof nothing {
  if (person === null) return nothing;
  const stores = person.storeIds === null ? 'all stores' : counted(person.storeIds.length, 'store');
  return html`<div class="me">
    <i aria-hidden="true">${initials(person.name)}</i>
    <span>${person.name}<small>${ROLE_WORDS[person.role]}, ${stores}</small></span>
    <button class="btn plain" type="button" title="Sign out" @click=${onSignOut}>
      ${icon('leave')}<span class="unseen">Sign out</span>
    </button>
  </div>`;
}

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
