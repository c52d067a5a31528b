import { type GlassStrings, plain, strong } from './glass-strings.ts';
import { counting } from './plural.ts';

const LANGUAGE = 'fr-FR';
const count = counting(LANGUAGE);
const SYMBOLS = { second: 's', minute: 'min', hour: 'h', day: 'j' };

export const french: GlassStrings = {
  language: LANGUAGE,
  direction: 'ltr',
  comma: ', ',
  age: (amount, unit) => `${amount} ${SYMBOLS[unit]}`,

  of: (limit) => `sur ${limit}`,
  mayEnter: (people) => [
    strong(people),
    plain(count(people, { one: 'peut entrer', other: 'peuvent entrer' })),
  ],
  over: (people) => [strong(people), plain('de trop')],
  asOf: (time) => [plain('relevé'), strong(time)],
  asOfDay: (day) => [plain('relevé le'), strong(day)],
  onDay: (day) => `le ${day}`,
  liveNow: 'en direct',
  live: (age) => `en direct, ${age}`,
  ago: (age) => `il y a ${age}`,
  doorsLive: (doors) => count(doors, { one: '# porte', other: '# portes' }),
  noLiveCount: 'Aucun comptage',
  lastKnown: (people, time) => `dernier, ${people} à ${time}`,
  lastKnownOn: (people, day) => `dernier, ${people} le ${day}`,
  neverHeard: 'encore rien reçu',
  beforeRestart: 'avant redémarrage',

  doors: 'Portes',
  silent: 'muette',
  zones: 'Zones',
  andMore: (more) => count(more, { one: 'et # autre', other: 'et # autres' }),

  states: {
    open: 'Ouvert',
    nearly: 'Presque plein',
    full: 'Complet',
    over: 'Limite dépassée',
    unknown: 'Inconnu',
    closed: 'Fermé',
  },
  opensAt: (when) => `ouverture ${when}`,
  readableTo: (metres) => `Lisible jusqu’à ${metres} m seulement`,
  ofLimit: (people, limit) => `${people} sur ${limit} à l’intérieur`,
  cellsOf: (people) => `une barre, ${people}`,
  in: 'Entre',
  out: 'Sort',

  peak: 'pic',
  usual: 'habituel',
  now: 'maintenant',
  today: (peak, limit) =>
    peak === null
      ? `Aujourd’hui, limite ${limit}`
      : `Aujourd’hui, au plus ${peak} à l’intérieur, limite ${limit}`,

  noAlerts: 'Aucune alerte',
  alerts: {
    'over-capacity': 'trop plein',
    full: 'complet',
    'sensor-silent': 'muette',
    'sign-offline': 'écran éteint',
    'near-capacity': 'presque plein',
    'implausible-rate': 'compte mal',
    'sensor-clock': 'heure fausse',
    'rejected-rising': 'refus',
    'door-imbalance': 'dérive',
  },
  since: 'depuis',
  sinceBy: (time, by) => `${time}, ${by ?? 'personne'}`,
  ended: (time) => `terminé, ${time}`,
  answer: (time, by) => `${time}, ${by === null ? 'sans réponse' : `${by} répond`}`,
  answering: {
    scan: 'Scannez pour répondre',
    press: 'Entrée ou toucher pour répondre',
    sending: 'Envoi en cours',
    notSent: 'Envoi impossible\u00a0: pas de connexion',
    refused: 'Réponse impossible ici',
    at: (sign) => `à ${sign}`,
    answeredAt: (sign) => `Répondu à ${sign}`,
  },
  doorsSilent: (doors) => count(doors, { one: '# porte muette', other: '# portes muettes' }),
  sinceFor: (time, age) => `${time}, ${age}`,
  longest: (age) => `jusqu’à ${age}`,
  noData: (age) => ({
    title: 'Pas de données',
    detail: age === null ? 'pour l’instant' : `depuis ${age}`,
  }),
  noDataSinceRestart: { title: 'Pas de données', detail: 'depuis démarrage' },
  noConnection: { title: 'Pas de connexion', detail: 'au cloud' },
  moreStores: (more) =>
    count(more, { one: 'et # autre magasin dans ce groupe', other: 'et # autres magasins dans ce groupe' }),
  overLimit: 'Limite dépassée',
  holdTheDoors: (toLeave) =>
    count(toLeave, {
      one: 'Bloquez l’entrée jusqu’à # sortie',
      other: 'Bloquez l’entrée jusqu’à # sorties',
    }),
  message: { drill: 'Exercice', until: (when) => `jusqu’à ${when}`, live: 'en direct' },

  door: {
    words: {
      open: 'Bienvenue',
      nearly: 'Presque plein',
      full: 'Merci de patienter',
      unknown: 'Demandez au personnel',
      closed: 'Fermé',
    },
    ofInside: (limit) => `sur ${limit} à l’intérieur`,
    mayEnter: (people) => count(people, { one: 'Encore # place', other: 'Encore # places' }),
    wait: (minutes) => `Environ ${minutes} min d’attente`,
    longWait: (minutes) => `Plus de ${minutes} min d’attente`,
    noLiveCount: 'Pas de comptage en direct',
    opens: 'ouverture',
  },
  wall: {
    inside: (people) => count(people, { one: '# présent', other: '# présents' }),
    notCounted: (stores) => count(stores, { one: '# non compté', other: '# non comptés' }),
    roomFor: (people) => count(people, { one: '# place', other: '# places' }),
    since: (time) => `depuis ${time}`,
    moreOpen: (stores) => count(stores, { one: 'et # autre, ouvert', other: 'et # autres, tous ouverts' }),
  },

  starting: { title: 'Démarrage', detail: 'Recherche du cloud' },
  cannotReach: 'Cloud injoignable',
  tryingAgain: 'Nouvel essai automatique',
  notAssigned: {
    title: 'Pas encore affecté',
    detail: 'Donnez un groupe de magasins à cet écran et il démarre seul',
  },
  thisSign: 'Cet écran est',
  revoked: { title: 'Hors service', detail: 'Associez cet écran avec une nouvelle clé, ou retirez-le' },
  pairing: {
    typeThis: 'Saisissez ce code dans la console',
    fingerprint: 'Empreinte',
    endsIn: 'Expire dans',
    scan: 'Adresse de la console, à scanner',
  },
  emptyGroup: { title: 'Pas encore de magasin', detail: 'Le groupe de cet écran n’a pas de magasin' },
  notSecure:
    'Cette page exige https ou une adresse de cet appareil. Sans cela, le navigateur ne garde ni clé ni comptage, laisse l’écran se mettre en veille et ne peut pas installer la page',
  noKey: 'Ce navigateur ne garde aucune donnée et l’écran ne peut pas être reconnu',
  trouble: {
    notSecure: 'Connexion non sécurisée',
    noKey: 'Rien n’est conservé',
    of: {
      unreachable: {
        title: 'Cloud injoignable',
        detail: 'Vérifiez le réseau de cet appareil, et que le cloud est allumé',
      },
      'not-the-cloud': {
        title: 'Ce n’est pas le cloud',
        detail: 'Autre chose répond. Le réseau demande peut-être une connexion',
      },
      'other-version': {
        title: 'Versions différentes',
        detail: 'L’écran et le cloud ne se comprennent pas. Mettez à jour le plus ancien',
      },
      'push-unreachable': {
        title: 'À moitié connecté',
        detail: 'Le cloud répond, mais ses nouvelles en direct n’arrivent pas',
      },
      'not-ready': { title: 'Cloud pas prêt', detail: 'Il démarre, ou il est trop occupé' },
      untrusted: {
        title: 'Cloud non fiable',
        detail: 'Cet appareil ne connaît pas le signataire de son certificat',
      },
      expired: {
        title: 'Certificat expiré',
        detail: 'Le cloud a besoin d’un nouveau certificat, ou l’horloge de cet appareil est fausse',
      },
      'wrong-name': {
        title: 'Mauvais certificat',
        detail: 'Le certificat du cloud est pour une autre adresse',
      },
      clock: { title: 'Horloge fausse', detail: 'Réglez la date et l’heure de cet appareil' },
      refused: { title: 'Le cloud refuse', detail: 'Il n’accepte pas cet écran tel qu’il est' },
    },
    deviceSays: (when) => `Cet appareil indique ${when}`,
    clockOff: (age) => ({ title: 'Horloge fausse', detail: `de ${age}` }),
  },
};
