import { writeSync } from 'node:fs';
import { createSnapshotKeeper } from '../../main/kept-snapshot.ts';
import { aSnapshot, following } from './glass-states.ts';

// Run as a program: keeps one state after the other, each with a count and a moment of its own, and says each before
// it is kept, until it is killed.
const [folder = '', from = '0'] = process.argv.slice(2);
const EPOCH_MS = 1_700_000_000_000;
let count = Number(from);
const keeper = createSnapshotKeeper({
  folder,
  cloud: 'embedded',
  now: () => EPOCH_MS + count * 1_000,
  onFailure: (error) => process.stderr.write(`${error}\n`),
  spacingMs: 0,
});
const next = (): void => {
  count += 1;
  // Said before it is kept, also where nobody listens fast enough.
  writeSync(1, `${count}\n`);
  keeper.keep(following(aSnapshot({ count, ageMs: 0 })));
  setImmediate(next);
};
next();
