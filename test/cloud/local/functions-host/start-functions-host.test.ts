import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { runApp } from '../../../support/functions-host.ts';

const ONE = `app.http('one', { handler: async () => ({ body: 'one' }) });`;

const eventHubs = (settings: object) => ({ version: '2.0', extensions: { eventHubs: settings } });

describe('an app is refused, by a stable code,', () => {
  test.each([
    ['that throws while it loads', `throw new Error('typo')`, 'ERR_APP_LOAD', 'typo'],
    ['that is not JavaScript', 'const = 1', 'ERR_APP_LOAD', 'index.cjs'],
    ['that registers nothing', '', 'ERR_APP_EMPTY', 'index.cjs'],
    [
      'with two functions of one name',
      `${ONE}${ONE.replace("'one'", "'ONE'")}`,
      'ERR_DUPLICATE_FUNCTION',
      'ONE',
    ],
    [
      'with a trigger that nothing here fires',
      `app.storageQueue('q', { queueName: 'a', connection: 'b', handler() {} });`,
      'ERR_BINDING',
      '"q"',
    ],
    [
      'with an output that leads nowhere',
      ONE.replace('{ handler', `{ extraOutputs: [output.generic({ type: 'table' })], handler`),
      'ERR_BINDING',
      '"one"',
    ],
    [
      'whose route has a constraint that is not known',
      ONE.replace('{ handler', `{ route: 'a/{b:guid}', handler`),
      'ERR_BINDING',
      'guid',
    ],
    [
      'that lacks a setting of its bindings',
      `app.timer('t', { schedule: '%Missing%', handler() {} });`,
      'ERR_SETTING_MISSING',
      'Missing',
    ],
    ['that asks for streams', `app.setup({ enableHttpStream: true }); ${ONE}`, 'ERR_APP_START', 'streaming'],
    [
      'whose appStart hook throws',
      `app.hook.appStart(() => { throw new Error('no database'); }); ${ONE}`,
      'ERR_APP_START',
      'no database',
    ],
    ['that asks for a hook of another host', `app.hook.log(() => {}); ${ONE}`, 'ERR_APP_LOAD', 'Log hooks'],
  ])('%s', async (_what, source, code, part) => {
    await expect(runApp(source)).rejects.toMatchObject({ code, message: expect.stringContaining(part) });
  });

  test.each([
    ['of a wrong version', { version: '1.0' }],
    ['with a batch of no size', { version: '2.0', extensions: { eventHubs: { maxEventBatchSize: 0 } } }],
    [
      'with batches of at least more than at most',
      eventHubs({ maxEventBatchSize: 9, minEventBatchSize: 10 }),
    ],
    [
      'that lets devices wait longer than they do',
      eventHubs({ minEventBatchSize: 2, maxWaitTime: '00:01:00' }),
    ],
    ['with a time that is none', eventHubs({ maxWaitTime: '5 s' })],
  ])('with a host.json %s', async (_what, hostJson) => {
    await expect(runApp(ONE, { hostJson })).rejects.toMatchObject({ code: 'ERR_HOST_JSON' });
  });
});

test('a function that comes too late is refused', async () => {
  await using app = await runApp(`
    app.http('late', { handler: async () => {
      try { app.http('later', { handler: async () => ({}) }); } catch (error) { return { body: error.code }; }
      return { body: 'accepted' };
    } });
  `);
  expect(await (await fetch(`${app.url}/api/late`)).text()).toBe('ERR_REGISTRATION_CLOSED');
});

