import { describe, expect, test } from 'vitest';
import { storeDescriptionSchema } from '../../../../cloud/contracts/store-description.ts';
import { describedDraft } from '../../../../renderer/console/stores/edit/described-draft.ts';
import { draftEffects } from '../../../../renderer/console/stores/edit/draft-effects.ts';
import { at, withAt } from '../../../../renderer/console/stores/edit/draft-path.ts';
import { fieldWords, problemsOf } from '../../../../renderer/console/stores/edit/draft-problems.ts';
import { removeQuestion, withoutPlace } from '../../../../renderer/console/stores/edit/edit-questions.ts';
import {
  draftOf,
  newDoor,
  newZone,
  type StoreDraft,
} from '../../../../renderer/console/stores/edit/store-draft.ts';
import { describedLike } from '../../../browser/console/store-answers.ts';
import { snapshotOf } from '../../../browser/console/stores.ts';

const { content } = snapshotOf(
  { id: 'hamburg', name: 'Hamburg', count: 187, hard: 200, state: 'nearly' },
  Date.UTC(2026, 10, 20, 14),
);
const before = describedLike(content);
const draft = draftOf(before);

/** What saving that draft would do, in words. */
const effectsOf = (changed: StoreDraft) =>
  draftEffects(before, storeDescriptionSchema.parse(describedDraft(changed, 'hamburg')), content);

describe('a store that is edited', () => {
  test('is described as before where nothing was changed', () => {
    expect(storeDescriptionSchema.parse(describedDraft(draft, 'hamburg'))).toMatchObject({
      name: before.name,
      zones: before.zones,
      hours: before.hours,
      dailyReset: before.dailyReset,
    });
    expect(effectsOf(draft)).toEqual([]);
  });

  test('says what the signs will say otherwise, and what the store is then', () => {
    expect(effectsOf(withAt(draft, 'limits.soft', 165))).toEqual([
      'The signs will say “Nearly full” 5 people earlier.',
      'The store stays nearly full now.',
    ]);
    expect(effectsOf(withAt(withAt(draft, 'limits.hard', 180), 'limits.soft', 180))).toEqual([
      'The signs will say “Nearly full” 10 people later.',
      'They will say “Full” at 180 instead of 200.',
      'The store becomes over the limit at once.',
    ]);
  });

  test('tells of hours, the reset and dark signs in a sentence each', () => {
    const changed = withAt(
      withAt(withAt(draft, 'hours.week.sun', [{ opens: '13:00', closes: '18:00' }]), 'resetKind', 'never'),
      'alarmsDark',
      false,
    );
    expect(effectsOf(changed)).toEqual([
      'Sunday: open 13:00 to 18:00.',
      'The count is never reset by itself.',
      'A dark sign alarms nobody.',
    ]);
    expect(effectsOf({ ...draft, hasHours: false })).toEqual([
      'The signs never say that the store is closed.',
    ]);
    expect(effectsOf({ ...draft, hours: { ...draft.hours, dates: [] } })).toEqual([
      'Thu 24 Dec is like any other Thursday.',
    ]);
  });

  test('keeps the record of a door that goes, and asks first', () => {
    expect(removeQuestion(draft, 'doors', 1)?.heading).toBe('Remove door Passage?');
    expect(effectsOf(withoutPlace(draft, 'doors', 1))).toEqual([
      'Door Passage is removed; what it counted stays on record.',
    ]);
    expect(removeQuestion({ ...draft, doors: [newDoor(draft)] }, 'doors', 0)).toBeNull();
  });

  test('gives what is new an id after its name, and its sensor one after its place', () => {
    const changed = { ...draft, doors: [...draft.doors, { ...newDoor(draft), name: 'Passage' }] };
    expect(describedDraft(changed, 'hamburg').doors[2]).toMatchObject({
      id: 'passage-2',
      sensors: [{ id: 'hamburg-passage-2' }],
    });
    expect(effectsOf(changed)).toEqual([
      'Door Passage is added.',
      'Sensor hamburg-passage-2 counts at Passage.',
    ]);
  });

  test('lets a door lead to a zone that is not saved yet, and never to one that is gone', () => {
    const zone = { ...newZone(draft), name: 'Café' };
    const changed = { ...draft, zones: [...draft.zones, zone] };
    const joined = withAt(withAt(changed, 'doors.1.from', 'ground'), 'doors.1.into', zone.key);
    expect(describedDraft(joined, 'hamburg').doors[1]).toMatchObject({ from: 'ground', into: 'cafe' });
    const without = withoutPlace(joined, 'zones', 2);
    expect(without.doors[1]).toMatchObject({ from: 'ground', into: 'ground' });
    expect([...problemsOf(describedDraft(without, 'hamburg')).keys()]).toEqual(['doors']);
  });

  test('turns a sensor round, and tells it', () => {
    expect(effectsOf(withAt(draft, 'doors.0.sensors.0.flipped', true))).toEqual([
      'Sensor hamburg-main is flipped: its in is people leaving.',
    ]);
  });

  test('names the field that is wrong, in words that help', () => {
    const changed = withAt(withAt(draft, 'doors.0.name', ''), 'limits.hard', null);
    expect(Object.fromEntries(problemsOf(describedDraft(changed, 'hamburg')))).toMatchObject({
      'doors.0.name': 'Give it a name of at most 80 letters.',
      'limits.hard': 'A whole number of at least 1.',
    });
    expect(fieldWords('doors.0.sensors.0', 'doors.0.sensors.0: expected another one')).toBe(
      'It takes another one',
    );
  });

  test('is changed at one path and nowhere else', () => {
    const changed = withAt(draft, 'doors.1.sensors.0.line', '2');
    expect(at(changed, 'doors.1.sensors.0.line')).toBe('2');
    expect(at(draft, 'doors.1.sensors.0.line')).toBe('');
    expect(changed.doors[0]).toBe(draft.doors[0]);
    expect(at(draft, 'doors.9.name')).toBeUndefined();
  });
});
