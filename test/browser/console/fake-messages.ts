import type { Page } from '@playwright/test';
import type { AlertPainted } from '../../../cloud/contracts/alert.ts';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { ListedMessage } from '../../../cloud/contracts/message.ts';
import { messageRequestSchema } from '../../../cloud/contracts/message-request.ts';
import { ADMIN } from './fake-cloud.ts';

const MINUTE_MS = 60_000;

export type FakeMessages = {
  messages: ListedMessage[];
  /** Of each message the signs that painted it, and those that did not. */
  readonly receipts: Map<string, AlertPainted[]>;
  readonly asked: { readonly what: string; readonly body: unknown }[];
  /** Says that a sign has painted a message now. */
  paints(messageId: string, sign: Pick<ListedSign, 'signId' | 'name'>): void;
};

/** Answers for the part of the cloud that knows messages. */
export async function fakeMessages(page: Page, first: readonly ListedMessage[] = []): Promise<FakeMessages> {
  const known: FakeMessages = {
    messages: [...first],
    receipts: new Map(),
    asked: [],
    paints(messageId, { signId, name }) {
      const others = (known.receipts.get(messageId) ?? []).filter((one) => one.signId !== signId);
      known.receipts.set(messageId, [{ signId, name, paintedAtMs: Date.now(), why: '' }, ...others]);
      const painted = (known.receipts.get(messageId) ?? []).filter((one) => one.paintedAtMs !== null).length;
      known.messages = known.messages.map((one) => (one.messageId === messageId ? { ...one, painted } : one));
    },
  };
  await page.route(/\/api\/messages(\/[^/]+)?$/, (route) => {
    const request = route.request();
    const [, , , messageId] = new URL(request.url()).pathname.split('/');
    const body: unknown = request.postDataJSON();
    const nowMs = Date.now();
    known.asked.push({ what: request.method(), body });
    if (request.method() === 'POST') {
      const message = messageOf(messageRequestSchema.parse(body), nowMs);
      known.messages = [message, ...known.messages];
      return route.fulfill({ status: 201, json: message });
    }
    if (messageId === undefined) return route.fulfill({ json: { nowMs, messages: known.messages } });
    if (request.method() === 'DELETE')
      known.messages = known.messages.map((one) =>
        one.messageId === messageId ? { ...one, ended: { by: ADMIN.name, atMs: nowMs } } : one,
      );
    const message = known.messages.find((one) => one.messageId === messageId);
    if (request.method() === 'DELETE') return route.fulfill({ json: message });
    return route.fulfill({ json: { nowMs, message, signs: known.receipts.get(messageId) ?? [] } });
  });
  return known;
}

let made = 0;

function messageOf(request: ReturnType<typeof messageRequestSchema.parse>, nowMs: number): ListedMessage {
  made += 1;
  return aMessage({
    messageId: `m-made-${made}`,
    ...{ text: request.text, secondText: request.secondText ?? null },
    ...{ priority: request.priority, audience: request.audience, drill: request.drill },
    ...{ storeGroupIds: request.storeGroupIds, by: ADMIN.name },
    ...{ sentAtMs: nowMs, endsAtMs: nowMs + request.forMinutes * MINUTE_MS, meant: 2, painted: 0 },
  });
}

export const aMessage = (difference: Partial<ListedMessage> = {}): ListedMessage => ({
  messageId: 'm-1',
  text: 'Staff meeting at 15:30 in the back office',
  secondText: null,
  priority: 'note',
  audience: 'staff',
  drill: false,
  storeGroupIds: ['hamburg'],
  by: ADMIN.name,
  sentAtMs: Date.now() - 12 * MINUTE_MS,
  endsAtMs: Date.now() + 48 * MINUTE_MS,
  ended: null,
  meant: 3,
  painted: 2,
  ...difference,
});
