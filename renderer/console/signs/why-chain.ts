import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import type { Painted, SignSettings } from '../../../cloud/contracts/sign-report.ts';
import { alertLine, worstAlert } from '../view/alert-words.ts';
import { spanWords } from '../view/words.ts';
import { causeWords } from './cause-words.ts';
import { cloneWords } from './clone-words.ts';
import { glassPicture, pictureWords } from './glass-picture.ts';
import { countAgeMs, isCounted, type KnownStores, placeWords, shownStore, storesOfGroup } from './places.ts';
import { receiptOf } from './receipt.ts';
import { BOARD_WORDS } from './sign-words.ts';

/** One link between the count and the glass. `none`: nothing to judge. */
export type WhyStep = {
  readonly title: string;
  readonly mark: 'ok' | 'problem' | 'none';
  readonly lead: string;
  readonly detail: string;
  readonly ageMs: number | null;
};

/** From what it was told to what it runs on, in the order in which one would look. */
export function whyChain(sign: ListedSign, known: KnownStores, nowMs: number): readonly WhyStep[] {
  return [
    assignmentStep(sign, known),
    boardStep(sign, known),
    snapshotStep(sign, known, nowMs),
    paintedStep(sign, known, nowMs),
    alertsStep(sign, known, nowMs),
    commandStep(sign, nowMs),
    connectionStep(sign, nowMs),
    softwareStep(sign),
  ];
}

export function settingsWords(settings: SignSettings): string {
  const { board, language, secondLanguage, theme, farMetres, turnedDegrees, words, muted } = settings;
  const said = [
    BOARD_WORDS[board].name,
    `${language ?? 'language as started'}${secondLanguage === undefined ? '' : ` and ${secondLanguage}`}`,
    theme === undefined ? 'theme as started' : `${theme} theme`,
    ...(farMetres === undefined ? [] : [`read from ${farMetres} m`]),
    ...(turnedDegrees === undefined || turnedDegrees === 0 ? [] : [`turned by ${turnedDegrees}\u00b0`]),
    ...displayWords(settings.display),
    ...(words === undefined ? [] : ['words of its own']),
    ...(muted === true ? ['muted'] : []),
  ];
  return said.join(', ');
}

function displayWords(display: SignSettings['display']): readonly string[] {
  if (display === undefined || display === 'always') return [];
  return display === 'opening-hours'
    ? ['lit while the store is open']
    : [`lit ${display.on} to ${display.off}`];
}

/** How long ago the glass was painted, at this moment of the cloud's clock. */
export function paintedAgeMs({ report, heardAtMs }: ListedSign, nowMs: number): number | null {
  const painted = report?.painted ?? null;
  return painted === null || heardAtMs === null ? null : painted.ageMs + Math.max(0, nowMs - heardAtMs);
}

function assignmentStep({ storeGroupId, confirmed }: ListedSign, known: KnownStores): WhyStep {
  const title = 'Assignment';
  if (storeGroupId === null) {
    const detail = 'Assign it to a group and it starts by itself.';
    return { title, mark: 'problem', lead: 'It has no place yet', detail, ageMs: null };
  }
  const place = placeWords(known, storeGroupId);
  const lead = place === storeGroupId ? `Group ${storeGroupId}` : `${place}, group ${storeGroupId}`;
  const detail = confirmed
    ? 'Confirmed from the glass.'
    : 'The glass has not said so far that it shows this group.';
  return { title, mark: confirmed ? 'ok' : 'problem', lead, detail, ageMs: null };
}

function boardStep({ settings, storeGroupId }: ListedSign, known: KnownStores): WhyStep {
  const stores = storesOfGroup(known, storeGroupId).length;
  const hidden = settings.board !== 'wall' && stores > 1;
  const rest = hidden ? ` Its group has ${stores} stores; this board shows one large.` : '';
  const detail = `${BOARD_WORDS[settings.board].what}${rest}`;
  return { title: 'Board', mark: 'ok', lead: settingsWords(settings), detail, ageMs: null };
}

function snapshotStep(sign: ListedSign, known: KnownStores, nowMs: number): WhyStep {
  const title = 'Snapshot';
  const painted = sign.report?.painted ?? null;
  const store = shownStore(known, sign);
  if (store === undefined) {
    const detail = 'Nothing to compare the glass with.';
    return { title, mark: 'none', lead: 'No store is known here', detail, ageMs: null };
  }
  const { count, limits, revision } = store.content;
  const ageMs = countAgeMs(store, nowMs);
  const counted = isCounted(store, nowMs);
  const detail = counted
    ? `The store itself is live: ${count} of ${limits.hard}, ${spanWords(ageMs ?? 0)} ago.`
    : 'The store itself has no live count now.';
  if (painted?.revision == null) {
    const lead = `The store is at revision ${revision}`;
    return { title, mark: isShowing(sign) ? 'none' : 'problem', lead, detail, ageMs };
  }
  const same = painted.revision === revision && painted.epoch === store.content.epoch;
  const lead = same
    ? `Revision ${revision}, the same as the store`
    : `Revision ${painted.revision}. The store is at ${revision}.`;
  // A report is up to a minute old: an older revision alone is no fault.
  return { title, mark: sign.state === 'fresh' && counted ? 'ok' : 'problem', lead, detail, ageMs };
}

