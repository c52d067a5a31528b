import { type GlassStrings, plain, strong } from './glass-strings.ts';

export const english: GlassStrings = {
  language: 'en-GB',

  of: (limit) => `of ${limit}`,
  mayEnter: (count) => [strong(count), plain('may enter')],
  over: (count) => [strong(count), plain('over')],
  asOf: (time) => [plain('as of'), strong(time)],
  liveNow: 'live, now',
  live: (age) => `live, ${age} ago`,
  ago: (age) => `${age} ago`,
  doorsLive: (count) => (count === 1 ? '1 door live' : `${count} doors live`),
  noLiveCount: 'No live count',
  lastKnown: (count, time) => `last known ${count} at ${time}`,
  lastKnownOn: (count, day) => `last known ${count} on ${day}`,
  neverHeard: 'nothing heard yet',
  beforeRestart: 'before restart',

  doors: 'Doors',
  silent: 'silent',
  moreDoors: (count) => `and ${count} more`,

  states: {
    open: 'Open',
    nearly: 'Nearly full',
    full: 'Full',
    over: 'Over limit',
    unknown: 'Unknown',
  },
  ofLimit: (count, limit) => `${count} of ${limit} inside`,
  cellsOf: (people) => `one bar is ${people} people`,
  in: 'In',
  out: 'Out',

  peak: 'peak',
  now: 'now',
  today: (peak, limit) =>
    peak === null ? `Today, limit ${limit}` : `Today, at most ${peak} inside, limit ${limit}`,

  noAlerts: 'No alerts',
  doorSilent: (name) => [name, 'silent'],
  doorsSilent: (count) => `${count} doors silent`,
  sinceFor: (time, age) => `since ${time}, ${age}`,
  longest: (age) => `longest ${age}`,
  noData: (age) => ({ title: 'No data', detail: age === null ? 'none yet' : `for ${age}` }),
  noDataSinceRestart: { title: 'No data', detail: 'since restart' },
  noConnection: { title: 'No connection', detail: 'to the cloud' },
  moreStores: (count) =>
    count === 1 ? 'and 1 more store in this group' : `and ${count} more stores in this group`,
  overLimit: 'Over limit',
  holdTheDoors: (toLeave) => `Hold the doors until ${toLeave} leave`,

  starting: { title: 'Starting', detail: 'Looking for the cloud' },
  cannotReach: 'Cannot reach the cloud',
  tryingAgain: 'Trying again by itself',
  notAssigned: { title: 'Not assigned yet', detail: 'Give this sign a store group and it starts by itself' },
  thisSign: 'This sign is',
  emptyGroup: { title: 'No stores here yet', detail: 'The group of this sign has no stores' },
  notSecure: 'This page needs https, or an address on this machine',
  noKey: 'This browser keeps no data, so the sign cannot be known again',
};
