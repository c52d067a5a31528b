import { expect, test } from 'vitest';
import { deliverLetters, type Letter } from '../../../../cloud/local/signalr/deliver-letters.ts';
import type { Audience } from '../../../../cloud/local/signalr/hub-members.ts';
import type { Outgoing } from '../../../../cloud/local/signalr/outgoing.ts';

const GROUPS: Readonly<Record<string, readonly string[]>> = { madrid: ['ana', 'bo'], oslo: ['bo', 'cy'] };

function receivers(onSend: (id: string) => void = () => undefined) {
  const got: Record<string, Outgoing[]> = { ana: [], bo: [], cy: [] };
  const all = Object.keys(got).map((connectionId) => ({
    connectionId,
    send(outgoing: Outgoing) {
      got[connectionId]?.push(outgoing);
      onSend(connectionId);
    },
  }));
  const of = (audience: Audience) =>
    audience.kind === 'group'
      ? all.filter(({ connectionId }) => GROUPS[audience.name]?.includes(connectionId))
      : all;
  const texts = () =>
    Object.fromEntries(Object.entries(got).map(([id, sent]) => [id, sent.map(({ records }) => records)]));
  return { got, all, of, texts };
}

const everyone: Audience = { kind: 'everyone' };
const group = (name: string): Audience => ({ kind: 'group', name });
const letter = (audience: Audience, records: string, excluded?: Set<string>): Letter => ({
  audience,
  records,
  excluded,
});

test('who is in several audiences gets all that is for it in one write, in order; who gets the same shares it', () => {
  const { got, of, texts } = receivers();
  deliverLetters(
    [
      letter(group('madrid'), 'a'),
      letter(everyone, 'b'),
      letter(group('madrid'), 'c'),
      letter(everyone, 'd', new Set(['cy'])),
    ],
    of,
  );
  expect(texts()).toEqual({ ana: ['abcd'], bo: ['abcd'], cy: ['b'] });
  expect(got.ana?.[0]).toBe(got.bo?.[0]);
});

test('what is long goes by itself and is encoded once for all, still in order', () => {
  const { got, of, texts } = receivers();
  const long = 'l'.repeat(4_000);
  deliverLetters(
    [
      letter(group('madrid'), 'a'.repeat(100)),
      letter(everyone, long),
      letter(group('oslo'), 'b'),
      letter(everyone, long),
    ],
    of,
  );
  expect(texts()).toEqual({
    ana: ['a'.repeat(100), long, long],
    bo: ['a'.repeat(100), `${long}b`, long],
    cy: [`${long}b`, long],
  });
  expect(got.bo?.[1]).toBe(got.cy?.[0]);
});

test('nobody is passed over because another one ends while it is sent to', () => {
  const everybody: ReturnType<typeof receivers>['all'] = [];
  const { all, texts } = receivers((id) => {
    const at = everybody.findIndex(({ connectionId }) => connectionId === id);
    const last = everybody.pop();
    if (last !== undefined && at < everybody.length) everybody[at] = last;
  });
  everybody.push(...all);
  deliverLetters([letter(everyone, 'a')], () => everybody);
  expect(texts()).toEqual({ ana: ['a'], bo: ['a'], cy: ['a'] });
});
