import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { type Problem, problemSchema } from '../../cloud/contracts/http.ts';
import { ALL_WATCHERS } from '../../cloud/contracts/hub-targets.ts';
import { acknowledge, listAlerts } from '../../cloud/functions/alerts.ts';
import { correct, listCorrections } from '../../cloud/functions/corrections.ts';
import { drift } from '../../cloud/functions/drift.ts';
import { history } from '../../cloud/functions/history.ts';
import type { HubMessage } from '../../cloud/functions/hub-messages.ts';
import { ingest } from '../../cloud/functions/ingest.ts';
import { makeIngestKey } from '../../cloud/functions/ingest-key.ts';
import { OWNER_KEY_CALLER } from '../../cloud/functions/people/caller.ts';
import { listRejected, replayRejected } from '../../cloud/functions/rejected.ts';
import type { Services } from '../../cloud/functions/services.ts';
import { shelve } from '../../cloud/functions/shelve.ts';
import { keepStoreGroup, readStoreGroup } from '../../cloud/functions/store-groups.ts';

type Values = Readonly<Record<string, string>>;
type Asked = { readonly params?: Values; readonly query?: Values; readonly body?: unknown };
type Push = { readonly key?: string; readonly headers?: Values; readonly body: string | Uint8Array };
export type Answer = Promise<HttpResponseInit>;

/** What an owner may call besides the store itself, and the push of a camera, as the host calls them. */
export type OwnerCalls = {
  /** What the signs were told by these calls, in order; what people were told is left out. */
  readonly told: readonly HubMessage[];
  correct(storeId: string, correction: unknown): Answer;
  corrections(storeId: string): Answer;
  history(storeId: string, query: Values): Answer;
  drift(storeId: string, query?: Values): Answer;
  alerts(storeId: string): Answer;
  acknowledge(storeId: string, request: unknown): Answer;
  shelve(storeId: string, request: unknown): Answer;
  putGroup(storeGroupId: string, description: unknown): Answer;
  readGroup(storeGroupId: string): Answer;
  rejected(): Answer;
  replay(request: unknown): Answer;
  makeKey(sensorId: string): Answer;
  push(sensorId: string, push: Push): Answer;
};

export function ownerCalls(services: Services): OwnerCalls {
  const told: HubMessage[] = [];
  const say = (_: InvocationContext, messages: readonly HubMessage[]) => void told.push(...toSigns(messages));
  const context = () => new InvocationContext();
  return {
    told,
    correct: (storeId, body) =>
      correct(services, say)(posted({ params: { storeId }, body }), context(), OWNER_KEY_CALLER),
    corrections: (storeId) => listCorrections(services)(got({ params: { storeId } })),
    history: (storeId, query) => history(services)(got({ params: { storeId }, query })),
    drift: (storeId, query = {}) => drift(services)(got({ params: { storeId }, query })),
    alerts: (storeId) => listAlerts(services)(got({ params: { storeId } }), context(), OWNER_KEY_CALLER),
    acknowledge: (storeId, body) =>
      acknowledge(services, say)(posted({ params: { storeId }, body }), context(), OWNER_KEY_CALLER),
    shelve: (storeId, body) =>
      shelve(services, say)(posted({ params: { storeId }, body }), context(), OWNER_KEY_CALLER),
    putGroup: (storeGroupId, body) =>
      keepStoreGroup(services)(posted({ params: { storeGroupId }, body }), context(), OWNER_KEY_CALLER),
    readGroup: (storeGroupId) =>
      readStoreGroup(services)(got({ params: { storeGroupId } }), context(), OWNER_KEY_CALLER),
    rejected: () => listRejected(services)(),
    replay: (body) => replayRejected(services, say)(posted({ body }), context(), OWNER_KEY_CALLER),
    makeKey: (sensorId) =>
      makeIngestKey(services)(posted({ params: { sensorId } }), context(), OWNER_KEY_CALLER),
    push: (sensorId, push) => ingest(services, say)(pushed(sensorId, push), context()),
  };
}

/** Without those to people who watch, which say the same. */
export const toSigns = (messages: readonly HubMessage[]): HubMessage[] =>
  messages.filter(({ groupName }) => !groupName?.startsWith(ALL_WATCHERS));

const URL = 'http://localhost/api';

const got = ({ params = {}, query = {} }: Asked) =>
  new HttpRequest({ method: 'GET', url: URL, params, query });

const posted = ({ params = {}, body }: Asked) =>
  new HttpRequest({ method: 'POST', url: URL, params, body: { string: textOf(body) } });

/** Text stays as it is, so that a test can send what is no JSON. */
const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body ?? {}));

const pushed = (sensorId: string, { key, headers = {}, body }: Push) =>
  new HttpRequest({
    method: 'POST',
    url: URL,
    params: { sensorId, ...(key === undefined ? {} : { key }) },
    headers,
    body: typeof body === 'string' ? { string: body } : { bytes: body },
  });

/** What was refused, and why. */
export function refusalOf({ status, jsonBody }: HttpResponseInit): Problem {
  const problem = problemSchema.parse(jsonBody);
  if (problem.status !== status) throw new Error(`the answer is ${status}, its body says ${problem.status}`);
  return problem;
}
