import type { HostApi } from '../demonstration/host-api.ts';

const FIRST_PERSON = { name: 'First key', role: 'admin' } as const;

/** At the first start lets the first person in; gives their access key, which is known from then on to nobody else. */
export async function firstKey(api: Pick<HostApi, 'people' | 'makePerson'>): Promise<string | undefined> {
  const { people } = await api.people();
  return people.length > 0 ? undefined : (await api.makePerson(FIRST_PERSON)).key;
}

export const firstKeyWords = (httpUrl: string, key: string): string =>
  `  Sign in to the console at ${new URL('/console', httpUrl)} with this key. It is shown this once: ${key}`;
