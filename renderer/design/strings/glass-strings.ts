/** A run of words; what must be read from afar is strong. */
export type Part = { readonly text: string; readonly strong: boolean };
/** Words whose order belongs to the language. */
export type Phrase = readonly Part[];

export const strong = (text: string | number): Part => ({ text: String(text), strong: true });
export const plain = (text: string): Part => ({ text, strong: false });

/** Two short lines: what is the matter, and since when or where. */
export type Notice = { readonly title: string; readonly detail: string };

type AlertName =
  | 'over-capacity'
  | 'full'
  | 'sensor-silent'
  | 'sign-offline'
  | 'near-capacity'
  | 'implausible-rate'
  | 'sensor-clock'
  | 'rejected-rising'
  | 'door-imbalance';

type TroubleName =
  | 'unreachable'
  | 'not-the-cloud'
  | 'other-version'
  | 'push-unreachable'
  | 'not-ready'
  | 'untrusted'
  | 'expired'
  | 'wrong-name'
  | 'clock'
  | 'refused';

export type AgeUnit = 'second' | 'minute' | 'hour' | 'day';

/** Everything that the glass says, in one language. Ages (`4 min`) and times (`10:32`) come ready to read. */
export type GlassStrings = {
  /** BCP 47, for the page and for `Intl`. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** Between two short parts of a line, with the space that the language wants. */
  readonly comma: string;
  /** `4 min`: as short as people read it at once. */
  age(amount: number, unit: AgeUnit): string;

  of(limit: number): string;
  mayEnter(count: number): Phrase;
  over(count: number): Phrase;
  /** With `10:32`, and with `20 Nov`. */
  asOf(time: string): Phrase;
  asOfDay(day: string): Phrase;
  /** `20 Nov` as it stands after "since" and in a list. */
  onDay(day: string): string;
  /** Heard within the second. */
  readonly liveNow: string;
  live(age: string): string;
  ago(age: string): string;
  doorsLive(count: number): string;
  readonly noLiveCount: string;
  /** With `10:32` of today, or with `20 Nov`. */
  lastKnown(count: number, time: string): string;
  lastKnownOn(count: number, day: string): string;
  readonly neverHeard: string;
  /** Follows what was last known. */
  readonly beforeRestart: string;

  readonly doors: string;
  readonly silent: string;
  readonly zones: string;
  andMore(count: number): string;

  readonly states: Readonly<Record<'open' | 'nearly' | 'full' | 'over' | 'unknown' | 'closed', string>>;
  /** With `09:00`, or with `Mon 09:00`. */
  opensAt(when: string): string;
  /** The letters were asked to be read from further away than the panel can hold. `4.7` */
  readableTo(metres: string): string;
  /** For those who listen. */
  ofLimit(count: number, limit: number): string;
  cellsOf(people: number): string;
  readonly in: string;
  readonly out: string;

  readonly peak: string;
  /** Beside the most that are inside on a day like this one, and when. */
  readonly usual: string;
  readonly now: string;
  today(peak: number | null, limit: number): string;

  readonly noAlerts: string;
  /** Follow the name of a door or a zone, or stand alone. */
  readonly alerts: Readonly<Record<AlertName, string>>;
  /** Before a time, where there is room. */
  readonly since: string;
  /** `by`: who answered; null: nobody so far. */
  sinceBy(time: string, by: string | null): string;
  /** Over, and not answered. `time`: when it began. */
  ended(time: string): string;
  /** Under the words of the alarm. */
  answer(time: string, by: string | null): string;
  /** How who stands before the glass answers. */
  readonly answering: {
    /** Beside a code that a phone reads. */
    readonly scan: string;
    readonly press: string;
    readonly sending: string;
    readonly notSent: string;
    readonly refused: string;
    /** In the place of who answered: somebody did, before the sign of this name. */
    at(sign: string): string;
    answeredAt(sign: string): string;
  };
  doorsSilent(count: number): string;
  sinceFor(time: string, age: string): string;
  longest(age: string): string;
  noData(age: string | null): Notice;
  readonly noDataSinceRestart: Notice;
  readonly noConnection: Notice;
  moreStores(count: number): string;
  readonly overLimit: string;
  holdTheDoors(toLeave: number): string;
  /** Around an operator's own words. */
  readonly message: {
    /** It is not meant in earnest. */
    readonly drill: string;
    /** With `11:15`, or with `Mon 11:15`. */
    until(when: string): string;
    /** After how many are inside. */
    readonly live: string;
  };

  /** For customers, who run nothing: short, polite, no jargon. */
  readonly door: {
    readonly words: Readonly<Record<'open' | 'nearly' | 'full' | 'unknown' | 'closed', string>>;
    /** Beside the figure of the count. */
    ofInside(limit: number): string;
    mayEnter(count: number): string;
    wait(minutes: number): string;
    longWait(minutes: number): string;
    readonly noLiveCount: string;
    /** Beside a large `09:00`; the day stands below. */
    readonly opens: string;
  };
  /** Many stores at once; a tile holds some fifteen letters. */
  readonly wall: {
    inside(count: number): string;
    /** Stores that are not in the sum. */
    notCounted(count: number): string;
    roomFor(count: number): string;
    /** `15:54`, or `20 Nov` */
    since(time: string): string;
    moreOpen(count: number): string;
  };

  readonly starting: Notice;
  readonly cannotReach: string;
  readonly tryingAgain: string;
  readonly notAssigned: Notice;
  readonly thisSign: string;
  readonly revoked: Notice;
  readonly pairing: {
    readonly typeThis: string;
    readonly fingerprint: string;
    /** Before `8:14`. */
    readonly endsIn: string;
    /** For those who listen. */
    readonly scan: string;
  };
  readonly emptyGroup: Notice;
  readonly notSecure: string;
  readonly noKey: string;
  /** What keeps the sign from its cloud, and what a person can do. */
  readonly trouble: {
    readonly notSecure: string;
    readonly noKey: string;
    readonly of: Readonly<Record<TroubleName, Notice>>;
    /** With the date and time that the device goes by. */
    deviceSays(when: string): string;
    /** The device's clock differs from the cloud's. `3 h` */
    clockOff(age: string): Notice;
  };
};