test('hooks run in the order of the real worker, and may change inputs, handler, result and error', async () => {
  await using app = await runApp(`
    app.hook.appStart(() => tell('appStart'));
    app.hook.appTerminate(() => tell('appTerminate'));
    app.hook.preInvocation((context) => { tell('pre'); context.hookData.shared = 'kept'; context.inputs = ['swapped']; });
    app.hook.preInvocation((context) => {
      const handler = context.functionHandler;
      context.functionHandler = async (...inputs) => (tell('wrapped'), handler(...inputs));
    });
    app.hook.postInvocation((context) => {
      tell(['post', context.hookData.shared, context.error?.message ?? null]);
      context.result = { body: 'changed after ' + context.result };
      if (context.error) context.error = undefined;
    });
    app.http('one', { handler: async (input) => { tell(input); return 'one'; } });
    app.http('two', { handler: async () => { throw new Error('mended'); } });
  `);
  expect(app.told()).toEqual(['appStart']);
  expect(await (await fetch(`${app.url}/api/one`)).text()).toBe('changed after one');
  expect((await fetch(`${app.url}/api/two`)).status).toBe(200);
  await app.host.close();
  expect(app.told()).toEqual([
    ...['appStart', 'pre', 'wrapped', 'swapped', ['post', 'kept', null]],
    ...['pre', 'wrapped', ['post', 'kept', 'mended']],
    'appTerminate',
  ]);
});

test('the same app may run twice in one process, each with its own memory and its own host', async () => {
  const counting = `
    let count = 0;
    app.http('count', { handler: async () => ({ jsonBody: (count += 1) }) });
    app.hook.preInvocation(() => tell('run'));
  `;
  await using first = await runApp(counting);
  await using second = await runApp(counting);
  const count = async (url: string) => (await fetch(`${url}/api/count`)).json();
  expect([await count(first.url), await count(first.url), await count(second.url)]).toEqual([1, 2, 1]);
  await first.host.close();
  expect(await count(second.url)).toBe(2);
  expect([first.told().length, second.told().length]).toEqual([2, 2]);
});

test('a handler may ask for its host long after it was loaded, and nobody else in the process is answered', async () => {
  const require = createRequire(import.meta.url);
  const asking = `
    app.http('ask', { handler: async () => ({ jsonBody: Object.keys(require('@azure/functions-core')).includes('registerHook') }) });
  `;
  const app = await runApp(asking);
  expect(await (await fetch(`${app.url}/api/ask`)).json()).toBe(true);
  expect(() => require('@azure/functions-core')).toThrow(/Cannot find module/);
  await app[Symbol.asyncDispose]();
  expect(() => require('@azure/functions-core')).toThrow(/Cannot find module/);
});

test('what an app requires is its own: the modules of this process are neither used nor changed', async () => {
  const require = createRequire(import.meta.url);
  const library = require('@azure/functions');
  await using app = await runApp(ONE);
  expect((await fetch(`${app.url}/api/one`)).status).toBe(200);
  expect(require('@azure/functions')).toBe(library);
});

test('what a function logs is in the host log at its level, with its name', async () => {
  await using app = await runApp(
    `app.http('talks', { handler: async (r, context) => { context.warn('odd', 7); return {}; } });`,
  );
  await fetch(`${app.url}/api/talks`);
  const line = app.logged.map((text) => JSON.parse(text)).find(({ msg }) => msg === 'odd 7');
  expect(line).toMatchObject({ level: 40, function: 'talks', category: 'user' });
});

test('closing lets running functions finish and refuses new ones', async () => {
  await using app = await runApp(`
    let finish;
    app.http('wait', { handler: async () => { tell('begun'); await new Promise((resolve) => (finish = resolve)); tell('done'); return { body: 'done' }; } });
    app.hook.appTerminate(() => tell('terminated'));
    app.http('finish', { handler: async () => { setTimeout(() => finish(), 50); return {}; } });
  `);
  const waiting = fetch(`${app.url}/api/wait`);
  await expect.poll(() => app.told()).toEqual(['begun']);
  await fetch(`${app.url}/api/finish`);
  const closed = app.host.close();
  expect((await fetch(`${app.url}/api/wait`)).status).toBe(503);
  expect(await (await waiting).text()).toBe('done');
  await closed;
  expect(app.told()).toEqual(['begun', 'done', 'terminated']);
});
