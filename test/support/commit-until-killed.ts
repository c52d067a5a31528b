import { FLOW_STEP_MS } from '../../cloud/domain/store-state.ts';
import { openStore } from '../../cloud/store/open-store.ts';

// Run as a program: claims one reading after the other and says each one's number once it is committed, until it is killed.
const [url = '', from = '0'] = process.argv.slice(2);
const store = await openStore(url, { now: () => 0 });
for (let number = Number(from); ; number += 1) {
  await store.transaction(async (tx) => {
    const atMs = number * FLOW_STEP_MS;
    await tx.counting.claimReadings([{ sensorId: 'street-1', key: `${number}`, enqueuedAtMs: atMs }]);
    await tx.counting.addFlows([
      { storeId: 'calle-mayor', doorId: 'street', street: true, atMs, in: 1, out: 0 },
    ]);
  });
  process.stdout.write(`${number}\n`);
}
