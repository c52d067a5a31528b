import type { Hub } from './hub.ts';
import type { SignalRMessage } from './signalr-message.ts';

export type Answer = {
  readonly status: number;
  /** `x-ms-error-code` */
  readonly code?: string;
};

/** What stood in the places of the path; empty is what the path has no place for. */
export type PathParameters = Readonly<Record<'user' | 'group' | 'connection', string>>;

/** One call of the REST API 2022-06-01, below `/api/hubs/{hub}`: a message to send, or something done at once. */
export type Route = { readonly method: string; readonly path: string } & (
  | {
      readonly to: (
        parameters: PathParameters,
      ) => Pick<SignalRMessage, 'connectionId' | 'userId' | 'groupName'>;
    }
  | {
      readonly run: (
        hub: Hub,
        parameters: PathParameters,
        query: URLSearchParams,
      ) => Promise<Answer> | Answer;
    }
);

export const DATA_PLANE_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/:send', to: () => ({}) },
  { method: 'POST', path: '/users/{user}/:send', to: ({ user }) => ({ userId: user }) },
  { method: 'POST', path: '/groups/{group}/:send', to: ({ group }) => ({ groupName: group }) },
  {
    method: 'POST',
    path: '/connections/{connection}/:send',
    to: ({ connection }) => ({ connectionId: connection }),
  },
  {
    method: 'HEAD',
    path: '/users/{user}',
    run: (hub, { user }) =>
      hub.hasUser(user) ? { status: 200 } : { status: 404, code: 'Warning.User.NotExisted' },
  },
  {
    method: 'HEAD',
    path: '/users/{user}/groups/{group}',
    run: (hub, { user, group }) =>
      hub.userIsIn(user, group) ? { status: 200 } : { status: 404, code: 'Info.User.NotInGroup' },
  },
  {
    method: 'PUT',
    path: '/users/{user}/groups/{group}',
    run: async (hub, { user, group }, query) => {
      const ttl = query.get('ttl');
      if (ttl !== null && !/^\d{1,9}$/.test(ttl)) return { status: 400, code: 'Error.Ttl.Invalid' };
      await hub.addUser(user, group, ttl === null ? undefined : Number(ttl));
      return { status: 200 };
    },
  },
  {
    method: 'DELETE',
    path: '/users/{user}/groups/{group}',
    run: async (hub, { user, group }) => {
      await hub.removeUser(user, group);
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/users/{user}/groups',
    run: async (hub, { user }) => {
      await hub.removeUserFromAll(user);
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/connections/{connection}',
    // Who is gone already is as gone as was asked for.
    run: (hub, { connection }, query) =>
      hub.close({ kind: 'connection', name: connection }, reasonIn(query)) === 0
        ? { status: 200, code: 'Warning.Connection.NotExisted' }
        : { status: 200 },
  },
  {
    method: 'POST',
    path: '/users/{user}/:closeConnections',
    run: (hub, { user }, query) => {
      hub.close({ kind: 'user', name: user }, reasonIn(query));
      return { status: 204 };
    },
  },
];

function reasonIn(query: URLSearchParams): { error?: string } {
  const reason = query.get('reason');
  return reason === null || reason === '' ? {} : { error: reason };
}
