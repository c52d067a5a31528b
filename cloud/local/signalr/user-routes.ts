import {
  type Answer,
  excludedIn,
  existsOr,
  NO_CONTENT,
  OK,
  type Route,
  reasonIn,
} from './data-plane-route.ts';

/** An int32, as the service's own description says. */
const MAX_TTL_SECONDS = 2_147_483_647;
const NO_TTL: Answer = {
  status: 400,
  code: 'Error.Request.Invalid',
  message: `ttl: expected whole seconds, at most ${MAX_TTL_SECONDS}.`,
};

/** One user: whether any connection is theirs, the groups they are in, the end of their connections. */
export const USER_ROUTES: readonly Route[] = [
  {
    method: 'HEAD',
    path: '/users/{user}',
    run: (hub, { user }) => existsOr('Warning.User.NotExisted', hub.has({ kind: 'user', name: user })),
  },
  {
    method: 'POST',
    path: '/users/{user}/:closeConnections',
    run: (hub, { user }, query) => {
      hub.close({ kind: 'user', name: user }, reasonIn(query), excludedIn(query));
      return NO_CONTENT;
    },
  },
  {
    method: 'HEAD',
    path: '/users/{user}/groups/{group}',
    run: (hub, { user, group }) => existsOr('Info.User.NotInGroup', hub.userIsIn(user, group)),
  },
  {
    method: 'PUT',
    path: '/users/{user}/groups/{group}',
    run: async (hub, { user, group }, query) => {
      const ttl = query.get('ttl');
      if (ttl !== null && !(/^\d{1,10}$/.test(ttl) && Number(ttl) <= MAX_TTL_SECONDS)) return NO_TTL;
      await hub.addUser(user, group, ttl === null ? undefined : Number(ttl));
      return OK;
    },
  },
  {
    method: 'DELETE',
    path: '/users/{user}/groups/{group}',
    run: async (hub, { user, group }) => {
      await hub.removeUser(user, group);
      return NO_CONTENT;
    },
  },
  {
    method: 'DELETE',
    path: '/users/{user}/groups',
    run: async (hub, { user }) => {
      await hub.removeUserFromAll(user);
      return NO_CONTENT;
    },
  },
];
