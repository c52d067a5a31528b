import type { Route } from './data-plane-route.ts';

/** Nobody there is no error: what is sent is accepted, and that is all the service says. */
export const SEND_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/:send', to: () => ({}), excludes: true },
  {
    method: 'POST',
    path: '/groups/{group}/:send',
    to: ({ group }) => ({ groupName: group }),
    excludes: true,
  },
  { method: 'POST', path: '/users/{user}/:send', to: ({ user }) => ({ userId: user }), excludes: false },
  {
    method: 'POST',
    path: '/connections/{connection}/:send',
    to: ({ connection }) => ({ connectionId: connection }),
    excludes: false,
  },
];