const isShowing = ({ state }: ListedSign): boolean => state === 'fresh' || state === 'still';

const PAINTED_KINDS: Readonly<Record<Exclude<Painted['kind'], 'store'>, string>> = {
  starting: 'That it is starting',
  remembered: 'A figure from before its start',
  unassigned: 'A pairing code',
};

function paintedStep(sign: ListedSign, known: KnownStores, nowMs: number): WhyStep {
  const title = 'Painted';
  const painted = sign.report?.painted ?? null;
  if (painted === null) {
    const detail = 'The sign never said what stands on its glass.';
    return { title, mark: 'problem', lead: 'Nothing reported', detail, ageMs: null };
  }
  const ageMs = paintedAgeMs(sign, nowMs);
  const leaseLeftMs = painted.leaseMs - (ageMs ?? 0);
  const fresh = painted.freshness === null ? 'not said' : painted.freshness;
  const lease =
    leaseLeftMs > 0
      ? `Without news it keeps this picture for ${spanWords(leaseLeftMs)} more.`
      : 'Its time to show this picture without news is over.';
  const lead =
    painted.kind === 'store' ? pictureWords(glassPicture(sign, known)) : PAINTED_KINDS[painted.kind];
  const mark = sign.state === 'fresh' ? 'ok' : sign.state === 'still' ? 'none' : 'problem';
  return { title, mark, lead, detail: `Freshness by its own clock: ${fresh}. ${lease}`, ageMs };
}

function alertsStep(sign: ListedSign, known: KnownStores, nowMs: number): WhyStep {
  const title = 'Alerts in force';
  const content = shownStore(known, sign)?.content;
  if (content === undefined)
    return { title, mark: 'none', lead: 'None', detail: 'No store to ask.', ageMs: null };
  const active = content.alerts.filter((alert) => alert.active);
  const worst = worstAlert(active);
  if (worst === null) {
    return { title, mark: 'ok', lead: 'None', detail: `${content.store.name} has no alert.`, ageMs: null };
  }
  const { words, by } = alertLine(worst, content, nowMs);
  const more = active.length - 1 + content.moreAlerts;
  const answered = by === null ? 'Nobody answered so far.' : `${by} answered.`;
  const detail = `${content.store.name}. ${answered}${more > 0 ? ` And ${more} more.` : ''}`;
  const mark = worst.severity === 'note' ? 'ok' : 'problem';
  return { title, mark, lead: words, detail, ageMs: nowMs - worst.sinceMs };
}

function commandStep(sign: ListedSign, nowMs: number): WhyStep {
  const title = 'Last command';
  const [newest] = sign.commands;
  if (newest === undefined)
    return { title, mark: 'none', lead: 'None', detail: 'Nobody asked anything of it.', ageMs: null };
  const receipt = receiptOf(newest, sign, nowMs);
  const mark = receipt.state === 'failed' ? 'problem' : receipt.state === 'done' ? 'ok' : 'none';
  const detail = `Asked by ${newest.by}.`;
  return { title, mark, lead: `${receipt.name}: ${receipt.words}`, detail, ageMs: nowMs - newest.askedAtMs };
}

function connectionStep(sign: ListedSign, nowMs: number): WhyStep {
  const { connections, report, heardAtMs, state, clones = [] } = sign;
  const title = 'Connection';
  const ageMs = heardAtMs === null ? null : nowMs - heardAtMs;
  const heard =
    ageMs === null ? 'It never reported.' : `Last report ${spanWords(ageMs)} ago; one is due every 60 s.`;
  if (clones.length > 0) {
    const lead = `${clones.length + 1} devices with one key`;
    const others = clones.map((clone) => cloneWords(clone, nowMs)).join('; ');
    return {
      title,
      mark: 'problem',
      lead,
      detail: `${heard} Beside it: ${others}. Pair the copy anew.`,
      ageMs,
    };
  }
  if (connections > 1) {
    const lead = `${connections} connections with one key`;
    const detail = `${heard} If this lasts, two devices share the key: revoke it and pair them anew.`;
    return { title, mark: 'problem', lead, detail, ageMs };
  }
  const offline = state === 'dark' || state === 'still' || heardAtMs === null;
  const pushes = report?.transport === 'web-sockets';
  const lead = offline
    ? connections === 0
      ? offlineWords(sign)
      : 'Connected, but it does not report'
    : pushes
      ? 'Push connection open'
      : 'No push connection, it only asks';
  return { title, mark: offline || !pushes ? 'problem' : 'ok', lead, detail: heard, ageMs };
}

const offlineWords = (sign: ListedSign): string => {
  const words = causeWords(sign);
  return words === '' ? 'Offline' : `Offline. ${words}`;
};

function softwareStep({ report }: ListedSign): WhyStep {
  const title = 'Software';
  if (report === null)
    return { title, mark: 'none', lead: 'Not said', detail: 'It never reported.', ageMs: null };
  const { about, upForMs } = report;
  const screen =
    about.screen === null ? 'Screen not said' : `Screen ${about.screen.widthPx} × ${about.screen.heightPx}`;
  const detail = `${screen}. Up for ${spanWords(upForMs)} at its last report.`;
  return { title, mark: 'ok', lead: `${about.app}, ${about.platform}`, detail, ageMs: null };
}
