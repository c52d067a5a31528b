import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { signIdSchema } from '../../contracts/identifiers.ts';
import type { ScreenshotRecord } from '../../store/fleet-port.ts';
import type { Transaction } from '../../store/port.ts';
import { parsed, refusal } from '../http-answers.ts';
import type { Caller } from '../people/caller.ts';
import type { Services } from '../services.ts';
import { maySeeWholeGroup, NOT_ALL_YOURS } from './scope.ts';

const REFUSALS = {
  'unknown-sign': refusal(404, 'unknown-sign', 'no such sign'),
  'not-allowed': refusal(403, 'not-allowed', NOT_ALL_YOURS),
  'unknown-screenshot': refusal(404, 'unknown-screenshot', 'no picture of this panel was taken so far'),
};

/** What the panel of a sign was last sent, as the sign pictured it. */
export const readScreenshot =
  ({ store }: Services) =>
  async (request: HttpRequest, _context: InvocationContext, caller: Caller): Promise<HttpResponseInit> => {
    const signId = parsed(request.params.signId, signIdSchema);
    if (!signId.ok) return REFUSALS['unknown-sign'];
    const found = await store.look((tx) => newestOf(tx, signId.value, caller));
    if (typeof found === 'string') return REFUSALS[found];
    return {
      status: 200,
      headers: {
        'cache-control': 'no-store',
        'content-type': found.mediaType,
        // The bytes are a device's own: whatever they are, no browser takes them for a page.
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      },
      body: found.body,
    };
  };

async function newestOf(
  tx: Transaction,
  signId: string,
  caller: Caller,
): Promise<ScreenshotRecord | keyof typeof REFUSALS> {
  const sign = await tx.signs.sign(signId);
  if (sign === undefined) return 'unknown-sign';
  // Nothing can be taken out of a picture, and any store of the group may be in it.
  if (!(await maySeeWholeGroup(tx, caller, sign.storeGroupId))) return 'not-allowed';
  // The picture of a place is that of the device which has it now.
  const screenshot = sign.replacedBy === null ? await tx.screenshots.of(sign.placeId) : undefined;
  return screenshot ?? 'unknown-screenshot';
}
