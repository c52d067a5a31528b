import type { SignCause, SignState } from '../contracts/fleet.ts';
import type { Heartbeat, Painted } from '../contracts/sign-report.ts';
import { type SilenceCause, silenceCauseOf } from './sign-silence.ts';

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
  /** When anything else of the same place was last heard. Left out, or null: there is nothing to compare with. */
  readonly heardNearbyAtMs?: number | null | undefined;
  /** Since when there is a cloud that could have heard it. Left out: there always was. */
  readonly cloudRunsSinceMs?: number | undefined;
  readonly revokedAtMs: number | null;
  readonly stateBefore: SignState;
  readonly stateSinceBeforeMs: number;
};

export type SignStateNow = {
  readonly state: SignState;
  readonly sinceMs: number;
  /** When it becomes another if nothing is heard; null: it does not. */
  readonly untilMs: number | null;
  /** May change while the state lasts: what else is heard of the place says more of a silence than the silence. */
  readonly cause: SignCause;
  /** The same for people, in a sentence or two. */
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
    return { state: 'unknown', sinceMs: stateSinceBeforeMs, untilMs: null, ...NOT_REPORTED };
  const heardUntilMs =
    heardAtMs + (isUnconnected(known) ? HEARD_WITHOUT_CONNECTION_WITHIN_MS : HEARD_WITHIN_MS);
  const frozen = isFrozen(report.painted);
  const goesDarkAtMs = darkAtMs(known, frozen, heardUntilMs);
  const silence = silenceOf(known, heardUntilMs, nowMs);
  if (goesDarkAtMs <= nowMs)
    return {
      state: 'dark',
      sinceMs: goesDarkAtMs,
      untilMs: null,
      ...whileDark(known, frozen, silence),
    };
  if (heardUntilMs <= nowMs)
    return {
      ...whileSilent(known, frozen, silence),
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
  const is = (state: SignState, cause: SignCause, why: string) => ({
    ...{ state, sinceMs: heardAtMs, untilMs, cause, why },
  });
  if (painted === null)
    return is('unknown', 'starting', 'It reports, but has painted nothing since it started.');
  if (isFrozen(painted)) return is('stale', 'page-frozen', STANDS_STILL);
  if (isOfAnotherPlace(painted, known.storeGroupId)) {
    const movesUntilMs =
      known.stateBefore === 'unknown' ? known.stateSinceBeforeMs + MOVED_WITHIN_MS : heardAtMs;
    if (nowMs < movesUntilMs)
      return {
        ...is('unknown', 'other-place', 'Its place has just changed.'),
        untilMs: Math.min(untilMs, movesUntilMs),
      };
    return {
      ...is('stale', 'other-place', whyOfAnotherPlace(painted, known.storeGroupId)),
      sinceMs: Math.max(heardAtMs, movesUntilMs),
    };
  }
  if (known.storeGroupId === null) return is('unknown', 'no-place', 'It waits for a place.');
  return is(...ofPainted(painted));
}

function ofPainted({ kind, freshness }: Painted): readonly [SignState, SignCause, string] {
  switch (kind) {
    case 'starting':
    case 'unassigned':
      return ['stale', 'starting', 'It is starting, and shows no figure yet.'];
    case 'remembered':
      return ['stale', 'old-figure', 'It shows what it last knew before it was restarted.'];
    case 'store':
      break;
    default:
      return kind satisfies never;
  }
  switch (freshness) {
    case 'live':
    case 'ageing':
      return ['fresh', 'none', 'It shows what is true.'];
    case 'stale':
      return ['stale', 'old-figure', 'It shows an old figure, and says so.'];
    case 'unknown':
    case null:
      return ['stale', 'no-figure', 'It shows that it does not know how many people are inside.'];
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
      cause: 'revoked',
      why: 'It was revoked, and by its last report its figure may still stand.',
    };
  return {
    state: 'dark',
    sinceMs: Math.max(revokedAtMs, leaseUntilMs),
    untilMs: null,
    cause: 'revoked',
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

/** Its machine answered, and its page did not. */
const isSeenFrozen = (known: KnownOfSign): boolean => isUnconnected(known) && known.lastEnd?.how === 'frozen';

function darkAtMs(known: KnownOfSign, frozen: boolean, heardUntilMs: number): number {
  if (hasEnded(known)) return heardUntilMs;
  return frozen ? leaseUntilMs(known) : Math.max(heardUntilMs, leaseUntilMs(known));
}

type Why = Pick<SignStateNow, 'cause' | 'why'>;
type Silence = { readonly cause: SilenceCause; readonly words: string };

const NOT_REPORTED: Why = { cause: 'starting', why: 'It has not reported yet.' };

function whileDark(known: KnownOfSign, frozen: boolean, { cause, words }: Silence): Why {
  if (hasEnded(known))
    return { cause: 'program-ended', why: 'Its program ended or its PC was switched off.' };
  if (frozen || isSeenFrozen(known)) return { cause: 'page-frozen', why: STANDS_STILL_TOO_LONG };
  return { cause, why: `${words} Its last figure may not stand any longer.` };
}

/** Of a page that told before that it stands still it is only news that nothing is told any more. */
function whileSilent(
  known: KnownOfSign,
  frozen: boolean,
  { cause, words }: Silence,
): Why & Pick<SignStateNow, 'state'> {
  if (!frozen && isSeenFrozen(known)) return { state: 'stale', cause: 'page-frozen', why: STANDS_STILL };
  return { state: 'still', cause, why: `${words} By its last report its figure may still stand.` };
}

/** What is heard beside it is asked only where its own machine did not answer, or nobody tells of its connections. */
function silenceOf(known: KnownOfSign, heardUntilMs: number, nowMs: number): Silence {
  if (mayBeOnItsWayBack(known, nowMs)) return { cause: 'silent', words: NOT_BACK_YET };
  const isUnanswered = isUnconnected(known) && known.lastEnd?.how === 'silent';
  const fellSilentAtMs = isUnanswered ? (known.lastEnd?.atMs ?? heardUntilMs) : heardUntilMs;
  const cause =
    known.connections > 0 ? 'silent' : silenceCauseOf(fellSilentAtMs, known.heardNearbyAtMs, nowMs);
  switch (cause) {
    case 'unplugged':
    case 'network':
      return { cause, words: SILENCE_WORDS[cause] };
    case 'silent':
      return { cause, words: isUnanswered ? DOES_NOT_ANSWER : 'Nothing is heard of it.' };
    default:
      return cause satisfies never;
  }
}

/**
 * After the cloud was away, or closed its connection for a restart, the others of its store are back sooner than it is or
 * later: that says nothing of its silence before it had its time.
 */
function mayBeOnItsWayBack(known: KnownOfSign, nowMs: number): boolean {
  const { heardAtMs, cloudRunsSinceMs = 0, lastEnd } = known;
  const startedAtMs = (heardAtMs ?? 0) < cloudRunsSinceMs ? cloudRunsSinceMs : 0;
  const sentAwayAtMs = isUnconnected(known) && lastEnd?.how === null ? lastEnd.atMs : 0;
  return nowMs < Math.max(startedAtMs, sentAwayAtMs) + HEARD_WITHIN_MS;
}

const NOT_BACK_YET = 'Nothing is heard of it since the cloud was away.';
const SILENCE_WORDS: Readonly<Record<Exclude<SilenceCause, 'silent'>, string>> = {
  unplugged:
    'Its PC has no power, stands still, or its own cable is out: others of its store are still heard.',
  network: 'Its store is cut off: nothing else of it is heard either, so its network or its power is out.',
};
/** A network that is cut and a machine that stands still look alike from here. */
const DOES_NOT_ANSWER = 'It does not answer: its network is cut, its power is gone or it stands still.';

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
