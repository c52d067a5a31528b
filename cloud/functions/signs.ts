import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { calculateJwkThumbprint } from 'jose';
import { type EnrolledSign, enrolRequestSchema, type SignList } from '../contracts/sign.ts';
import type { SignRecord } from '../store/fleet-port.ts';
import type { Transaction } from '../store/port.ts';
import { networkOf, peerAddress } from './fleet/peer-address.ts';
import { revokedRefusal } from './fleet/sign-of-session.ts';
import { answer, parsedBody, refusal } from './http-answers.ts';
import { isFromThisMachine } from './local-peer.ts';
import type { Services } from './services.ts';

/** What strangers can fill up, and how long an unused row stands. */
const MAX_UNASSIGNED_SIGNS = 10_000;
const MAX_UNASSIGNED_SIGNS_OF_NETWORK = 100;
const MAX_LISTED_SIGNS = 1_000;
const UNASSIGNED_KEPT_MS = 7 * 24 * 3_600_000;
const SILENT_KEPT_MS = 3_600_000;

/** A sign makes itself known by its public key; the same key is the same sign, for ever. */
export const signs =
  ({ store, settings, now }: Services) =>
  async (request: HttpRequest): Promise<HttpResponseInit> => {
    const body = await parsedBody(request, enrolRequestSchema);
    if (!body.ok) return body.refusal;
    const { publicKey } = body.value;
    const signId = `s-${await calculateJwkThumbprint(publicKey, 'sha256')}`;
    const demonstrationGroup = isFromThisMachine(request) ? settings.DemonstrationStoreGroup : undefined;
    const address = peerAddress(request);
    const sign = await store.transaction(async (tx) => {
      if (await isCrowded(tx, signId, address, now())) return undefined;
      const enrolled = await tx.signs.enrol({ signId, publicKey, atMs: now(), address });
      return demonstrationGroup === undefined ? enrolled : placed(tx, enrolled, demonstrationGroup);
    });
    if (sign === undefined) return refusal(429, 'too-many-requests', 'too many signs wait for a place');
    if (sign.revokedAtMs !== null) return revokedRefusal();
    // Half a key that is no secret proves nothing: where a sign hangs it is told once it has negotiated.
    const storeGroupId = sign.storeGroupId === demonstrationGroup ? sign.storeGroupId : null;
    return answer({ signId, storeGroupId } satisfies EnrolledSign);
  };

/** All signs, for the owner to give them places. */
export const listSigns =
  ({ store }: Services) =>
  async (): Promise<HttpResponseInit> => {
    const signs = await store.look((tx) => tx.signs.listSigns(MAX_LISTED_SIGNS));
    const shown = signs.map(({ signId, storeGroupId, enrolledAtMs }) => ({
      signId,
      storeGroupId,
      enrolledAtMs,
    }));
    return answer({ signs: shown } satisfies SignList);
  };

async function isCrowded(
  tx: Transaction,
  signId: string,
  address: string | null,
  nowMs: number,
): Promise<boolean> {
  if ((await tx.signs.sign(signId)) !== undefined) return false;
  await tx.signs.forgetUnassigned(nowMs - UNASSIGNED_KEPT_MS, nowMs - SILENT_KEPT_MS);
  if ((await tx.signs.countUnassigned()) >= MAX_UNASSIGNED_SIGNS) return true;
  const network = networkOf(address);
  if (network === null) return false;
  const neighbours = (await tx.signs.unassignedAddresses()).filter((other) => networkOf(other) === network);
  return neighbours.length >= MAX_UNASSIGNED_SIGNS_OF_NETWORK;
}

/** Only a sign without a place: one that a person has placed elsewhere, or revoked, stays as it is. */
async function placed(tx: Transaction, sign: SignRecord, storeGroupId: string): Promise<SignRecord> {
  if (sign.storeGroupId !== null || sign.revokedAtMs !== null) return sign;
  await tx.signs.assign(sign.signId, storeGroupId);
  await tx.pairing.spend(sign.signId);
  return { ...sign, storeGroupId };
}
