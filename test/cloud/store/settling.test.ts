import { expect, test } from 'vitest';
import { type DiskTrouble, settlingBy } from '../../../cloud/store/settling.ts';

/** A disk that answers when it is told to. */
function aDisk(withinMs?: number) {
  const asked: PromiseWithResolvers<void>[] = [];
  const failures: unknown[] = [];
  const settling = settlingBy({
    sync() {
      const answer = Promise.withResolvers<void>();
      asked.push(answer);
      return answer.promise;
    },
    onFailed: (cause) => void failures.push(cause),
    withinMs,
  });
  const told: string[] = [];
  const wait = (name: string) => {
    const said = settling.settled().then(
      () => `${name} is kept`,
      ({ kind }: DiskTrouble) => `${name}: ${kind}`,
    );
    return said.then((words) => void told.push(words));
  };
  return { settling, asked, told, wait, failures };
}

test('where nothing was written there is nothing to wait for', async () => {
  const { settling, asked } = aDisk();
  await settling.settled();
  expect(asked).toHaveLength(0);
});

test('who writes while the disk is busy is kept by the next answer, all of them by one', async () => {
  const { settling, asked, told, wait } = aDisk();
  settling.written();
  const first = wait('first');
  settling.written();
  const others = [wait('second')];
  settling.written();
  others.push(wait('third'));
  expect(asked).toHaveLength(1);

  asked[0]?.resolve();
  await first;
  expect(told).toEqual(['first is kept']);
  expect(asked).toHaveLength(2);

  asked[1]?.resolve();
  await Promise.all(others);
  expect(told).toEqual(['first is kept', 'second is kept', 'third is kept']);
  expect(asked).toHaveLength(2);
});

test('who only reads waits for what they have seen, and asks the disk for nothing of their own', async () => {
  const { settling, asked, wait } = aDisk();
  settling.written();
  const both = [wait('who wrote'), wait('who read it')];
  expect(asked).toHaveLength(1);
  asked[0]?.resolve();
  await Promise.all(both);
  await settling.settled();
  expect(asked).toHaveLength(1);
});

test('after a disk has failed once, nothing is ever said to be kept again', async () => {
  const { settling, asked, told, wait, failures } = aDisk();
  settling.written();
  const first = wait('first');
  settling.written();
  const second = wait('second');
  asked[0]?.reject('no answer');
  await Promise.all([first, second, wait('third')]);
  expect(told.toSorted()).toEqual(['first: failed', 'second: failed', 'third: failed']);
  expect(settling.trouble()).toEqual({ kind: 'failed', cause: 'no answer' });
  expect(failures).toEqual(['no answer']);
  expect(asked).toHaveLength(1);
});

test('nobody waits for a disk that hangs, and once it answers it is asked again', async () => {
  const { settling, asked, told, wait, failures } = aDisk(1);
  settling.written();
  await wait('first');
  await wait('second');
  expect(told).toEqual(['first: hangs', 'second: hangs']);
  expect(asked).toHaveLength(1);

  asked[0]?.resolve();
  await expect.poll(() => settling.trouble()).toBeUndefined();
  await wait('who reads what the disk has');
  settling.written();
  const third = wait('third');
  asked[1]?.resolve();
  await third;
  expect(told.slice(2)).toEqual(['who reads what the disk has is kept', 'third is kept']);
  expect(failures).toEqual([]);
});

test('a disk that fails at last is as lost as one that fails at once', async () => {
  const { settling, asked, told, wait, failures } = aDisk(1);
  settling.written();
  await wait('first');
  asked[0]?.reject('no answer');
  await expect.poll(() => failures).toEqual(['no answer']);
  await wait('second');
  expect(told).toEqual(['first: hangs', 'second: failed']);
});
