import { type Answer, existsOr, OK, type Route, reasonIn } from './data-plane-route.ts';

const NO_CONNECTION: Answer = {
  status: 404,
  code: 'Error.Connection.NotExisted',
  message: 'There is no such connection.',
};

/** One connection: whether it is there, the groups it is in, its end. */
export const CONNECTION_ROUTES: readonly Route[] = [
  {
    method: 'HEAD',
    path: '/connections/{connection}',
    run: (hub, { connection }) =>
      existsOr('Warning.Connection.NotExisted', hub.has({ kind: 'connection', name: connection })),
  },
  {
    method: 'DELETE',
    path: '/connections/{connection}',
    // Who is gone already is as gone as was asked for.
    run: (hub, { connection }, query) =>
      hub.close({ kind: 'connection', name: connection }, reasonIn(query)) === 0
        ? { status: 200, code: 'Warning.Connection.NotExisted' }
        : OK,
  },
  {
    method: 'DELETE',
    path: '/connections/{connection}/groups',
    run: (hub, { connection }) => {
      hub.removeConnectionFromAll(connection);
      return OK;
    },
  },
  {
    method: 'PUT',
    path: '/groups/{group}/connections/{connection}',
    run: (hub, { group, connection }) => (hub.addConnection(connection, group) ? OK : NO_CONNECTION),
  },
  {
    method: 'DELETE',
    path: '/groups/{group}/connections/{connection}',
    run: (hub, { group, connection }) => (hub.removeConnection(connection, group) ? OK : NO_CONNECTION),
  },
];
