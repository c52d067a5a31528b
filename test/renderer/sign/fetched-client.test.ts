import { expect, test } from 'vitest';
import { fetchedClient } from '../../../renderer/sign/fetched-client.ts';

/** A page that fetches its client: `answers` are what each try comes to. */
async function fetching(answers: readonly boolean[], isCloudThere: readonly boolean[]) {
  const done: string[] = [];
  const loads = answers.values();
  const looks = isCloudThere.values();
  const reloaded = Promise.withResolvers<string>();
  const client = fetchedClient({
    load: async () => {
      if (loads.next().value !== true) throw new TypeError('Failed to fetch dynamically imported module');
      return 'client';
    },
    isCloudThere: async () => looks.next().value === true,
    pause: async () => void done.push('pause'),
    late: () => new Promise(() => {}),
    reload: () => {
      done.push('reload');
      reloaded.resolve('reloaded');
    },
    onFailure: () => void done.push('failed'),
  });
  return { came: await Promise.race([client, reloaded.promise]), done };
}

test('the client is there at once where the cloud is', async () => {
  expect(await fetching([true], [])).toEqual({ came: 'client', done: [] });
});

test('without a cloud the page stays and tries again, and goes on when the cloud is back', async () => {
  expect(await fetching([false, false, true], [false, false])).toEqual({
    came: 'client',
    done: ['failed', 'pause', 'failed', 'pause'],
  });
  expect(await fetching([false, true], [true])).toEqual({ came: 'client', done: ['failed', 'pause'] });
});

test('a page whose files were replaced by an update is loaded anew', async () => {
  const { came, done } = await fetching([false, false, true], [true]);
  expect(came).toBe('reloaded');
  expect(done.slice(0, 3)).toEqual(['failed', 'pause', 'reload']);
});

test('a cloud that keeps the page waiting is said to be away, and its client is used when it comes', async () => {
  const slow = Promise.withResolvers<string>();
  const late = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<void>();
  let failures = 0;
  const client = fetchedClient({
    load: () => slow.promise,
    isCloudThere: async () => true,
    pause: async () => {},
    late: () => late.promise,
    reload: () => {},
    onFailure() {
      failures += 1;
      failed.resolve();
    },
  });
  late.resolve();
  await failed.promise;
  slow.resolve('client');
  expect(await client).toBe('client');
  expect(failures).toBe(1);
});

test('a look at the page that never ends is not waited for', async () => {
  const loads = [false, true].values();
  const client = fetchedClient({
    load: async () => {
      if (loads.next().value !== true) throw new TypeError('Failed to fetch dynamically imported module');
      return 'client';
    },
    isCloudThere: () => new Promise(() => {}),
    pause: async () => {},
    late: async () => {},
    reload: () => {},
    onFailure: () => {},
  });
  expect(await client).toBe('client');
});
