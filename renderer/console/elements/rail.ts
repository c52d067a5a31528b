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
  readonly pages: readonly Route['page'][];
  readonly least?: Role;
  readonly may?: (person: Person | null) => boolean;
};
type Group = { readonly heading: string | null; readonly entries: readonly Entry[] };

const ALERTS: Entry = { path: PATHS.alerts, word: 'Alerts', icon: 'bell', pages: ['alerts'] };
const GROUPS: readonly Group[] = [
  {
    heading: null,
    entries: [
      { path: PATHS.overview, word: 'Overview', icon: 'lines', pages: ['overview', 'store'] },
      ALERTS,
    ],
  },
  {
    heading: 'Fleet',
    entries: [
      { path: PATHS.signs, word: 'Signs', icon: 'screen', pages: ['signs'] },
      { path: PATHS.pair, word: 'Pair a sign', icon: 'plus', pages: ['pair'], least: 'manager' },
    ],
  },
  { heading: 'Record', entries: [{ path: PATHS.audit, word: 'Audit', icon: 'book', pages: ['audit'] }] },
  {
    heading: 'Set up',
    entries: [
      { path: PATHS.newStore, word: 'New store', icon: 'store', pages: ['new-store'], least: 'admin' },
      { path: PATHS.people, word: 'People and keys', icon: 'people', pages: ['people'], least: 'admin' },
      { path: PATHS.transfer, word: 'Import, export', icon: 'table', pages: ['transfer'], may: mayTransfer },
    ],
  },
];

const RANKS: Readonly<Record<Role, number>> = { viewer: 0, manager: 1, admin: 2 };
export const mayAs = (role: Role | undefined, least: Role): boolean =>
  role !== undefined && RANKS[role] >= RANKS[least];
/** A table names any store, so it is not for those who see only some. */
export function mayTransfer(person: Person | null | undefined): boolean {
  return person?.role === 'admin' && person.storeIds === null;
}

export function rail(route: Route, live: Live, onSignOut: () => void): TemplateResult {
  const role = live.person?.role;
  const unanswered = unansweredIn(live.overview);
  return html`<div class="rail">
    ${brand()}
    <nav aria-label="Pages">
      ${GROUPS.map(({ heading, entries }) => {
        const allowed = entries.filter(
          ({ least, may }) => (least === undefined || mayAs(role, least)) && (may?.(live.person) ?? true),
        );
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
