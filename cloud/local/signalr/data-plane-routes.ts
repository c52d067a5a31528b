import { CONNECTION_ROUTES } from './connection-routes.ts';
import type { PathParameters, Route } from './data-plane-route.ts';
import { GROUP_ROUTES } from './group-routes.ts';
import { SEND_ROUTES } from './send-routes.ts';
import { USER_ROUTES } from './user-routes.ts';

export type FoundRoute = { readonly route: Route; readonly parameters: PathParameters };

const PLACES = { '{user}': 'user', '{group}': 'group', '{connection}': 'connection' } as const;
const isPlace = (name: string): name is keyof typeof PLACES => Object.hasOwn(PLACES, name);

const ROUTES = [...SEND_ROUTES, ...CONNECTION_ROUTES, ...GROUP_ROUTES, ...USER_ROUTES].map((route) => ({
  route,
  names: route.path.split('/').slice(1),
}));

/** What may be done at a path, given without its hub: one route a method, or none. */
export function routesAt(segments: readonly string[]): readonly FoundRoute[] {
  return ROUTES.flatMap(({ route, names }) => {
    const parameters = parametersIn(segments, names);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
}

/** What stands in the places of the pattern, or undefined if the path is another. */
function parametersIn(segments: readonly string[], names: readonly string[]): PathParameters | undefined {
  if (names.length !== segments.length) return undefined;
  const parameters = { user: '', group: '', connection: '' };
  for (const [index, name] of names.entries()) {
    const segment = segments[index] ?? '';
    if (isPlace(name) && segment !== '') parameters[PLACES[name]] = segment;
    else if (name !== segment) return undefined;
  }
  return parameters;
}
