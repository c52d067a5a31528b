import { HostError } from '../../host-error.ts';

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly integer: boolean;
      readonly optional: boolean;
    };

/** A route template such as `stores/{storeId:int}/{part?}`, as ASP.NET writes them. */
export type Route = readonly Segment[];

const PARAMETER = /^\{(\w+)(?::(\w+))?(\?)?\}$/;

/** Throws a HostError ERR_BINDING for what this host does not know: other constraints, catch-alls, mixed segments. */
export function parseRoute(template: string): Route {
  return template
    .split('/')
    .filter((text) => text !== '')
    .map((text) => {
      if (!/[{}]/.test(text)) return { kind: 'literal', text: text.toLowerCase() };
      const [, name, constraint, optional] = PARAMETER.exec(text) ?? [];
      if (!name || (constraint !== undefined && constraint !== 'int')) {
        throw new HostError('ERR_BINDING', `route ${template}: ${text} is not supported`);
      }
      return { kind: 'parameter', name, integer: constraint === 'int', optional: optional !== undefined };
    });
}

/** The parameters, where the path fits; an optional one that is absent is left out. `path` is a list of decoded segments. */
export function matchRoute(
  route: Route,
  path: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (path.length > route.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of route.entries()) {
    const text = path[index];
    if (segment.kind === 'literal') {
      if (text?.toLowerCase() !== segment.text) return undefined;
    } else if (text === undefined) {
      if (!segment.optional) return undefined;
    } else {
      if (segment.integer && !isInt32(text)) return undefined;
      parameters[segment.name] = text;
    }
  }
  return parameters;
}

const isInt32 = (text: string): boolean => /^[+-]?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 31;

/** Orders routes so that the more exact one is asked first: literal, then constrained, then free, then optional. */
export function compareRoutes(one: Route, other: Route): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const difference = weightOf(one[index]) - weightOf(other[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function weightOf(segment: Segment | undefined): number {
  if (!segment || segment.kind === 'literal') return 0;
  if (segment.optional) return 3;
  return segment.integer ? 1 : 2;
}

/** The segments of a URL's path, percent-decoded; undefined where the path cannot be decoded. */
export function segmentsOf(path: string): readonly string[] | undefined {
  try {
    return path
      .split('/')
      .filter((text) => text !== '')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
