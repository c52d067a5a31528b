export type Route =
  | { readonly page: 'overview' }
  | { readonly page: 'alerts' }
  | { readonly page: 'store'; readonly storeId: string }
  | { readonly page: 'store-edit'; readonly storeId: string }
  | { readonly page: 'new-store' }
  | { readonly page: 'signs'; readonly signId: string | null }
  | { readonly page: 'pair' }
  | { readonly page: 'more' }
  | { readonly page: 'audit' }
  | { readonly page: 'people' }
  | { readonly page: 'transfer' }
  | { readonly page: 'sensors' }
  | { readonly page: 'groups' }
  | { readonly page: 'messages' }
  | { readonly page: 'rejected' }
  | { readonly page: 'nowhere' };

export const PATHS = {
  overview: '/console',
  alerts: '/console/alerts',
  newStore: '/console/new-store',
  store: (storeId: string) => `/console/stores/${storeId}`,
  editStore: (storeId: string) => `/console/stores/${storeId}/edit`,
  signs: '/console/signs',
  sign: (signId: string) => `/console/signs/${signId}`,
  pair: '/console/pair',
  audit: '/console/audit',
  more: '/console/more',
  people: '/console/people',
  transfer: '/console/transfer',
  sensors: '/console/sensors',
  groups: '/console/groups',
  messages: '/console/messages',
  rejected: '/console/rejected',
} as const;

export function routeOf(path: string): Route {
  const [, first, second, third, fourth, ...more] = path.replace(/\/+$/, '').split('/');
  if (first !== 'console' || more.length > 0) return { page: 'nowhere' };
  const what = decoded(third);
  if (fourth !== undefined) {
    const isEdit = second === 'stores' && fourth === 'edit' && what !== null;
    return isEdit ? { page: 'store-edit', storeId: what } : { page: 'nowhere' };
  }
  switch (second) {
    case undefined:
      return { page: 'overview' };
    case 'stores':
      return what === null ? { page: 'overview' } : { page: 'store', storeId: what };
    case 'signs':
      return { page: 'signs', signId: what };
    case 'alerts':
    case 'pair':
    case 'more':
    case 'audit':
    case 'people':
    case 'transfer':
    case 'sensors':
    case 'groups':
    case 'messages':
    case 'rejected':
    case 'new-store':
      return what === null ? { page: second } : { page: 'nowhere' };
    default:
      return { page: 'nowhere' };
  }
}

function decoded(part: string | undefined): string | null {
  try {
    return part === undefined ? null : decodeURIComponent(part);
  } catch {
    return null;
  }
}
