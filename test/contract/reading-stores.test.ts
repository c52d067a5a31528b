import { expect, test } from 'vitest';
import { calleMayor } from '../support/calle-mayor.ts';
import { cloudOn } from '../support/cloud-on-store.ts';
import { onBothEngines } from '../support/store-engines.ts';

onBothEngines('reading a store', (database) => {
  test('gives what its owner described; an id that no database takes is as unknown as any other', async () => {
    const cloud = cloudOn(await database.open());
    await cloud.keep('calle-mayor', calleMayor());
    expect(await cloud.read('calle-mayor')).toMatchObject({
      status: 200,
      jsonBody: { description: calleMayor() },
    });
    for (const storeId of ['elsewhere', '\u0000', '\ud800']) {
      expect((await cloud.read(storeId)).status).toBe(404);
    }
  });
});
