import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startClientCloud } from '../../support/client-cloud.ts';
import { aSnapshot } from '../../support/client-snapshots.ts';
import { follow } from '../../support/followed-states.ts';

const oneStore = () => ({ storeGroupId: 'spain', groups: { spain: [aSnapshot()] } });
const folder = fileURLToPath(new URL('../../../cloud/client', import.meta.url));

/** A process that aborts at its first state and has nothing else to do; gives that state once it ended by itself. */
async function aborted(cloudUrl: string): Promise<unknown> {
  const script = `
    import { followCloud } from '${folder}/follow-cloud.ts';
    import { identityOf, makeKeyPair } from '${folder}/sign-identity.ts';
    const ending = new AbortController();
    followCloud({
      cloudUrl: '${cloudUrl}',
      identity: await identityOf(await makeKeyPair()),
      signal: ending.signal,
      onState(state) {
        process.stdout.write(JSON.stringify(state) + '\\n');
        ending.abort();
      },
    });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    timeout: 15_000,
  });
  return JSON.parse(stdout);
}

test('a process in which a sign follows a cloud ends by itself once the sign is told to stop', async () => {
  await using cloud = await startClientCloud(oneStore());
  expect(await aborted(cloud.url)).toMatchObject({ kind: 'following' });
});

test('a process in which a sign waits for its cloud ends by itself once the sign is told to stop', async () => {
  const gone = await startClientCloud(oneStore());
  const { url } = gone;
  await gone.kill();
  expect(await aborted(url)).toMatchObject({ kind: 'starting' });
});

test('no state is told after the end, and the connection is closed', async () => {
  await using cloud = await startClientCloud(oneStore());
  using sign = await follow(cloud.url);
  await sign.shows('north 1');
  const told = sign.states.length;
  sign.abort();
  cloud.push('spain', aSnapshot({ revision: 2 }));
  await expect.poll(() => cloud.openConnections).toBe(0);
  expect(sign.states.length).toBe(told);
});

test('a sign that was stopped before it began asks nothing', async () => {
  let asked = 0;
  const fetch: typeof globalThis.fetch = async () => {
    asked += 1;
    return Response.json({});
  };
  const sign = await follow('http://127.0.0.1:1', { fetch, signal: AbortSignal.abort() });
  expect([asked, sign.states]).toEqual([0, []]);
});
