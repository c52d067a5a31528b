import { html, nothing, type TemplateResult } from 'lit';
import type { Live } from '../live/live.ts';
import { unansweredIn } from '../view/alert-words.ts';
import { PATHS, type Route } from '../view/router.ts';
import { type IconName, icon } from './icon.ts';

type Tab = {
  readonly path: string;
  readonly word: string;
  readonly icon: IconName;
  readonly pages: readonly Route['page'][];
};

const ALERTS: Tab = { path: PATHS.alerts, word: 'Alerts', icon: 'bell', pages: ['alerts'] };
const TABS: readonly Tab[] = [
  { path: PATHS.overview, word: 'Overview', icon: 'lines', pages: ['overview', 'store'] },
  ALERTS,
  { path: PATHS.signs, word: 'Signs', icon: 'screen', pages: ['signs'] },
  { path: PATHS.pair, word: 'Pair', icon: 'plus', pages: ['pair'] },
  {
    path: PATHS.more,
    word: 'More',
    icon: 'more',
    pages: ['more', 'audit', 'people', 'new-store', 'transfer', 'sensors', 'groups', 'messages', 'rejected'],
  },
];

/** On a phone, in the place of the rail. */
export function tabs(route: Route, live: Live): TemplateResult {
  const unanswered = unansweredIn(live.overview);
  return html`<nav class="tabs" aria-label="Pages, short">
    ${TABS.map(
      (tab) => html`<a href=${tab.path} aria-current=${tab.pages.includes(route.page) ? 'page' : nothing}>
        ${icon(tab.icon)}<span>${tab.word}</span>${
          tab === ALERTS && unanswered > 0
            ? html`<b class="n">${unanswered}<span class="unseen"> to answer</span></b>`
            : nothing
        }
      </a>`,
    )}
  </nav>`;
}
