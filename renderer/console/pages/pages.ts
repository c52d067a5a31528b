import { html, type TemplateResult } from 'lit';
import type { Live } from '../live/live.ts';
import type { Route } from '../view/router.ts';
import '../signs/signs-page.ts';
import '../signs/pair-page.ts';
import '../transfer/transfer-page.ts';
import '../groups/groups-page.ts';
import '../messages/messages-page.ts';
import '../rejected/rejected-page.ts';
import '../sensors/sensors-page.ts';
import './alerts-page.ts';
import './audit-page.ts';
import './more-page.ts';
import './new-store-page.ts';
import './overview-page.ts';
import './people-page.ts';
import '../stores/edit/store-edit-page.ts';
import './store-page.ts';

export function pageOf(route: Route, live: Live): TemplateResult {
  switch (route.page) {
    case 'overview':
      return html`<overview-page .live=${live}></overview-page>`;
    case 'store':
      return html`<store-page .live=${live} .storeId=${route.storeId}></store-page>`;
    case 'store-edit':
      return html`<store-edit-page .live=${live} .storeId=${route.storeId}></store-edit-page>`;
    case 'new-store':
      return html`<new-store-page .live=${live}></new-store-page>`;
    case 'signs':
      return html`<signs-page .live=${live} .openSignId=${route.signId}></signs-page>`;
    case 'pair':
      return html`<pair-page .live=${live} .code=${new URLSearchParams(location.hash.slice(1)).get('code') ?? ''}
        .replaces=${new URLSearchParams(location.search).get('replaces')}></pair-page>`;
    case 'alerts':
      return html`<alerts-page .live=${live}></alerts-page>`;
    case 'audit':
      return html`<audit-page .live=${live}></audit-page>`;
    case 'people':
      return html`<people-page .live=${live}></people-page>`;
    case 'transfer':
      return html`<transfer-page .live=${live}></transfer-page>`;
    case 'sensors':
      return html`<sensors-page .live=${live}></sensors-page>`;
    case 'groups':
      return html`<groups-page .live=${live}></groups-page>`;
    case 'messages':
      return html`<messages-page .live=${live}></messages-page>`;
    case 'rejected':
      return html`<rejected-page .live=${live}></rejected-page>`;
    case 'more':
      return html`<more-page .live=${live}></more-page>`;
    case 'nowhere':
      return html`<header class="head"><div>
        <h1 tabindex="-1">Nothing is here</h1>
        <p class="under"><a class="under-line" href="/console">Go to the overview</a></p>
      </div></header>`;
    default:
      return route satisfies never;
  }
}

export function titleOf(route: Route, { overview, fleet }: Live): string {
  switch (route.page) {
    case 'store': {
      const found = overview?.stores.find(({ snapshot }) => snapshot.content.store.id === route.storeId);
      return found?.snapshot.content.store.name ?? 'Store';
    }
    case 'signs': {
      const found = fleet?.signs.find(({ signId }) => signId === route.signId);
      return found === undefined ? 'Signs' : `${found.name || 'Sign'}, signs`;
    }
    default:
      return TITLES[route.page];
  }
}

const TITLES = {
  overview: 'Overview',
  'store-edit': 'Edit a store',
  'new-store': 'New store',
  pair: 'Pair a sign',
  alerts: 'Alerts',
  audit: 'Audit',
  people: 'People and keys',
  transfer: 'Import and export',
  sensors: 'Sensors',
  groups: 'Groups',
  messages: 'Messages',
  rejected: 'Refused messages',
  more: 'More',
  nowhere: 'Nothing is here',
} as const;
