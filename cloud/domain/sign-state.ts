import type { SignState } from '../contracts/fleet.ts';
import type { Heartbeat, Painted } from '../contracts/sign-report.ts';

/** A sign reports every 60 s: one report may be lost. */
export const HEARD_WITHIN_MS = 150_000;
/** The same where no connection of it is open. */
export const HEARD_WITHOUT_CONNECTION_WITHIN_MS = 45_000;
/** The glass paints at least each second. */
export const FROZEN_AFTER_MS = 15_000;
/** What a sign that was given a place may need until it shows it. */
export const MOVED_WITHIN_MS = 10_000;

/**
 * `closed` from the other side, by a program or its system; `silent`: nothing was heard over it any more; `frozen`: the same,
 * though the machine itself still answered.
 */
export type ConnectionEnd = 'closed' | 'silent' | 'frozen';

/** What is known of a sign. `stateBefore`: what its last report, or the change of its place, came to, and since when. */
export type KnownOfSign = {
  readonly report: Heartbeat | null;
  readonly heardAtMs: number | null;
  readonly storeGroupId: string | null;
  readonly connections: number;
  /** When and how its last connection ended, where none is open and one ever did; null: it was not the sign's doing. */
  readonly lastEnd?: { readonly atMs: number; readonly how: ConnectionEnd | null } | undefined;
  readonly revokedAtMs: number | null;
  readonly stateBefore: SignState;
  readonly stateSinceBeforeMs: number;
};

export type SignStateNow = {
  readonly state: SignState;
  readonly sinceMs: number;
  /** When it becomes another if nothing is heard; null: it does not. */
  readonly untilMs: number | null;
  /** One sentence for people. */
  readonly why: string;
};

/** What can be on the glass of a sign now. */
export function signStateOf(known: KnownOfSign, nowMs: number): SignStateNow {
  const phase = phaseOf(known, nowMs);
  const isAsBefore = phase.state === known.stateBefore && known.revokedAtMs === null;
  const sinceMs = isAsBefore ? known.stateSinceBeforeMs : phase.sinceMs;
  return { ...phase, sinceMs: Math.min(sinceMs, nowMs) };
}

/** Whether the glass said that it shows the place which the sign has. */
export const isConfirmed = ({
  report,
  storeGroupId,
}: Pick<KnownOfSign, 'report' | 'storeGroupId'>): boolean =>
  report?.painted != null && report.painted.storeGroupId === storeGroupId;

function phaseOf(known: KnownOfSign, nowMs: number): SignStateNow {
  const { report, heardAtMs, revokedAtMs, stateSinceBeforeMs } = known;
  if (revokedAtMs !== null) return revokedSince(revokedAtMs, leaseUntilMs(known), nowMs);
  if (report === null || heardAtMs === null)
    return { state: 'unknown', sinceMs: stateSinceBeforeMs, untilMs: null, why: 'It has not reported yet.' };
  const heardUntilMs =
    heardAtMs + (isUnconnected(known) ? HEARD_WITHOUT_CONNECTION_WITHIN_MS : HEARD_WITHIN_MS);
  const frozen = isFrozen(report.painted);
  const goesDarkAtMs = darkAtMs(known, frozen, heardUntilMs);
  if (goesDarkAtMs <= nowMs)
    return {
      state: 'dark',
      sinceMs: goesDarkAtMs,
      untilMs: null,
      why: whyDark(known, frozen),
    };
  if (heardUntilMs <= nowMs)
    return {
      ...whileSilent(known, frozen),
      sinceMs: heardUntilMs,
      untilMs: goesDarkAtMs,
    };
  return whileHeard(
    known,
    report.painted,
    { heardAtMs, untilMs: Math.min(heardUntilMs, goesDarkAtMs) },
    nowMs,
  );
}

function whileHeard(
  known: KnownOfSign,
  painted: Painted | null,
  { heardAtMs, untilMs }: { readonly heardAtMs: number; readonly untilMs: number },
  nowMs: number,
): SignStateNow {
  const is = (state: SignState, why: string) => ({ state, sinceMs: heardAtMs, untilMs, why });
  if (painted === null) return is('unknown', 'It reports, but has painted nothing since it started.');
  if (isFrozen(painted)) return is('stale', STANDS_STILL);
  if (isOfAnotherPlace(painted, known.storeGroupId)) {
    const movesUntilMs =
      known.stateBefore === 'unknown' ? known.stateSinceBeforeMs + MOVED_WITHIN_MS : heardAtMs;
    if (nowMs < movesUntilMs)
      return { ...is('unknown', 'Its place has just changed.'), untilMs: Math.min(untilMs, movesUntilMs) };
    return {
      ...is('stale', whyOfAnotherPlace(painted, known.storeGroupId)),
      sinceMs: Math.max(heardAtMs, movesUntilMs),
    };
  }
  if (known.storeGroupId === null) return is('unknown', 'It waits for a place.');
  return is(...ofPainted(painted));
}

