import type { AimName } from './aims.ts';
import type { IsolationCaller } from './caller.ts';
import { leaksIn, type Realm, textsIn } from './marks.ts';
import { pathOf, type RegisteredRoute } from './routes.ts';
import { type Expected, expectedOf, RULES } from './rules.ts';
import type { Sample, Sent } from './sample.ts';
import { MESSAGE_SAMPLES } from './samples-messages.ts';
import { PEOPLE_SAMPLES } from './samples-people.ts';
import { OTHER_SAMPLES } from './samples-rest.ts';
import { SIGN_SAMPLES } from './samples-signs.ts';
import { STORE_SAMPLES } from './samples-stores.ts';
import type { IsolationStage } from './stage.ts';
import type { WatchedDatabase } from './watch-database.ts';

const SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  ...STORE_SAMPLES,
  ...SIGN_SAMPLES,
  ...MESSAGE_SAMPLES,
  ...PEOPLE_SAMPLES,
  ...OTHER_SAMPLES,
};
const REALMS: readonly Realm[] = ['alpha', 'bravo', 'shared', 'loose'];
/** What a refusal may be; that a request was malformed is none, for then it was not looked at who asked. */
const REFUSALS = [401, 403, 404, 409, 429];

/** One call of the matrix. */
export type Cell = { readonly route: RegisteredRoute; readonly aim: AimName; readonly sample: Sample };

export function cellsOf(routes: readonly RegisteredRoute[]): readonly Cell[] {
  return routes.flatMap((route) =>
    (SAMPLES[route.name] ?? []).flatMap((sample) => sample.aims.map((aim) => ({ route, aim, sample }))),
  );
}

/** What whoever adds a route has still to say of it. */
export function unknownRoutes(routes: readonly RegisteredRoute[]): readonly string[] {
  return routes.flatMap(({ name, method, route }) => {
    const missing = [
      ...(RULES[name] === undefined ? ['a rule in test/support/isolation/rules.ts'] : []),
      ...(SAMPLES[name] === undefined ? ['a sample in one of test/support/isolation/samples-*.ts'] : []),
    ];
    return missing.length === 0 ? [] : [`${method} /api/${route} (${name}) lacks ${missing.join(' and ')}`];
  });
}

/** Functions that are spoken of and registered no more. */
export function goneFunctions(routes: readonly RegisteredRoute[]): readonly string[] {
  const registered = new Set(routes.map(({ name }) => name));
  return [...new Set([...Object.keys(RULES), ...Object.keys(SAMPLES)])].filter(
    (name) => !registered.has(name),
  );
}

export type Outcome = {
  readonly cell: Cell;
  readonly expected: Expected;
  readonly answer: string;
  /** What was wrong with the answer, in words. */
  readonly faults: readonly string[];
};

type Parts = { readonly stage: IsolationStage; readonly database: WatchedDatabase };

/** Makes one call and judges all of its answer. */
export async function called(parts: Parts, caller: IsolationCaller, cell: Cell): Promise<Outcome> {
  const { stage, database } = parts;
  const { route, aim, sample } = cell;
  const rule = RULES[route.name];
  if (rule === undefined) throw new Error(`no rule for ${route.name}`);
  const expected = expectedOf(rule, caller.standing, aim, route.method);
  const sent = await sample.make({ stage, caller, aim, opens: expected === 'opens' });
  const before = expected === 'opens' ? undefined : database.digests();
  const response = await ask(stage, caller, route, sent);
  const headers = JSON.stringify([...response.headers]);
  const answer = `${response.status} ${response.statusText} ${headers} ${await response.text()}`;
  const hidden = REALMS.filter((realm) => !caller.hears.includes(realm)).flatMap(stage.secretsOf);
  const leaks = leaksIn(answer, hidden, textsIn({ ...sent, bytes: undefined }));
  const changes = before === undefined ? [] : database.changesSince(before);
  const faults = [
    ...(isAsExpected(response.status, expected) ? [] : [`expected ${expected}`]),
    ...(leaks.length === 0 ? [] : [`told of ${leaks.join(', ')}`]),
    ...(changes.length === 0 ? [] : [`changed ${changes.join(', ')}`]),
    // A page of another site may send a person's cookie; what comes back is not for it to read.
    ...(response.headers.has('access-control-allow-origin') ? ['lets any page read it'] : []),
  ];
  const what = `${route.method} /api/${route.route} (${route.name}, ${aim}) answered ${answer.slice(0, 600)}`;
  return { cell, expected, answer, faults: faults.map((fault) => `${fault} | ${what}`) };
}

function isAsExpected(status: number, expected: Expected): boolean {
  return expected === 'refused' ? REFUSALS.includes(status) : status >= 200 && status < 300;
}

function ask(
  { cloud }: IsolationStage,
  caller: IsolationCaller,
  route: RegisteredRoute,
  { params = {}, query = {}, headers = {}, body, text, bytes }: Sent,
): Promise<Response> {
  const search = new URLSearchParams(query).toString();
  const path = pathOf(route, params) + (search === '' ? '' : `?${search}`);
  const content = bytes ?? text ?? (body === undefined ? undefined : JSON.stringify(body));
  return fetch(cloud.ready().httpUrl + path, {
    method: route.method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...caller.headers, ...headers },
    ...(content === undefined || route.method === 'GET' ? {} : { body: content }),
  });
}
