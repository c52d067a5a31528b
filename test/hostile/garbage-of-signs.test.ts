import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { describe, expect } from 'vitest';
import { feedStateSchema } from '../../cloud/contracts/feed.ts';
import { enrolRequestSchema, negotiatedSchema, snapshotsSchema } from '../../cloud/contracts/sign.ts';
import { proofMessageSchema, snapshotSchema } from '../../cloud/contracts/snapshot.ts';
import { checkedAssertion } from '../../cloud/functions/checked-assertion.ts';
import { sessionSign, sessionToken } from '../../cloud/functions/session-tokens.ts';
import { opened, sealed } from '../../main/sealed-json.ts';
import { aProof, aSnapshot } from '../support/client-snapshots.ts';
import { survivesGarbage } from '../support/garbage.ts';
import { valueIn } from '../support/value-in.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const SIGN_ID = `s-${'a'.repeat(43)}`;
const SIGNING_KEY = Buffer.alloc(32, 7).toString('base64');
const json = (value: object) => JSON.stringify(value);

const keys = await generateKeyPair('ES256', { extractable: true });
const { x = '', y = '' } = await exportJWK(keys.publicKey);
const publicKey = { kty: 'EC', crv: 'P-256', x, y } as const;
const assertion = await new CompactSign(
  Buffer.from(json({ audience: 'vitrine', sign: SIGN_ID, nonce: 'n', purpose: 'negotiate' })),
)
  .setProtectedHeader({ alg: 'ES256' })
  .sign(keys.privateKey);

const bearer = `Bearer ${await sessionToken(SIGN_ID, SIGNING_KEY, NOW_MS)}`;

/** Base64url has several spellings for the same bytes: spaces, and bits to spare at the end. */
const isSameToken = (one: string, other: string): boolean => bytesOf(one) === bytesOf(other);
const bytesOf = (token: string) =>
  token
    .split('.')
    .map((part) => Buffer.from(part.replace('Bearer ', ''), 'base64url').toString('hex'))
    .join();

describe('what a sign sends', () => {
  survivesGarbage('to enrol', (bytes) => enrolRequestSchema.safeParse(valueIn(bytes)), [json({ publicKey })]);

  survivesGarbage(
    'as its session',
    async (bytes) => {
      const text = bytes.toString('latin1');
      const sign = await sessionSign(text, SIGNING_KEY, NOW_MS);
      if (sign !== undefined && !isSameToken(text, bearer)) expect(text).toBe('refused');
    },
    [bearer],
  );
  survivesGarbage(
    'as its signature',
    async (bytes) => {
      const text = bytes.toString('latin1');
      const checked = await checkedAssertion(text, { signId: SIGN_ID, publicKey });
      if (checked.ok && !isSameToken(text, assertion)) expect(text).toBe('refused');
    },
    [assertion],
  );
});

describe('what a sign is told', () => {
  const snapshot = aSnapshot();
  const told = [
    ['a snapshot', snapshotSchema, snapshot],
    ['a proof', proofMessageSchema, aProof()],
    ['its snapshots', snapshotsSchema, { storeGroupId: 'g', snapshots: [snapshot] }],
    ['where to connect', negotiatedSchema, { url: 'http://x', accessToken: 't', storeGroupId: null }],
    ['the state of its feed', feedStateSchema, { kind: 'unassigned', signId: SIGN_ID, link: 'up' }],
  ] as const;
  for (const [what, schema, sample] of told) {
    survivesGarbage(what, (bytes) => schema.safeParse(valueIn(bytes)), [json(sample)]);
  }

  const kept = sealed(snapshot);
  survivesGarbage(
    'by its own disk',
    (bytes) => {
      const found = opened(bytes.toString(), snapshotSchema);
      // A count that was changed on the disk is never shown.
      if (found.kind === 'value' && json(found.value) !== json(snapshot)) expect(found).toBe('broken');
    },
    [kept],
  );
});
