import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import {
  MAX_SCREENSHOT_BYTES,
  type ScreenshotMediaType,
  screenshotMediaTypeSchema,
} from '../../contracts/sign-report.ts';
import { answer, type Parsed, refusal } from '../http-answers.ts';
import type { Services } from '../services.ts';
import { admitted, signOfSession } from './sign-of-session.ts';

/** What files of these kinds begin with. */
const BEGINNINGS: Readonly<Record<ScreenshotMediaType, readonly number[]>> = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** What a sign's panel shows, as it was asked for by a command; kept until the next one. */
export const screenshotOfMe =
  (services: Services) =>
  async (request: HttpRequest, _context: InvocationContext): Promise<HttpResponseInit> => {
    const signId = await signOfSession(services, request);
    if (!signId.ok) return signId.refusal;
    const picture = await pictureIn(request);
    if (!picture.ok) return picture.refusal;
    const commandId = request.query.get('commandId') ?? '';
    const kept = await services.store.transaction(async (tx): Promise<Parsed<null>> => {
      const sign = admitted(await tx.signs.sign(signId.value));
      if (!sign.ok) return sign;
      const { placeId } = sign.value;
      const command = await tx.commands.open(placeId, commandId);
      if (command?.kind !== 'screenshot')
        return no(404, 'unknown-command', 'no such picture was asked for', 'commandId');
      await tx.screenshots.keep({ placeId, commandId, takenAtMs: services.now(), ...picture.value });
      return { ok: true, value: null };
    });
    return kept.ok ? answer({ commandId }) : kept.refusal;
  };

type Picture = { readonly mediaType: ScreenshotMediaType; readonly body: Uint8Array };

async function pictureIn(request: HttpRequest): Promise<Parsed<Picture>> {
  const mediaType = screenshotMediaTypeSchema.safeParse(request.headers.get('content-type'));
  if (!mediaType.success) return no(415, 'bad-request', 'expected image/jpeg or image/png', 'content-type');
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.byteLength > MAX_SCREENSHOT_BYTES)
    return no(413, 'bad-request', `body: expected at most ${MAX_SCREENSHOT_BYTES} bytes`);
  if (!BEGINNINGS[mediaType.data].every((byte, at) => body[at] === byte))
    return no(400, 'bad-request', `body: expected a picture of the type ${mediaType.data}`);
  return { ok: true, value: { mediaType: mediaType.data, body } };
}

const no = (...refused: Parameters<typeof refusal>) => ({ ok: false, refusal: refusal(...refused) }) as const;
