import { describe, expect } from 'vitest';
import { HostError } from '../../cloud/local/host-error.ts';
import { challengesIn, parametersIn } from '../../cloud/local/poller/challenges.ts';
import { pollerConfigOf } from '../../cloud/local/poller/config.ts';
import { createLogin } from '../../cloud/local/poller/create-login.ts';
import { limitedBody } from '../../cloud/local/poller/limited-body.ts';
import { survivesGarbage } from '../support/garbage.ts';

const PASSWORD = 'not-for-a-log';
const IN_A_NAME = new RegExp(`${PASSWORD}[^"]*"\\s*:`);
const LIMIT_BYTES = 64;

describe('what a camera answers to the poller', () => {
  survivesGarbage(
    'to be told who asks',
    (bytes) => {
      const field = bytes.toString('latin1');
      const login = createLogin({ user: 'root', password: PASSWORD });
      const asked = login.challenged(field, undefined, false);
      const said = login.authorization('GET', '/count');
      if ((said === undefined) !== (asked === 'unknown')) expect(asked).toBe('what it says');
      // To a digest it answers with a digest, never with the password.
      const isBasic = challengesIn(field).some(({ scheme }) => scheme === 'basic');
      if (said?.startsWith('Basic ') && !isBasic) expect(said).toBe('asked for');
      if (said?.includes(PASSWORD)) expect(said).toBe('without the password');
      login.accepted(field);
      parametersIn(field);
    },
    [
      'Digest realm="AXIS", nonce="q9", algorithm=SHA-256, qop="auth", stale=false, Basic realm="AXIS"',
      'Digest realm="a \\" b", nonce="x", qop="auth-int,auth", opaque="o", algorithm=MD5',
      'nextnonce="n2", qop=auth, rspauth="e3"',
    ],
  );

  survivesGarbage(
    'in its body',
    async (bytes) => {
      const body = await limitedBody(new Response(new Uint8Array(bytes)), LIMIT_BYTES);
      const isWhole = body === null ? bytes.length > LIMIT_BYTES : bytes.equals(body);
      if (!isWhole) expect(body).toBe('the whole of it, or too long');
    },
    ['{"live-sum":[{"in":1,"out":2}]}', 'x'.repeat(LIMIT_BYTES), 'x'.repeat(3 * LIMIT_BYTES)],
  );
});

describe('what an owner writes for the poller', () => {
  const camera = {
    sensorId: 'street-1',
    url: 'http://10.0.0.7/local/people-counter/.api?live-sum.json',
    user: 'root',
    password: PASSWORD,
    everySeconds: 5,
    ingestKey: 'AbCd',
  };
  survivesGarbage(
    'in its file',
    (bytes) => {
      const text = bytes.toString();
      // The name of a field may be said.
      if (IN_A_NAME.test(text)) return;
      try {
        const { cloudUrl, cameras } = pollerConfigOf(text);
        const isUsable = URL.canParse(cloudUrl) && cameras.every(({ everyMs }) => everyMs >= 2_000);
        if (!isUsable) expect(cloudUrl).toBe('usable');
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        if (error.message.includes(PASSWORD)) expect(error.message).toBe('without the password');
      }
    },
    [
      JSON.stringify({ cloudUrl: 'http://127.0.0.1:7071', cameras: [camera] }),
      JSON.stringify({ cloudUrl: 'https://x/y', cameras: [{ ...camera, url: `http://u:${PASSWORD}@c/` }] }),
    ],
  );
});
