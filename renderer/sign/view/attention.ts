import type { GlassStrings, Notice } from '../../design/strings/glass-strings.ts';
import { ageWords } from './age-words.ts';
import type { LocalTime } from './local-time.ts';
import { isLive, type StoreView } from './store-view.ts';

/** What needs somebody. `name` stands before the title and may be shortened. */
export type Attention = Notice & { readonly severity: 'warn' | 'none'; readonly name: string | null };

export type AttentionInput = {
  readonly view: StoreView;
  readonly link: 'up' | 'down';
  readonly nowMs: number;
  readonly time: LocalTime;
  readonly strings: GlassStrings;
};

/** Worst first, at most two; the calm one alone when there is nothing. */
export function attentionOf(input: AttentionInput): readonly Attention[] {
  const { view, link, strings } = input;
  const found: Attention[] = [];
  if (!isLive(view.freshness)) {
    const noData = strings.noData(view.ageMs === null ? null : ageWords(view.ageMs));
    found.push(warn(view.remembered ? strings.noDataSinceRestart : noData));
  }
  if (link === 'down') found.push(warn(strings.noConnection));
  // Without any data every door is silent, and the first notice has said so.
  const doors = isLive(view.freshness) ? silentDoors(input) : null;
  if (doors !== null) found.push(doors);
  return found.length > 0 ? found : [{ severity: 'none', name: null, title: strings.noAlerts, detail: '' }];
}

function silentDoors({ view, nowMs, time, strings }: AttentionInput): Attention | null {
  const silent = view.doors.filter((door) => door.silent);
  const [first] = silent;
  if (first === undefined) return null;
  const heard = silent.flatMap((door) => (door.ageMs === null ? [] : [door.ageMs]));
  if (silent.length > 1) {
    const detail = heard.length > 0 ? strings.longest(ageWords(Math.max(...heard))) : strings.neverHeard;
    return warn({ title: strings.doorsSilent(silent.length), detail });
  }
  const [name, title] = strings.doorSilent(first.name);
  if (first.ageMs === null) return warn({ title, detail: strings.neverHeard }, name);
  const since = time.moment(nowMs - first.ageMs, nowMs);
  return warn({ title, detail: strings.sinceFor(since, ageWords(first.ageMs)) }, name);
}

const warn = (notice: Notice, name: string | null = null): Attention => ({
  ...notice,
  name,
  severity: 'warn',
});
