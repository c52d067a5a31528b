import { excludedIn, existsOr, NO_CONTENT, type Route, reasonIn } from './data-plane-route.ts';

/** Many connections at once: whether a group has any, and the end of those of a group, or of all. */
export const GROUP_ROUTES: readonly Route[] = [
  {
    method: 'HEAD',
    path: '/groups/{group}',
    run: (hub, { group }) => existsOr('Warning.Group.NotExisted', hub.has({ kind: 'group', name: group })),
  },
  {
    method: 'POST',
    path: '/groups/{group}/:closeConnections',
    run: (hub, { group }, query) => {
      hub.close({ kind: 'group', name: group }, reasonIn(query), excludedIn(query));
      return NO_CONTENT;
    },
  },
  {
    method: 'POST',
    path: '/:closeConnections',
    run: (hub, _parameters, query) => {
      hub.close({ kind: 'everyone' }, reasonIn(query), excludedIn(query));
      return NO_CONTENT;
    },
  },
];
