import type { Page, Route, WebSocketRoute } from '@playwright/test';
import type { Fleet } from '../../../cloud/contracts/fleet.ts';
import type { ErrorCode } from '../../../cloud/contracts/http.ts';
import type { Overview } from '../../../cloud/contracts/overview.ts';
import type { Person } from '../../../cloud/contracts/person.ts';
import { refusal } from '../../../cloud/functions/http-answers.ts';
import { storeAnswer } from './store-answers.ts';
import { snapshotOf, someStores } from './stores.ts';

export const KEY = 'a-key-that-is-known';
export const ADMIN: Person = {
  personId: 'p-12345678',
  name: 'Mara Lindqvist',
  role: 'admin',
  storeIds: null,
};

const RECORD_END = '\u001e';

export type FakeCloud = {
  readonly overview: Overview;
  fleet: Fleet;
  /** How far its clock is ahead of the test's. */
  aheadMs: number;
  /** What was asked of it, `POST /api/stores/x/corrections`, and with what. */
  readonly asked: { readonly what: string; readonly body: unknown }[];
  /** Pushes one message to the page. */
  push(target: string, argument: unknown): void;
  /** Cuts the push connection, and keeps it down. */
  cut(): Promise<void>;
};

/** Answers for the cloud: sessions, stores, and a push connection that is up. */
export async function fakeCloud(page: Page, { signedIn = true } = {}): Promise<FakeCloud> {
  const nowMs = Date.now();
  const stores = someStores(nowMs).map((like) => ({
    snapshot: snapshotOf(like, nowMs),
    storeGroups: [like.id],
  }));
  const storeGroups = stores.map(({ storeGroups: [id = ''] }) => ({ storeGroupId: id, storeIds: [id] }));
  const cloud = {
    overview: { nowMs, stores, storeGroups },
    fleet: { nowMs, signs: [] } as Fleet,
    aheadMs: 0,
    asked: [] as { what: string; body: unknown }[],
  };
  let isSignedIn = signedIn;
  let isCut = false;
  let socket: WebSocketRoute | undefined;

  await page.routeWebSocket(/\/client\//, (ws) => {
    socket = ws;
    ws.onMessage((message) => {
      if (String(message).includes('"protocol"')) ws.send(`{}${RECORD_END}`);
    });
  });
  const answer = (route: Route, body: unknown, status = 200) => route.fulfill({ status, json: body });
  const refused = (route: Route, status: number, code: ErrorCode, detail: string) =>
    answer(route, refusal(status, code, detail).jsonBody, status);

  await page.route(/\/client\/negotiate/, (route) =>
    answer(route, {
      connectionId: 'c',
      availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text'] }],
    }),
  );
  await page.route(/\/api\//, async (route) => {
    const request = route.request();
    const { pathname, origin } = new URL(request.url());
    const what = `${request.method()} ${pathname}`;
    const body: unknown = request.postDataJSON();
    cloud.asked.push({ what, body });
    if (what === 'POST /api/session') {
      isSignedIn = JSON.stringify(body) === JSON.stringify({ key: KEY });
      if (!isSignedIn) return refused(route, 401, 'bad-key', 'no such key');
      return answer(route, { person: ADMIN, nowMs: Date.now() });
    }
    if (!isSignedIn) return refused(route, 401, 'not-signed-in', 'sign in first');
    if (what === 'POST /api/console/negotiate') {
      if (isCut) return refused(route, 503, 'unavailable', 'no push service');
      return answer(route, { url: `${origin}/client/?hub=vitrine`, accessToken: 'x' });
    }
    if (what === 'DELETE /api/session') {
      isSignedIn = false;
      return answer(route, {});
    }
    const [, , list, storeId, part] = pathname.split('/');
    if (what === 'GET /api/session') return answer(route, { person: ADMIN, nowMs: Date.now() });
    if (what === 'GET /api/overview')
      return answer(route, { ...cloud.overview, nowMs: Date.now() + cloud.aheadMs });
    if (what === 'GET /api/fleet') return answer(route, cloud.fleet);
    if (what === 'GET /api/people') {
      return answer(route, { people: [{ ...ADMIN, madeAtMs: nowMs, lastSeenAtMs: nowMs }] });
    }
    if (what === 'GET /api/messages') return answer(route, { nowMs: Date.now(), messages: [] });
    if (what === 'GET /api/audit') return answer(route, { rows: auditRows(nowMs) });
    if (list === 'stores' && request.method() === 'PUT') {
      const createdSensors = [
        {
          sensorId: `${storeId}-main-entrance`,
          connectionString: 'HostName=localhost;DeviceId=x;SharedAccessKey=k',
        },
      ];
      return answer(route, { storeId, createdSensors });
    }
    if (part === 'corrections') return answer(route, { corrections: correctionsOf(storeId ?? '', nowMs) });
    if (part === 'drift') return answer(route, { nights: nightsOf(nowMs) });
    if (part === 'alerts')
      return answer(route, { alerts: alertsOf(cloud.overview, storeId ?? ''), events: [] });
    const told = storeAnswer(new URL(request.url()), cloud.overview, nowMs);
    if (told !== undefined) return answer(route, told);
    return refused(route, 404, 'bad-request', 'nothing is here');
  });

  return Object.assign(cloud, {
    push: (target: string, argument: unknown) =>
      socket?.send(JSON.stringify({ type: 1, target, arguments: [argument] }) + RECORD_END),
    async cut() {
      isCut = true;
      await socket?.close();
    },
  });
}

