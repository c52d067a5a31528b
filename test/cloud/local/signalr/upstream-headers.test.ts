import { describe, expect, test } from 'vitest';
import { type UpstreamCall, upstreamHeaders } from '../../../../cloud/local/signalr/upstream-headers.ts';

const aCall = (difference: Partial<UpstreamCall> = {}): UpstreamCall => ({
  hub: 'signs',
  event: 'connected',
  connectionId: 'c1',
  userId: undefined,
  claims: {},
  query: {},
  ...difference,
});

describe('the headers of an upstream call', () => {
  test('name the connection, and nothing more where there is nothing', () => {
    expect(upstreamHeaders(aCall(), [])).toEqual({
      'X-ASRS-Connection-Id': 'c1',
      'X-ASRS-Hub': 'signs',
      'X-ASRS-Category': 'connections',
      'X-ASRS-Event': 'connected',
    });
  });

  test('are signed with each key, over the id of the connection', () => {
    // printf c1 | openssl dgst -sha256 -hmac primary
    expect(upstreamHeaders(aCall(), ['primary', 'secondary'])['X-ASRS-Signature']).toBe(
      'sha256=5ff634c9ef787848fc7684a4cd5ac3d4557e21e955261abb40d42b1a67473a7a,sha256=5015460a8053247e06c4ed42ba17b87ab8ef5b39112358b7b22f165d99ac763d',
    );
  });

  test('carry the query as a query and claims as a list, without those that would break it', () => {
    const claims = { role: 'sign', name: 'Café: bar', list: 'a,b', empty: '', line: 'a\nb', 'a:b': 'c' };
    const query = { hub: 'signs', place: 'door & street' };
    expect(upstreamHeaders(aCall({ userId: 'ana', claims, query }), [])).toMatchObject({
      'X-ASRS-User-Id': 'ana',
      'X-ASRS-User-Claims': 'role: sign, name: Café: bar',
      'X-ASRS-Client-Query': '?hub=signs&place=door+%26+street',
    });
  });
});
