import type { Trouble } from '../../../cloud/contracts/feed.ts';
import type { Notice } from '../../design/strings/glass-strings.ts';
import { ageWords } from './age-words.ts';
import {
  type AlertInput,
  type Attention,
  answeredBy,
  isMilderThanSilence,
  rowAlerts,
  rowOf,
  unlistedAlerts,
} from './alert-rows.ts';
import { momentWords } from './moment-words.ts';
import { namedBy } from './named-by.ts';
import { isLive } from './store-view.ts';
import { troubleNotice } from './trouble-notice.ts';

export type AttentionInput = AlertInput & {
  readonly link: 'up' | 'down';
  /** Why there is no link, where that is known. */
  readonly trouble?: Trouble | undefined;
  /** Null or left out: the cloud has not told. */
  readonly cloudNowMs?: number | null;
};

/** Worst first, and how many things more there are; the calm one alone when there is nothing. */
export type Needed = { readonly items: readonly Attention[]; readonly more: number };

const MOST_ROWS = 2;
const MOST_CLOCK_OFF_MS = 5 * 60_000;

export function attentionOf(input: AttentionInput): Needed {
  const { view, strings } = input;
  const found = [...ownRows(input), ...alertRows(input), ...clockRow(input)];
  const more = areCurrent(input) ? unlistedAlerts(input) : 0;
  if (found.length + more === 0) {
    return { items: [{ ...QUIET, severity: 'none', title: strings.noAlerts }], more: 0 };
  }
  // Below the alarm's own words there is room for two rows, or for one and for how many more there are.
  const tooMany = found.length + more > MOST_ROWS;
  const items = found.slice(0, tooMany && view.state === 'over' ? MOST_ROWS - 1 : MOST_ROWS);
  return { items, more: more + found.length - items.length };
}

const QUIET = { name: null, lead: '', detail: '', alerts: [] };

/** What the sign itself knows, whatever the cloud says. */
function ownRows({ view, link, trouble, strings }: AttentionInput): readonly Attention[] {
  const rows: Attention[] = [];
  if (!isLive(view.freshness)) {
    const noData = strings.noData(view.ageMs === null ? null : ageWords(view.ageMs, strings));
    rows.push(warn(view.remembered ? strings.noDataSinceRestart : noData));
  }
  if (link === 'down') {
    const notice = troubleNotice(trouble, strings);
    rows.push(warn({ ...notice, isSentence: notice !== strings.noConnection }));
  }
  return rows;
}

/** A wrong clock puts wrong times on the glass; the ages there go by another one. */
function clockRow({ link, nowMs, cloudNowMs = null, strings }: AttentionInput): readonly Attention[] {
  if (link === 'down' || cloudNowMs === null) return [];
  const offMs = Math.abs(nowMs - cloudNowMs);
  if (offMs <= MOST_CLOCK_OFF_MS) return [];
  return [{ ...QUIET, ...strings.trouble.clockOff(ageWords(offMs, strings)), severity: 'note' }];
}

/** The cloud's alerts, with the silent doors among them, of which the sign knows the ages itself. */
function alertRows(input: AttentionInput): readonly Attention[] {
  const alerts = areCurrent(input) ? rowAlerts(input) : [];
  // Without any data every door is silent, and the first row has said so.
  const silent = isLive(input.view.freshness) ? silentDoors(input) : null;
  const milder = alerts.findIndex(isMilderThanSilence);
  const rows = alerts.map((alert) => rowOf(alert, input));
  return silent === null ? rows : rows.toSpliced(milder === -1 ? rows.length : milder, 0, silent);
}

/** What was said before the sign started, or before it lost both its data and its cloud, says nothing of now. */
const areCurrent = ({ view, link }: AttentionInput): boolean =>
  !view.remembered && (link === 'up' || isLive(view.freshness));

function silentDoors({ content, view, nowMs, time, strings }: AttentionInput): Attention | null {
  const silent = view.doors.filter((door) => door.silent);
  const [first] = silent;
  if (first === undefined) return null;
  const answers = answeredBy(
    silent.map(({ id }) => id),
    content,
  );
  const by = namedBy(answers, strings);
  const alerts = content.alerts.filter(
    ({ type, door, active }) => type === 'sensor-silent' && active && silent.some(({ id }) => id === door),
  );
  const heard = silent.flatMap((door) => (door.ageMs === null ? [] : [door.ageMs]));
  if (silent.length > 1) {
    const longest = ageWords(Math.max(...heard), strings);
    const since = by === null ? strings.longest(longest) : strings.sinceBy(longest, by);
    return warn({
      title: strings.doorsSilent(silent.length),
      detail: heard.length > 0 ? since : strings.neverHeard,
      alerts,
    });
  }
  const row = { name: first.name, title: strings.alerts['sensor-silent'], alerts };
  if (first.ageMs === null) return warn({ ...row, detail: strings.neverHeard });
  const atMs = nowMs - first.ageMs;
  return by === null
    ? warn({
        ...row,
        detail: strings.sinceFor(momentWords({ atMs, nowMs, time }, strings), ageWords(first.ageMs, strings)),
      })
    : warn({ ...row, lead: strings.since, detail: strings.sinceBy(time.moment(atMs, nowMs), by) });
}

const warn = (row: Notice & Partial<Attention>): Attention => ({ ...QUIET, ...row, severity: 'warn' });
