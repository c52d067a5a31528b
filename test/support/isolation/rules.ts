import type { Role } from '../../../cloud/contracts/person.ts';
import { AIMS, type Aim, type AimName } from './aims.ts';
import type { Shop } from './marks.ts';

/** What is true of a caller, whatever the product makes of it. */
export type Standing =
  | { readonly kind: 'stranger' }
  | {
      readonly kind: 'person';
      readonly role: Role;
      readonly shops: readonly Shop[] | 'all';
      /** A page of another site sends the person's cookie. */
      readonly isForeignPage?: boolean;
      /** The aim whose person this is. */
      readonly self?: AimName;
    }
  | { readonly kind: 'sign'; readonly at: AimName }
  | { readonly kind: 'sensor'; readonly at: Shop };

/** How far a right reaches. */
type Reach =
  /** What it answers with is the caller's own, or is shown as far as it is. */
  | 'own'
  /** Those of all stores alone. */
  | 'all stores'
  /** As the last, and what is not there is made. */
  | 'all stores, makes it'
  | 'the store'
  /** Those of all stores make it. */
  | 'the store, makes it'
  /** Any store of the group. */
  | 'the group seen'
  /** Every store of the group. */
  | 'the whole group'
  /** Every store of the group, and of the one that something is put into. */
  | 'the group changed'
  /** Of each sign it is said whether it could be had. */
  | 'one by one'
  /** Those of all stores, what belongs to none. */
  | 'all stores, of none of them'
  /** As `one by one`, into a group of which every store must be the caller's. */
  | 'one by one, into a group'
  /** The caller as a person. */
  | 'oneself';

export type Rule =
  | 'everybody'
  /** Whoever knows the key that is sent, from no page of another site. */
  | 'who has an access key'
  | 'a sign'
  | 'a sign without a place'
  /** By its own key or session; what it names is its own. */
  | 'that very sign'
  /** Of a group that holds the store. */
  | 'a sign of the store'
  /** For itself; what is of another changes nothing, and it is not told so. */
  | 'a sign for itself'
  | 'that very sensor'
  /** SignalR Service, by its signature. */
  | 'the platform'
  | { readonly least: Role; readonly reach: Reach };

export type Expected = 'opens' | 'opens to nothing' | 'refused';

const RANK: Readonly<Record<Role, number>> = { viewer: 1, manager: 2, admin: 3 };

/** What must come of a call, from who may do what (design, 6) and nothing else. */
export function expectedOf(rule: Rule, caller: Standing, aim: AimName, method: string): Expected {
  if (typeof rule === 'object') {
    if (caller.kind !== 'person' || RANK[caller.role] < RANK[rule.least]) return 'refused';
    if (caller.isForeignPage === true && method !== 'GET') return 'refused';
    return reached(rule.reach, caller, aim);
  }
  switch (rule) {
    case 'everybody':
      return aim === 'missing' ? 'refused' : 'opens';
    case 'who has an access key':
      return aim === 'missing' || (caller.kind === 'person' && caller.isForeignPage === true)
        ? 'refused'
        : 'opens';
    case 'a sign':
      return caller.kind === 'sign' ? 'opens' : 'refused';
    case 'a sign without a place':
      return caller.kind === 'sign' && caller.at === 'loose' ? 'opens' : 'refused';
    case 'that very sign':
      return caller.kind === 'sign' && caller.at === aim ? 'opens' : 'refused';
    case 'a sign of the store':
      return caller.kind === 'sign' && showsStoresOf(caller.at, aim) ? 'opens' : 'refused';
    case 'a sign for itself':
      if (caller.kind !== 'sign') return 'refused';
      return caller.at === aim ? 'opens' : 'opens to nothing';
    case 'that very sensor':
      return caller.kind === 'sensor' && caller.at === aim ? 'opens' : 'refused';
    case 'the platform':
      return 'refused';
  }
}

function showsStoresOf(sign: AimName, aim: AimName): boolean {
  const [shown, named]: readonly Aim['of'][] = [AIMS[sign].of, AIMS[aim].of];
  return Array.isArray(shown) && Array.isArray(named) && named.every((shop) => shown.includes(shop));
}

type PersonStanding = Extract<Standing, { kind: 'person' }>;