const auditRows = (nowMs: number) => [
  {
    number: 2,
    atMs: nowMs - 60_000,
    by: 'Mara Lindqvist',
    personId: 'p-12345678',
    act: 'count-corrected',
    subject: 'store:hamburg',
    before: { count: 183 },
    after: { count: 187 },
  },
  {
    number: 1,
    atMs: nowMs - 90_000,
    by: 'Mara Lindqvist',
    personId: 'p-12345678',
    act: 'signed-in',
    subject: 'person:p-12345678',
    before: null,
    after: null,
  },
];

const correctionsOf = (storeId: string, nowMs: number) => [
  {
    number: 2,
    storeId,
    zoneId: 'ground',
    kind: 'set',
    people: 143,
    before: 129,
    after: 143,
    atMs: nowMs - 7_200_000,
    madeAtMs: nowMs - 7_200_000,
    by: 'Tomas Ek',
    why: 'Counted by hand',
  },
  {
    number: 1,
    storeId,
    zoneId: 'ground',
    kind: 'reset',
    people: 0,
    before: -23,
    after: 0,
    atMs: nowMs - 30_000_000,
    madeAtMs: nowMs - 30_000_000,
    by: null,
    why: '',
  },
];

const nightsOf = (nowMs: number) =>
  [1, 2, 3, 4, 5, 6, 7].map((nights) => ({
    day: new Date(nowMs - nights * 86_400_000).toISOString().slice(0, 10),
    in: 900,
    out: 920 + nights,
    left: -20 - nights,
    doors: [{ doorId: 'passage', name: 'Passage', in: 393, out: 412 }],
    sentences: [
      'Passage counts 4 % more people out than in.',
      'The store closes at \u221223 on average, 21 of it from this door.',
    ],
  }));

const alertsOf = ({ stores }: Overview, storeId: string) =>
  (stores.find(({ snapshot }) => snapshot.content.store.id === storeId)?.snapshot.content.alerts ?? []).map(
    ({ type, severity, door, sinceMs, acknowledgedBy }) => ({
      ...{ type, severity, sinceMs, phase: 'active' },
      source: door ?? 'store',
      place: door === undefined ? {} : { door },
      acknowledged: acknowledgedBy === null ? null : { by: acknowledgedBy, atMs: sinceMs },
    }),
  );
