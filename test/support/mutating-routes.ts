/** What a person may change, by the name of the function: each keeps one row of the journal. */
export const CHANGED_BY_PEOPLE = [
  'acknowledge',
  'changePerson',
  'correct',
  'deleteRejected',
  'endMessage',
  'keepStore',
  'keepStoreGroup',
  'makeIngestKey',
  'makePerson',
  'makeSensor',
  'removePerson',
  'removeSensor',
  'renewConnectionString',
  'replayRejected',
  'sendMessage',
  'shelve',
  'signIn',
  'signOut',
] as const;

/** The same of signs. Looking a code up changes nothing but how often was tried. */
export const SIGNS_CHANGED_BY_PEOPLE = [
  'assignment',
  'describeSign',
  'fleetAssign',
  'fleetCommands',
  'pairingClaim',
  'pairingLook',
  'revokeSign',
] as const;

/** Keeps a row for each store or sign that a table changes. */
export const CHANGED_BY_TABLES = ['importTable'] as const;

/** What sensors, signs and the platform itself may change, and what only lets a page onto the hub. */
export const CHANGED_BY_NOBODY = [
  'answerAtSign',
  'challenge',
  'consoleNegotiate',
  'heartbeat',
  'ingest',
  'negotiate',
  'pairingCode',
  'receipts',
  'screenshotOfMe',
  'signs',
  'upstream',
] as const;
