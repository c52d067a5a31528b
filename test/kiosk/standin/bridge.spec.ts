import { expect, runtime, test } from '../../support/electron-fixture.ts';
import { pageOf, seen, TRIAL, TRIAL_PAGE } from './trial.ts';

test.describe(`the bridge, on ${runtime}`, () => {
  test('a value goes to the main process and comes back as it was, with the address of who sent it', async ({
    launch,
  }) => {
    const page = await pageOf(await launch({ app: TRIAL }));
    const answered = await page.evaluate(async () => {
      const value = {
        at: new Date(0),
        none: undefined,
        list: [1, 'two', null],
        $: 'date',
        bytes: new Uint8Array([7]),
      };
      const { value: back, url, isTop } = await window.trial.echo(value);
      const { at, list, $, bytes } = back as typeof value;
      return { time: at.getTime(), hasNone: 'none' in (back as object), list, $, byte: bytes[0], url, isTop };
    });
    expect(answered).toEqual({
      time: 0,
      hasNone: true,
      list: [1, 'two', null],
      $: 'date',
      byte: 7,
      url: TRIAL_PAGE,
      isTop: true,
    });
  });

  test('a rejected invoke carries the message that Electron gives it', async ({ launch }) => {
    const page = await pageOf(await launch({ app: TRIAL }));
    const messages = await page.evaluate(async () => {
      const message = (error: unknown) => (error as Error).message;
      return [await window.trial.fail().catch(message), await window.trial.nobody().catch(message)];
    });
    expect(messages).toEqual([
      "Error invoking remote method 'fail': TypeError: this one always fails",
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    ]);
  });

  test('a call answers at once, a promise later, and an error is thrown', async ({ launch }) => {
    const page = await pageOf(await launch({ app: TRIAL }));
    const answers = await page.evaluate(async () => {
      const { trial } = window;
      let refusal = '';
      try {
        trial.refuse();
      } catch (error) {
        refusal = (error as Error).message;
      }
      return [trial.add(2, 3), await trial.later('later'), refusal];
    });
    expect(answers).toEqual([5, 'later', 'refused by the preload']);
  });

  test('the main process can speak to the page, until the page stops listening', async ({ launch }) => {
    const app = await launch({ app: TRIAL });
    const page = await pageOf(app);
    const heard = await page.evaluate(async () => {
      const { trial } = window;
      const all: string[] = [];
      const next = () =>
        new Promise<() => void>((resolve) => {
          const stop = trial.onSaid(({ line, at }) => {
            all.push(`${line} ${at.toISOString()}`);
            resolve(stop);
          });
        });
      const first = next();
      trial.say('first');
      (await first)();
      const second = next();
      trial.say('second');
      await second;
      return all;
    });
    expect(heard).toEqual(['first 1970-01-01T00:00:00.000Z', 'second 1970-01-01T00:00:00.000Z']);
    expect((await seen(app)).lines).toEqual(['first', 'second']);
  });

  test('the page has nothing of Node, and cannot change what the preload gave it', async ({ launch }) => {
    const page = await pageOf(await launch({ app: TRIAL }));
    const found = await page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
      isFrozen: [window.trial, window.trial.nested, window.trial.nested.list].every(Object.isFrozen),
      isKept: !Reflect.set(window, 'trial', null) && !Reflect.deleteProperty(window, 'trial'),
      names: Object.keys(window.trial),
    }));
    expect(found).toEqual({
      globals: [],
      isFrozen: true,
      isKept: true,
      names: ['nested', 'add', 'later', 'refuse', 'echo', 'fail', 'nobody', 'say', 'onSaid'],
    });
  });
});
