import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { SignRecord } from '../../store/fleet-port.ts';
import { type Parsed, refusal } from '../http-answers.ts';
import type { Services } from '../services.ts';
import { sessionSign } from '../session-tokens.ts';

/** The id of the sign that calls, by its session. What that sign may do is looked up each time. */
export async function signOfSession(
  { settings, now }: Pick<Services, 'settings' | 'now'>,
  request: HttpRequest,
): Promise<Parsed<string>> {
  const authorization = request.headers.get('authorization');
  const signId = await sessionSign(authorization, settings.SessionSigningKey, now());
  return signId === undefined
    ? { ok: false, refusal: refusal(401, 'session-expired', 'negotiate again') }
    : { ok: true, value: signId };
}

/** A sign that is known and was not revoked. */
export function admitted(sign: SignRecord | undefined): Parsed<SignRecord> {
  if (sign === undefined)
    return { ok: false, refusal: refusal(404, 'unknown-sign', 'no such sign: enrol first') };
  if (sign.revokedAtMs !== null) return { ok: false, refusal: revokedRefusal() };
  return { ok: true, value: sign };
}

export const revokedRefusal = (): HttpResponseInit =>
  refusal(403, 'sign-revoked', 'this sign was revoked: its key is not accepted any more');
