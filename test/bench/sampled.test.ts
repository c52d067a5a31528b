import { expect, test } from 'vitest';
import { type Group, sampledMs, sharesOf } from './sampled.ts';

const GROUPS: readonly Group[] = [
  { frame: /\/bench\//, what: null },
  { frame: /store\.ts#commit$/, what: 'commits', holds: 'whole' },
  { frame: /\/store\//, what: 'rows' },
  { frame: /^node:net/, what: 'sockets', holds: 'weak' },
];

/** A chain of frames, the outermost first; the last one ran for so many milliseconds. */
function profileOf(stacks: readonly (readonly [ms: number, ...frames: string[]])[]) {
  const nodes = [{ id: 1, callFrame: frameOf('#(root)'), children: [] as number[] }];
  const samples: number[] = [];
  for (const [, ...frames] of stacks) {
    let at = nodes[0];
    for (const frame of frames) {
      const node = { id: nodes.length + 1, callFrame: frameOf(frame), children: [] as number[] };
      nodes.push(node);
      at?.children.push(node.id);
      at = node;
    }
    samples.push(at?.id ?? 1);
  }
  return { nodes, startTime: 0, endTime: 0, samples, timeDeltas: stacks.map(([ms]) => ms * 1_000) };
}

function frameOf(frame: string) {
  const [url = '', functionName = ''] = frame.split('#');
  return { url, functionName, scriptId: '0', lineNumber: 0, columnNumber: 0 };
}

test('time belongs to the innermost frame of a group, and what is nobody’s is left out', () => {
  const profile = profileOf([
    [4, '/bench/run.ts#round', '/store/store.ts#put', 'node:net#write'],
    [2, '/store/store.ts#commit', '/store/rows.ts#keep'],
    [1, 'node:net#onread'],
    [8, '/bench/run.ts#round'],
    [16, '/elsewhere.ts#any'],
    [1, '/store/store.ts#commit', '#(garbage collector)'],
  ]);
  const found = sampledMs(profile, GROUPS);
  // A collection is told as such, whoever it interrupts.
  expect(Object.fromEntries(found)).toEqual({ rows: 4, commits: 2, sockets: 1, 'garbage collection': 1 });
  expect(sharesOf(found)[0]).toEqual({ what: 'rows', share: 0.5 });
});
