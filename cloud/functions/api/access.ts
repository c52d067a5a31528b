import type { Right } from '../people/guarded.ts';
import { peopleRoutes } from '../people/people-routes.ts';
import type { Operation, Who } from './operation.ts';

type Access = {
  readonly words: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly problems: NonNullable<Operation['problems']>;
};

export const SECURITY_SCHEMES = {
  accessKey: { type: 'http', scheme: 'bearer', description: 'The access key of a person, vk_...' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-vitrine',
    description: 'Set by signing in. By plain HTTP, on one machine, its name is vitrine-session-{port}.',
  },
  ownerKey: { type: 'apiKey', in: 'header', name: 'x-functions-key', description: 'The key of the owner.' },
  signSession: {
    type: 'http',
    scheme: 'bearer',
    description: 'The session token of a sign, from negotiate.',
  },
  ingestKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'The key of a sensor.' },
  ingestPassword: {
    type: 'http',
    scheme: 'basic',
    description: 'Any name, the key of a sensor as password.',
  },
  functionKey: { type: 'apiKey', in: 'query', name: 'code', description: 'The function key of the app.' },
} as const;

const PEOPLE: Omit<Access, 'words'> = {
  security: [{ accessKey: [] }, { session: [] }, { ownerKey: [] }],
  problems: ['401 not-signed-in', '403 not-allowed', '403 wrong-origin'],
};

/** How whoever calls proves it, and what is said where that fails. */
export function accessOf(who: Who): Access {
  switch (who) {
    case 'anybody':
      return { words: 'Anybody', security: [], problems: [] };
    case 'sign':
      return {
        words: 'A sign, by its session',
        security: [{ signSession: [] }],
        problems: ['401 session-expired', '403 sign-revoked', '404 unknown-sign'],
      };
    case 'sensor':
      return {
        words: 'A sensor, by its key in a header, as a password, or at the end of the address',
        security: [{ ingestKey: [] }, { ingestPassword: [] }, {}],
        problems: [],
      };
    case 'platform':
      return {
        words: 'The push service, by the function key',
        security: [{ functionKey: [] }],
        problems: [],
      };
    default:
      return { words: `${who.startsWith('admin') ? 'An' : 'A'} ${who}`, ...PEOPLE };
  }
}

/** The right that opens each function that people may call. */
export function rightsOfPeople(): ReadonlyMap<string, Right> {
  const rights = new Map<string, Right>();
  const add = (name: string, right: Right) => void rights.set(name, right);
  peopleRoutes({ asks: add, tells: add });
  return rights;
}
