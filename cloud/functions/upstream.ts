import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { HUB_NAME } from '../contracts/hub-targets.ts';
import { parsed, refusal } from './http-answers.ts';
import { isUpstreamSignature } from './platform/upstream-signature.ts';
import { notePresence } from './presence.ts';
import type { Services } from './services.ts';

const MAX_ID_LENGTH = 1_024;

const routeSchema = z.object({
  hub: z.string().refine((hub) => hub.toLowerCase() === HUB_NAME.toLowerCase()),
  category: z.literal('connections'),
  event: z.enum(['connected', 'disconnected']),
});

/** What SignalR Service says of a connection. Who is not logged in has no user. */
const headersSchema = z.object({
  'x-asrs-connection-id': z.string('expected the id of a connection').min(1).max(MAX_ID_LENGTH),
  'x-asrs-event': z.string('expected the name of the event'),
  'x-asrs-user-id': z.string().max(MAX_ID_LENGTH).optional(),
  'x-asrs-signature': z.string().default(''),
});

const bodySchema = z.object({ error: z.string().optional(), Error: z.string().optional() });

/**
 * SignalR Service's own call when a sign came or left: the same news as its trigger brings, for plans that do not offer
 * the trigger. Where both are set up the second changes nothing.
 */
export const upstream =
  (services: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const route = routeSchema.safeParse(request.params);
    if (!route.success) return refusal(404, 'bad-request', 'no such hub, category or event');
    const { event } = route.data;
    const headers = parsed(Object.fromEntries(request.headers), headersSchema, 'headers');
    if (!headers.ok) return headers.refusal;
    // An address without its places would make one event of both.
    if (headers.value['x-asrs-event'] !== event) {
      return refusal(400, 'bad-request', `x-asrs-event: expected ${event}, as in the path`, 'x-asrs-event');
    }
    const { 'x-asrs-connection-id': connectionId, 'x-asrs-signature': signature } = headers.value;
    if (!isUpstreamSignature(signature, connectionId, services.settings.AzureSignalRConnectionString)) {
      return refusal(401, 'bad-signature', 'expected a signature by a key of this app', 'x-asrs-signature');
    }
    const signId = headers.value['x-asrs-user-id'];
    await notePresence(services, event, { connectionId, signId, error: await errorIn(request) });
    return { status: 204, headers: { 'cache-control': 'no-store' } };
  };

/** `{"type":11,"error":"..."}` of a connection that ended badly; nobody promises a body at all. */
async function errorIn(request: HttpRequest): Promise<string | undefined> {
  const body = bodySchema.safeParse(await request.json().catch(() => undefined));
  return body.success ? (body.data.error ?? body.data.Error) : undefined;
}
