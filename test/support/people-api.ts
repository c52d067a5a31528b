import { type Cookie, HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { type PersonRequest, personMadeSchema } from '../../cloud/contracts/person.ts';
import type { HubMessage } from '../../cloud/functions/hub-messages.ts';
import { guarded, type MakeForPerson, type Right } from '../../cloud/functions/people/guarded.ts';
import { peopleRoutes } from '../../cloud/functions/people/people-routes.ts';
import { signIn } from '../../cloud/functions/people/session.ts';
import type { Services } from '../../cloud/functions/services.ts';

export const OWNER_KEY = 'the-key-of-the-owner-of-this-installation';
export const ORIGIN = 'http://localhost:7071';

type Values = Readonly<Record<string, string>>;
export type Asked = {
  readonly params?: Values;
  readonly query?: Values;
  readonly headers?: Values;
  readonly body?: unknown;
  readonly url?: string;
};
export type PeopleRoute = {
  readonly name: string;
  readonly right: Right;
  readonly method: string;
  readonly route: string;
  readonly make: MakeForPerson;
};

/** All that people may call. */
export function listPeopleRoutes(): readonly PeopleRoute[] {
  const routes: PeopleRoute[] = [];
  const add = (name: string, right: Right, methods: string[], route: string, make: MakeForPerson) => {
    for (const method of methods) routes.push({ name, right, method, route, make });
  };
  peopleRoutes({ asks: add, tells: add });
  return routes;
}

/** Calls what people may call by the name of its function, through the guard that stands before it. */
export type PeopleApi = {
  readonly told: readonly HubMessage[];
  ask(name: string, asked?: Asked): Promise<HttpResponseInit>;
  /** With the owner's key. */
  own(name: string, asked?: Asked): Promise<HttpResponseInit>;
  signIn(key: string, headers?: Values, url?: string): Promise<HttpResponseInit>;
  /** The access key of somebody new. */
  personWith(request: PersonRequest): Promise<{ readonly key: string; readonly personId: string }>;
};

export function peopleApi(given: Services): PeopleApi {
  const services: Services = { ...given, settings: { ...given.settings, OwnerKey: OWNER_KEY } };
  const told: HubMessage[] = [];
  const routes = new Map(listPeopleRoutes().map((route) => [route.name, route]));
  const ask: PeopleApi['ask'] = async (name, asked = {}) => {
    const route = routes.get(name);
    if (route === undefined) throw new Error(`no function ${name}`);
    const handler = guarded(route.right, route.make)(services, (_, messages) => void told.push(...messages));
    return handler(requestOf(route.method, asked), new InvocationContext());
  };
  const own: PeopleApi['own'] = (name, { headers = {}, ...asked } = {}) =>
    ask(name, { ...asked, headers: { ...headers, 'x-functions-key': OWNER_KEY } });
  return {
    told,
    ask,
    own,
    signIn: async (key, headers = {}, url = ORIGIN) =>
      signIn(services)(requestOf('POST', { body: { key }, headers, url })),
    async personWith(body) {
      const { jsonBody } = await own('makePerson', { body });
      const { key, person } = personMadeSchema.parse(jsonBody);
      return { key, personId: person.personId };
    },
  };
}

const requestOf = (method: string, { url = ORIGIN, headers = {}, body, ...rest }: Asked): HttpRequest =>
  new HttpRequest({
    method,
    url: `${url}/api`,
    headers: { host: new URL(url).host, ...headers },
    ...rest,
    ...(body === undefined || method === 'GET' ? {} : { body: { string: JSON.stringify(body) } }),
  });

/** What a browser sends back of the cookie that an answer set. */
export function cookieOf({ cookies = [] }: HttpResponseInit): string {
  const [cookie]: readonly (Cookie | undefined)[] = cookies;
  return `${cookie?.name}=${cookie?.value}`;
}
