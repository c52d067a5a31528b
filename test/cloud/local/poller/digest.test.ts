import { expect, test } from 'vitest';
import { challengesIn } from '../../../../cloud/local/poller/challenges.ts';
import { digestAuthorization, digestChallengeIn } from '../../../../cloud/local/poller/digest.ts';

/** RFC 7616 3.9.1. */
const BOTH = `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256,
  nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
  Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5,
  nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
const MUFASA = { user: 'Mufasa', password: 'Circle of Life' };
const REQUEST = {
  method: 'GET',
  target: '/dir/index.html',
  count: 1,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};

const answered = (field: string, request = REQUEST): string => {
  const challenge = digestChallengeIn(challengesIn(field));
  return challenge === undefined ? 'none' : digestAuthorization(challenge, MUFASA, request);
};

test('the stronger of two challenges is answered as in the RFC', () => {
  expect(answered(BOTH)).toContain(
    'response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", algorithm=SHA-256, qop=auth, nc=00000001',
  );
});

test('MD5 alone is answered as in the RFC', () => {
  const md5 = BOTH.slice(BOTH.lastIndexOf('Digest'));
  expect(answered(md5)).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
  expect(answered(md5)).toContain('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
});

test('the counter of requests is eight hexadecimal digits', () => {
  expect(answered(BOTH, { ...REQUEST, count: 171 })).toContain('nc=000000ab');
});

test('what is not spoken is not answered', () => {
  expect(answered('Digest realm="r", nonce="n", algorithm=SHA-512-256, qop="auth"')).toBe('none');
  expect(answered('Digest realm="r", nonce="n", qop="auth-int"')).toBe('none');
  expect(answered('Digest realm="r", qop="auth"')).toBe('none');
  expect(answered('Basic realm="Digest nonce=1"')).toBe('none');
  expect(answered('')).toBe('none');
});

test('challenges are told apart, whatever stands between quotes', () => {
  const [first, second] = challengesIn('Basic realm="a, Digest b=\\"c\\"", DIGEST Nonce=abc, stale=TRUE');
  expect(first).toEqual({ scheme: 'basic', parameters: new Map([['realm', 'a, Digest b=\\"c\\"']]) });
  expect(second?.scheme).toBe('digest');
  expect(digestChallengeIn(second === undefined ? [] : [second])).toMatchObject({
    nonce: 'abc',
    stale: true,
  });
});
