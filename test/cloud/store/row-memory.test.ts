import { expect, test } from 'vitest';
import { keptMemories } from '../../../cloud/store/memories.ts';
import { keptRowMemory } from '../../../cloud/store/row-memory.ts';

/** A table of numbers, and a memory of it that is told as the connection would. */
function aTable() {
  const table = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const memory = keptRowMemory<number>('numbers', 100);
  const reads: (readonly string[])[] = [];
  const read = async (keys: readonly string[]) => {
    reads.push(keys);
    return new Map(keys.flatMap((key) => (table.has(key) ? [[key, table.get(key) ?? 0] as const] : [])));
  };
  const put = async (key: string, row: number) => {
    table.set(key, row);
    memory.changed();
  };
  const recall = async (...keys: string[]) => {
    const rowOf = await memory.recalled(keys, read);
    return new Map(
      keys.flatMap((key) => [[key, rowOf(key)] as const]).filter(([, row]) => row !== undefined),
    );
  };
  return { memory, reads, put, recall };
}

test('a row is read once, and one that is not there is looked for again', async () => {
  const { recall, reads } = aTable();
  expect([...(await recall('a', 'gone'))]).toEqual([['a', 1]]);
  expect([...(await recall('b', 'a', 'gone')).keys()].sort()).toEqual(['a', 'b']);
  expect(reads).toEqual([
    ['a', 'gone'],
    ['b', 'gone'],
  ]);
});

test('what is written is known without a read', async () => {
  const { memory, recall, put, reads } = aTable();
  await memory.written(() => put('a', 7), new Map([['a', 7]]));
  expect((await recall('a')).get('a')).toBe(7);
  expect(reads).toEqual([]);
});

test('a row of which a write does not say what it is now is read', async () => {
  const { memory, recall, put } = aTable();
  await recall('a');
  await memory.written(() => put('a', 7), new Map([['a', undefined]]));
  expect((await recall('a')).get('a')).toBe(7);
});

test('another statement that changes the table has all of it read again', async () => {
  const { recall, put } = aTable();
  await recall('a', 'b');
  await put('b', 9);
  expect([...(await recall('a', 'b')).values()]).toEqual([1, 9]);
});

test('what else was written meanwhile is not overlooked', async () => {
  const { memory, recall, put } = aTable();
  await recall('a', 'b');
  await memory.written(() => Promise.all([put('a', 7), put('b', 9)]), new Map([['a', 7]]));
  expect([...(await recall('a', 'b')).values()]).toEqual([7, 9]);
});

test('a write that fails leaves nothing that is taken for known', async () => {
  const { memory, recall, reads } = aTable();
  await recall('a');
  const failed = memory.written(() => Promise.reject(new Error('full')), new Map([['a', 7]]));
  await expect(failed).rejects.toThrow('full');
  expect((await recall('a')).get('a')).toBe(1);
  expect(reads).toHaveLength(2);
});

test.for([
  ['update stores set revision = 1', true],
  ['/* once for each */ insert into sensor_states (state) values (?)', true],
  ['with gone as (select 1) delete from "sensor_places" where number = 1', true],
  ['select * from stores', false],
  ['update store_groups set description = 1', false],
] as const)('the memories hear of `%s`: %s', ([statement, hears]) => {
  expect(keptMemories().changedBy(statement) !== undefined).toBe(hears);
});

test.for([
  ['another connection has committed', (it: ReturnType<typeof keptMemories>) => it.committed(), 2],
  ['the last transaction was rolled back', (it: ReturnType<typeof keptMemories>) => it.rolledBack(), 1],
  ['the last transaction never ended', () => undefined, 1],
] as const)('nothing is known any more when %s', async ([, end, version]) => {
  const memories = keptMemories();
  const state = { sensorId: 's' };
  const read = async () => new Map([['s', state as never]]);
  memories.begun(1);
  await memories.sensorStates.recalled(['s'], read);
  end(memories);
  memories.begun(version);
  expect(memories.sensorStates.known('s')).toBeUndefined();
});

test('what a transaction that was committed has read is known in the next', async () => {
  const memories = keptMemories();
  memories.begun(1);
  await memories.sensorStates.recalled(['s'], async () => new Map([['s', { sensorId: 's' } as never]]));
  memories.committed();
  memories.begun(1);
  expect(memories.sensorStates.known('s')).toEqual({ sensorId: 's' });
});