function reached(reach: Reach, { shops, self }: PersonStanding, aim: AimName): Expected {
  const { of, into } = AIMS[aim];
  const opensIf = (is: boolean): Expected => (is ? 'opens' : 'refused');
  const isAll = shops === 'all';
  const has = (shop: Shop) => shops === 'all' || shops.includes(shop);
  const isThere = of !== 'nothing';
  const stores = of === 'nothing' || of === 'nobody' ? [] : of;
  const isWhole = isThere && (isAll || (stores.length > 0 && stores.every(has)));
  switch (reach) {
    case 'own':
      return opensIf(isThere);
    case 'all stores':
      return opensIf(isAll && isThere);
    case 'all stores, makes it':
      return opensIf(isAll);
    case 'all stores, of none of them':
      return opensIf(isAll && of === 'nobody');
    case 'the store':
      return opensIf(isWhole);
    case 'the store, makes it':
      return opensIf(isThere ? isWhole : isAll);
    case 'the group seen':
      return opensIf(isThere && (isAll || stores.some(has)));
    case 'the whole group':
      return opensIf(isWhole);
    case 'the group changed':
      return opensIf(isWhole && into.every(has));
    case 'one by one, into a group':
      if (!into.every(has)) return 'refused';
      return isWhole ? 'opens' : 'opens to nothing';
    case 'one by one':
      return isWhole ? 'opens' : 'opens to nothing';
    case 'oneself':
      return opensIf(aim === 'none' || (self !== undefined && self === aim));
  }
}

const viewer = (reach: Reach): Rule => ({ least: 'viewer', reach });
const manager = (reach: Reach): Rule => ({ least: 'manager', reach });
const admin = (reach: Reach): Rule => ({ least: 'admin', reach });

/** Who may do what, by the name of the function. */
export const RULES: Readonly<Record<string, Rule>> = {
  health: 'everybody',
  openApi: 'everybody',
  docs: 'everybody',
  signs: 'everybody',
  challenge: 'everybody',
  signIn: 'who has an access key',
  negotiate: 'that very sign',
  snapshot: 'a sign',
  heartbeat: 'a sign',
  pulledCommands: 'a sign',
  receipts: 'a sign for itself',
  answerAtSign: 'a sign of the store',
  pairingCode: 'a sign without a place',
  screenshotOfMe: 'that very sign',
  ingest: 'that very sensor',
  upstream: 'the platform',

  overview: viewer('own'),
  readStore: viewer('the store'),
  keepStore: admin('the store, makes it'),
  listCorrections: viewer('the store'),
  correct: manager('the store'),
  history: viewer('the store'),
  drift: viewer('the store'),
  listAlerts: viewer('the store'),
  acknowledge: manager('the store'),
  shelve: manager('the store'),
  readStoreGroup: viewer('the group seen'),
  keepStoreGroup: admin('all stores, makes it'),
  listRejected: viewer('all stores'),
  replayRejected: manager('all stores'),
  deleteRejected: manager('all stores'),

  listSensors: viewer('own'),
  makeSensor: admin('all stores, makes it'),
  removeSensor: admin('all stores, of none of them'),
  makeIngestKey: admin('the store'),
  renewConnectionString: admin('the store'),

  listFleet: viewer('own'),
  readFleetSign: viewer('the group seen'),
  readScreenshot: viewer('the whole group'),
  describeSign: manager('the group changed'),
  revokeSign: manager('the group changed'),
  fleetCommands: manager('one by one'),
  fleetAssign: manager('one by one, into a group'),
  listSigns: viewer('all stores'),
  assignment: manager('all stores'),
  pairingLook: manager('own'),
  pairingClaim: manager('the group changed'),

  listMessages: viewer('own'),
  readMessage: viewer('the group seen'),
  sendMessage: manager('the whole group'),
  endMessage: manager('the whole group'),

  exportTable: admin('all stores'),
  importTable: admin('all stores'),

  whoAmI: viewer('own'),
  signOut: viewer('own'),
  consoleNegotiate: viewer('oneself'),
  listPeople: admin('all stores'),
  makePerson: admin('all stores'),
  changePerson: admin('all stores'),
  removePerson: admin('all stores'),
  listAudit: viewer('all stores'),
};
