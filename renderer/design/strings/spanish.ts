import { type GlassStrings, plain, strong } from './glass-strings.ts';

const SYMBOLS = { second: 's', minute: 'min', hour: 'h', day: 'd' };

export const spanish: GlassStrings = {
  language: 'es-ES',
  direction: 'ltr',
  comma: ', ',
  age: (amount, unit) => `${amount} ${SYMBOLS[unit]}`,

  of: (limit) => `de ${limit}`,
  mayEnter: (count) => [strong(count), plain(count === 1 ? 'puede entrar' : 'pueden entrar')],
  over: (count) => [strong(count), plain('de más')],
  asOf: (time) => [plain('a las'), strong(time)],
  liveNow: 'en vivo, ahora',
  live: (age) => `en vivo, ${age}`,
  ago: (age) => `hace ${age}`,
  doorsLive: (count) => (count === 1 ? '1 puerta' : `${count} puertas`),
  noLiveCount: 'Sin recuento',
  lastKnown: (count, time) => `el último, ${count} a las ${time}`,
  lastKnownOn: (count, day) => `el último, ${count} el ${day}`,
  neverHeard: 'aún sin noticias',
  beforeRestart: 'antes de reiniciar',

  doors: 'Puertas',
  silent: 'sin señal',
  zones: 'Zonas',
  andMore: (count) => `y ${count} más`,

  states: {
    open: 'Abierto',
    nearly: 'Casi lleno',
    full: 'Lleno',
    over: 'Aforo superado',
    unknown: 'Sin datos',
    closed: 'Cerrado',
  },
  opensAt: (when) => `abre ${when}`,
  readableTo: (metres) => `Solo se lee hasta ${metres} m`,
  ofLimit: (count, limit) => `${count} de ${limit} dentro`,
  cellsOf: (people) => `cada barra, ${people}`,
  in: 'Entra',
  out: 'Sale',

  peak: 'máximo',
  now: 'ahora',
  today: (peak, limit) =>
    peak === null ? `Hoy, aforo ${limit}` : `Hoy, como máximo ${peak} dentro, aforo ${limit}`,

  noAlerts: 'Sin avisos',
  alerts: {
    'over-capacity': 'superado',
    full: 'lleno',
    'sensor-silent': 'sin señal',
    'sign-offline': 'sin imagen',
    'near-capacity': 'casi lleno',
    'implausible-rate': 'cuenta mal',
    'sensor-clock': 'reloj mal',
    'rejected-rising': 'ilegible',
    'door-imbalance': 'no cuadra',
  },
  since: 'desde',
  sinceBy: (time, by) => `${time}, ${by ?? 'nadie aún'}`,
  ended: (time) => `ya pasó, ${time}`,
  answer: (time, by) => `${time}, ${by === null ? 'sin respuesta' : `responde ${by}`}`,
  doorsSilent: (count) => `${count} sin señal`,
  sinceFor: (time, age) => `desde ${time}, ${age}`,
  longest: (age) => `hasta ${age}`,
  noData: (age) => ({ title: 'Sin datos', detail: age === null ? 'todavía' : `desde hace ${age}` }),
  noDataSinceRestart: { title: 'Sin datos', detail: 'desde el reinicio' },
  noConnection: { title: 'Sin conexión', detail: 'con la nube' },
  moreStores: (count) =>
    count === 1 ? 'y 1 tienda más en este grupo' : `y ${count} tiendas más en este grupo`,
  overLimit: 'Aforo superado',
  holdTheDoors: (toLeave) =>
    toLeave === 1 ? 'Esperen hasta que salga 1' : `Esperen hasta que salgan ${toLeave}`,

  door: {
    words: {
      open: 'Bienvenidos',
      nearly: 'Casi lleno',
      full: 'Por favor, espere',
      unknown: 'Pregunte al personal',
      closed: 'Cerrado',
    },
    ofInside: (limit) => `de ${limit} dentro`,
    mayEnter: (count) => (count === 1 ? 'Puede entrar 1 más' : `Pueden entrar ${count} más`),
    wait: (minutes) => `Espera de unos ${minutes} min`,
    longWait: (minutes) => `Espera de más de ${minutes} min`,
    noLiveCount: 'Sin recuento en vivo',
    opens: 'abre',
  },
  wall: {
    inside: (count) => `${count} dentro`,
    notCounted: (count) => `${count} sin contar`,
    roomFor: (count) => (count === 1 ? 'cabe 1' : `caben ${count}`),
    since: (time) => `desde ${time}`,
    moreOpen: (count) => `y ${count} más, todas abiertas`,
  },

  starting: { title: 'Iniciando', detail: 'Buscando la nube' },
  cannotReach: 'Sin conexión con la nube',
  tryingAgain: 'Se reintenta solo',
  notAssigned: { title: 'Aún sin asignar', detail: 'Asigne un grupo de tiendas y empieza solo' },
  thisSign: 'Esta pantalla es',
  revoked: { title: 'Fuera de servicio', detail: 'Vincule esta pantalla con una clave nueva o retírela' },
  pairing: {
    typeThis: 'Escriba este código en la consola',
    fingerprint: 'Huella',
    endsIn: 'Termina en',
    scan: 'Dirección de la consola, para escanear',
  },
  emptyGroup: { title: 'Aún sin tiendas', detail: 'El grupo de esta pantalla no tiene tiendas' },
  notSecure:
    'Esta página necesita https o una dirección de este equipo. Sin eso el navegador no guarda ni clave ni recuento, deja que la pantalla se apague y no puede instalar la página',
  noKey: 'Este navegador no guarda datos y la pantalla no se puede reconocer',
};
