import { type GlassStrings, plain, strong } from './glass-strings.ts';
import { counting } from './plural.ts';

const LANGUAGE = 'de-DE';
const count = counting(LANGUAGE);
const SYMBOLS = { second: 's', minute: 'min', hour: 'h', day: 'Tg.' };

export const german: GlassStrings = {
  language: LANGUAGE,
  direction: 'ltr',
  comma: ', ',
  age: (amount, unit) => `${amount} ${SYMBOLS[unit]}`,

  of: (limit) => `von ${limit}`,
  mayEnter: (people) => [
    strong(people),
    plain(count(people, { one: 'darf hinein', other: 'dürfen hinein' })),
  ],
  over: (people) => [strong(people), plain('zu viel')],
  asOf: (time) => [plain('Stand'), strong(time)],
  asOfDay: (day) => [plain('Stand'), strong(day)],
  onDay: (day) => day,
  liveNow: 'live, jetzt',
  live: (age) => `live, vor ${age}`,
  ago: (age) => `vor ${age}`,
  doorsLive: (doors) => count(doors, { one: '# Tür live', other: '# Türen live' }),
  noLiveCount: 'Keine Zählung',
  lastKnown: (people, time) => `zuletzt ${people} um ${time}`,
  lastKnownOn: (people, day) => `zuletzt ${people} am ${day}`,
  neverHeard: 'noch nichts gehört',
  beforeRestart: 'vor dem Neustart',

  doors: 'Türen',
  silent: 'stumm',
  zones: 'Bereiche',
  andMore: (more) => count(more, { other: 'und # mehr' }),

  states: {
    open: 'Platz frei',
    nearly: 'Fast voll',
    full: 'Voll',
    over: 'Über Limit',
    unknown: 'Unbekannt',
    closed: 'Geschlossen',
  },
  opensAt: (when) => `öffnet ${when}`,
  readableTo: (metres) => `Nur bis ${metres} m lesbar`,
  ofLimit: (people, limit) => `${people} von ${limit} drinnen`,
  cellsOf: (people) => `ein Strich, ${people}`,
  in: 'Rein',
  out: 'Raus',

  peak: 'Spitze',
  usual: 'üblich',
  now: 'jetzt',
  today: (peak, limit) =>
    peak === null ? `Heute, Limit ${limit}` : `Heute, höchstens ${peak} drinnen, Limit ${limit}`,

  noAlerts: 'Keine Meldungen',
  alerts: {
    'over-capacity': 'über Limit',
    full: 'voll',
    'sensor-silent': 'stumm',
    'sign-offline': 'Anzeige dunkel',
    'near-capacity': 'fast voll',
    'implausible-rate': 'zählt falsch',
    'sensor-clock': 'Uhr falsch',
    'rejected-rising': 'abgelehnt',
    'door-imbalance': 'weicht ab',
  },
  since: 'seit',
  sinceBy: (time, by) => `${time}, ${by ?? 'offen'}`,
  ended: (time) => `vorbei, ab ${time}`,
  answer: (time, by) => `${time}, ${by === null ? 'keine Antwort' : `${by} antwortet`}`,
  answering: {
    scan: 'Zum Antworten scannen',
    press: 'Zum Antworten Enter drücken oder berühren',
    sending: 'Wird gesendet',
    notSent: 'Nicht gesendet: keine Verbindung',
    refused: 'Hier nicht zu beantworten',
    at: (sign) => `bei ${sign}`,
    answeredAt: (sign) => `Beantwortet bei ${sign}`,
  },
  doorsSilent: (doors) => count(doors, { one: '# Tür stumm', other: '# Türen stumm' }),
  sinceFor: (time, age) => `seit ${time}, ${age}`,
  longest: (age) => `bis zu ${age}`,
  noData: (age) => ({ title: 'Keine Daten', detail: age === null ? 'bisher' : `seit ${age}` }),
  noDataSinceRestart: { title: 'Keine Daten', detail: 'seit Neustart' },
  noConnection: { title: 'Keine Verbindung', detail: 'zur Cloud' },
  moreStores: (more) =>
    count(more, {
      one: 'und # Filiale mehr in dieser Gruppe',
      other: 'und # Filialen mehr in dieser Gruppe',
    }),
  overLimit: 'Über Limit',
  holdTheDoors: (toLeave) =>
    count(toLeave, { one: 'Einlass stoppen, bis # geht', other: 'Einlass stoppen, bis # gehen' }),
  message: { drill: 'Übung', until: (when) => `bis ${when}`, live: 'live' },

  door: {
    words: {
      open: 'Willkommen',
      nearly: 'Fast voll',
      full: 'Bitte warten',
      unknown: 'Bitte fragen Sie uns',
      closed: 'Geschlossen',
    },
    ofInside: (limit) => `von ${limit} drinnen`,
    mayEnter: (people) => count(people, { one: 'Noch # darf hinein', other: 'Noch # dürfen hinein' }),
    wait: (minutes) => `Etwa ${minutes} min Wartezeit`,
    longWait: (minutes) => `Über ${minutes} min Wartezeit`,
    noLiveCount: 'Zurzeit keine Zählung',
    opens: 'öffnet',
  },
  wall: {
    inside: (people) => `${people} drinnen`,
    notCounted: (stores) => `${stores} nicht gezählt`,
    roomFor: (people) => `Platz für ${people}`,
    since: (time) => `seit ${time}`,
    moreOpen: (stores) => count(stores, { one: 'und # mehr, offen', other: 'und # mehr, alle offen' }),
  },

  starting: { title: 'Startet', detail: 'Die Cloud wird gesucht' },
  cannotReach: 'Cloud nicht erreichbar',
  tryingAgain: 'Versucht es von selbst wieder',
  notAssigned: {
    title: 'Noch nicht zugeteilt',
    detail: 'Dieser Anzeige eine Filialgruppe geben, dann startet sie von selbst',
  },
  thisSign: 'Diese Anzeige ist',
  revoked: {
    title: 'Außer Betrieb',
    detail: 'Diese Anzeige mit neuem Schlüssel koppeln oder entfernen',
  },
  pairing: {
    typeThis: 'Code in der Konsole eingeben',
    fingerprint: 'Fingerabdruck',
    endsIn: 'Gilt noch',
    scan: 'Adresse der Konsole, zum Scannen',
  },
  emptyGroup: { title: 'Noch keine Filialen', detail: 'Die Gruppe dieser Anzeige hat keine Filialen' },
  notSecure:
    'Diese Seite braucht https oder eine Adresse auf diesem Gerät. Ohne das behält der Browser weder Schlüssel noch Zählung, lässt den Bildschirm ausgehen und kann die Seite nicht installieren',
  noKey: 'Dieser Browser speichert keine Daten, und die Anzeige ist nicht wiederzuerkennen',
  trouble: {
    notSecure: 'Keine sichere Verbindung',
    noKey: 'Nichts bleibt gespeichert',
    of: {
      unreachable: {
        title: 'Keine Verbindung zur Cloud',
        detail: 'Das Netz dieses Geräts prüfen, und ob die Cloud läuft',
      },
      'not-the-cloud': {
        title: 'Das ist nicht die Cloud',
        detail: 'Etwas anderes antwortet. Vielleicht will das Netz erst eine Anmeldung',
      },
      'other-version': {
        title: 'Versionen passen nicht',
        detail: 'Anzeige und Cloud verstehen sich nicht. Das Ältere aktualisieren',
      },
      'push-unreachable': {
        title: 'Halb verbunden',
        detail: 'Die Cloud antwortet, aber ihre Neuigkeiten kommen nicht durch',
      },
      'not-ready': { title: 'Cloud nicht bereit', detail: 'Sie startet oder ist überlastet' },
      untrusted: {
        title: 'Cloud nicht vertraut',
        detail: 'Dieses Gerät kennt nicht, wer ihr Zertifikat signiert hat',
      },
      expired: {
        title: 'Zertifikat abgelaufen',
        detail: 'Die Cloud braucht ein neues Zertifikat, oder die Uhr dieses Geräts geht falsch',
      },
      'wrong-name': {
        title: 'Falsches Zertifikat',
        detail: 'Das Zertifikat der Cloud gilt für eine andere Adresse',
      },
      clock: { title: 'Die Uhr geht falsch', detail: 'Datum und Uhrzeit dieses Geräts stellen' },
      refused: { title: 'Die Cloud lehnt ab', detail: 'Sie nimmt diese Anzeige so nicht an' },
    },
    deviceSays: (when) => `Dieses Gerät sagt ${when}`,
    clockOff: (age) => ({ title: 'Uhr falsch', detail: `um ${age}` }),
  },
};
