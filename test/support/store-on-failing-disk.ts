// Keeps `first` in the database it is given, and `second` on a disk that has begun to fail: then it is ended by itself.
import { endProcess } from '../../cloud/functions/end-process.ts';
import { openStore } from '../../cloud/store/open-store.ts';
import { claim, failsToSync, logEndOf } from './failing-disk.ts';

const file = process.argv[2] ?? '';
let isBroken = false;
const store = await openStore(`sqlite:${file}`, {
  now: Date.now,
  sync: async () => {
    if (isBroken) throw failsToSync();
  },
  onLost(error) {
    process.stdout.write(`,"until":${logEndOf(file)}}`);
    endProcess(error);
  },
});
await claim(store, 'first');
process.stdout.write(`{"from":${logEndOf(file)}`);
isBroken = true;
await claim(store, 'second').catch(() => undefined);
await store.close();
process.stdout.write(' closed in order');
