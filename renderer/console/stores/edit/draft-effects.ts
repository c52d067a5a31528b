import type { SnapshotContent } from '../../../../cloud/contracts/snapshot.ts';
import type { StoreDescription } from '../../../../cloud/contracts/store-description.ts';
import { counted, numberWords } from '../../view/words.ts';
import { hoursEffects } from './hours-effects.ts';
import { placeEffects } from './place-effects.ts';

/** One sentence for each thing that will be otherwise, the signs first. */
export function draftEffects(
  before: StoreDescription,
  after: StoreDescription,
  content: SnapshotContent | undefined,
): readonly string[] {
  return [
    ...(before.name === after.name ? [] : [`The signs will call the store ${after.name}.`]),
    ...limitEffects(before.limits, after.limits, content),
    ...(before.timeZone === after.timeZone
      ? []
      : [`Days and hours will follow the clock of ${after.timeZone.replaceAll('_', ' ')}.`]),
    ...hoursEffects(before, after),
    ...resetEffects(before, after),
    ...alarmEffects(before, after),
    ...placeEffects(before, after),
    ...groupEffects(before, after),
  ];
}

type Limits = StoreDescription['limits'];

function limitEffects(
  before: Limits,
  after: Limits,
  content: SnapshotContent | undefined,
): readonly string[] {
  const said: string[] = [];
  const earlier = before.soft - after.soft;
  if (earlier !== 0) {
    said.push(
      `The signs will say \u201cNearly full\u201d ${people(Math.abs(earlier))} ${earlier > 0 ? 'earlier' : 'later'}.`,
    );
  }
  if (before.hard !== after.hard) {
    said.push(
      `They will say \u201cFull\u201d at ${numberWords(after.hard)} instead of ${numberWords(before.hard)}.`,
    );
  }
  if (before.margin !== after.margin) {
    said.push(
      `They keep ${after.margin === 0 ? 'no places' : counted(after.margin, 'place')} free, as the count may be off.`,
    );
  }
  if (before.staff !== after.staff) {
    said.push(
      after.staff === 0
        ? 'Staff is counted like everybody.'
        : `${people(after.staff)} of those inside ${after.staff === 1 ? 'counts' : 'count'} as staff and ${after.staff === 1 ? 'is' : 'are'} left out.`,
    );
  }
  if (before.softDown !== after.softDown || before.hardDown !== after.hardDown) {
    said.push(
      `\u201cNearly full\u201d ends below ${numberWords(after.softDown ?? after.soft)} and \u201cFull\u201d below ${numberWords(after.hardDown ?? after.hard)}.`,
    );
  }
  if (before.upAfterSeconds !== after.upAfterSeconds || before.downAfterSeconds !== after.downAfterSeconds) {
    said.push(
      `A sign follows after ${counted(after.upAfterSeconds, 'second')} when it fills, and after ${counted(after.downAfterSeconds, 'second')} when it empties.`,
    );
  }
  if (said.length > 0 && content !== undefined && content.state !== 'unknown') {
    const raised = content.count + before.staff - after.staff;
    const now = levelWord(content.count, before);
    const then = levelWord(Math.max(0, raised), after);
    said.push(now === then ? `The store stays ${then} now.` : `The store becomes ${then} at once.`);
  }
  return said;
}

const people = (count: number): string => counted(count, 'person', 'people');

function levelWord(count: number, { soft, hard, margin }: Limits): string {
  if (count > hard) return 'over the limit';
  if (count + margin >= hard) return 'full';
  return count >= soft ? 'nearly full' : 'open';
}

function resetEffects({ dailyReset: before }: StoreDescription, { dailyReset: after }: StoreDescription) {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (after === undefined) return ['The daily reset is as its groups say.'];
  if (after === null) return ['The count is never reset by itself.'];
  return [`The count is set to ${numberWords(after.to)} every day at ${after.at}.`];
}

function alarmEffects(before: StoreDescription, after: StoreDescription): readonly string[] {
  const said: string[] = [];
  const minutes = after.signDarkAlarmMinutes;
  if (before.signDarkAlarmMinutes !== minutes) {
    said.push(
      minutes === null
        ? 'A dark sign alarms nobody.'
        : `A sign that is dark for ${counted(minutes, 'minute')} while the store is open raises an alert.`,
    );
  }
  if (before.liveForSeconds !== after.liveForSeconds) {
    said.push(`A door that says nothing for ${counted(after.liveForSeconds, 'second')} is called silent.`);
  }
  return said;
}

function groupEffects(before: StoreDescription, after: StoreDescription): readonly string[] {
  const joined = after.storeGroups.filter((group) => !before.storeGroups.includes(group));
  const left = before.storeGroups.filter((group) => !after.storeGroups.includes(group));
  return [
    ...joined.map((group) => `The signs of the group ${group} will show this store.`),
    ...left.map((group) => `The signs of the group ${group} will no longer show this store.`),
  ];
}