function ofPainted({ kind, freshness }: Painted): readonly [SignState, string] {
  switch (kind) {
    case 'starting':
    case 'unassigned':
      return ['stale', 'It is starting, and shows no figure yet.'];
    case 'remembered':
      return ['stale', 'It shows what it last knew before it was restarted.'];
    case 'store':
      break;
    default:
      return kind satisfies never;
  }
  switch (freshness) {
    case 'live':
    case 'ageing':
      return ['fresh', 'It shows what is true.'];
    case 'stale':
      return ['stale', 'It shows an old figure, and says so.'];
    case 'unknown':
    case null:
      return ['stale', 'It shows that it does not know how many people are inside.'];
    default:
      return freshness satisfies never;
  }
}

function revokedSince(revokedAtMs: number, leaseUntilMs: number, nowMs: number): SignStateNow {
  if (leaseUntilMs > Math.max(nowMs, revokedAtMs))
    return {
      state: 'still',
      sinceMs: revokedAtMs,
      untilMs: leaseUntilMs,
      why: 'It was revoked, and by its last report its figure may still stand.',
    };
  return {
    state: 'dark',
    sinceMs: Math.max(revokedAtMs, leaseUntilMs),
    untilMs: null,
    why: 'It was revoked.',
  };
}

/** Its report said that it is connected, and since then its connection ended. Where nobody tells of connections none ever ends. */
const isUnconnected = ({ report, heardAtMs, connections, lastEnd }: KnownOfSign): boolean =>
  report?.transport === 'web-sockets' &&
  connections === 0 &&
  lastEnd !== undefined &&
  lastEnd.atMs >= (heardAtMs ?? 0);

/** Whose system closed its connection, and who did not come back, has no program that could show anything. */
const hasEnded = (known: KnownOfSign): boolean => isUnconnected(known) && known.lastEnd?.how === 'closed';

function darkAtMs(known: KnownOfSign, frozen: boolean, heardUntilMs: number): number {
  if (hasEnded(known)) return heardUntilMs;
  return frozen ? leaseUntilMs(known) : Math.max(heardUntilMs, leaseUntilMs(known));
}

function whyDark(known: KnownOfSign, frozen: boolean): string {
  if (hasEnded(known)) return 'Its program ended or its PC was switched off.';
  return frozen
    ? STANDS_STILL_TOO_LONG
    : `${silenceOf(known)}, and its last figure may not stand any longer.`;
}

/** Of a page that told before that it stands still it is only news that nothing is told any more. */
function whileSilent(known: KnownOfSign, frozen: boolean): Pick<SignStateNow, 'state' | 'why'> {
  if (!frozen && isUnconnected(known) && known.lastEnd?.how === 'frozen')
    return { state: 'stale', why: STANDS_STILL };
  return {
    state: 'still',
    why: `${silenceOf(known)}, and by its last report its figure may still stand.`,
  };
}

/** A network that is cut and a machine that stands still look alike from here. */
const silenceOf = (known: KnownOfSign): string =>
  isUnconnected(known) && known.lastEnd?.how === 'silent'
    ? 'It does not answer: its network is cut, its power is gone or it stands still'
    : 'Nothing is heard of it';

const STANDS_STILL = 'Its page stands still: what is on the glass is not renewed.';
const STANDS_STILL_TOO_LONG = 'Its page stands still, and its last figure may not stand any longer.';

/** Until when the last picture may stand by what the sign said of it. */
const leaseUntilMs = ({ report, heardAtMs }: KnownOfSign): number =>
  (heardAtMs ?? 0) + (report?.painted?.leaseMs ?? 0);

const isFrozen = (painted: Painted | null): boolean => painted !== null && painted.ageMs > FROZEN_AFTER_MS;

function isOfAnotherPlace({ kind, storeGroupId: shown }: Painted, storeGroupId: string | null): boolean {
  switch (kind) {
    case 'starting':
      return false;
    case 'unassigned':
      return storeGroupId !== null;
    case 'remembered':
    case 'store':
      return shown !== storeGroupId;
    default:
      return kind satisfies never;
  }
}

function whyOfAnotherPlace({ kind }: Painted, storeGroupId: string | null): string {
  if (kind === 'unassigned') return 'It has a place, and still shows its pairing code.';
  if (storeGroupId === null) return 'It has no place any more, and still shows a store.';
  return 'It shows another group than it is assigned to.';
}
