import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HubMembers, type Member } from '../../../../cloud/local/signalr/hub-members.ts';

const USERS = ['ana', 'bo', undefined];
const GROUPS = ['madrid', 'oslo', 'all'];
const aMember = (index: number): Member => ({
  connectionId: `c${index}`,
  client: { userId: USERS[index % USERS.length] },
  groups: new Set(),
});

type Step = {
  readonly what: 'add' | 'remove' | 'enter' | 'exit';
  readonly who: number;
  readonly group: string;
};
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('add', 'remove', 'enter', 'exit'),
  who: fc.nat(7),
  group: fc.constantFrom(...GROUPS),
});

test('after any coming, going and changing of groups every audience is exactly who belongs to it', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const hub = new HubMembers<Member>();
      const all = Array.from({ length: 8 }, (_, index) => aMember(index));
      const here = new Set<Member>();
      for (const { what, who, group } of steps) {
        const member = all[who];
        if (member === undefined || here.has(member) === (what === 'add')) continue;
        if (what === 'add') here.add(member);
        if (what === 'remove') here.delete(member);
        if (what === 'add' || what === 'remove') hub[what](member);
        else hub[what](member, group);
      }
      const ids = (members: Iterable<Member>) => [...members].map(({ connectionId }) => connectionId).sort();
      const those = (which: (member: Member) => boolean) => ids([...here].filter(which));
      expect(ids(hub.of({ kind: 'everyone' }))).toEqual(ids(here));
      for (const name of ['ana', 'bo']) {
        expect(ids(hub.of({ kind: 'user', name }))).toEqual(those(({ client }) => client.userId === name));
      }
      for (const name of GROUPS) {
        expect(ids(hub.of({ kind: 'group', name }))).toEqual(those(({ groups }) => groups.has(name)));
      }
      for (const { connectionId } of all) {
        expect(ids(hub.of({ kind: 'connection', name: connectionId }))).toEqual(
          those((member) => member.connectionId === connectionId),
        );
      }
    }),
  );
});
