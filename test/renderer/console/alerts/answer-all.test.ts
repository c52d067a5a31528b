import { expect, test } from 'vitest';
import type { ListedAlert } from '../../../../cloud/contracts/alert.ts';
import { type AlertRow, rowId, standingOf } from '../../../../renderer/console/alerts/alert-rows.ts';
import { answerAll, answerAllQuestion, unanswered } from '../../../../renderer/console/alerts/answer-all.ts';
import { aSnapshot } from '../../../support/glass-states.ts';

const { content } = aSnapshot();

function row(type: ListedAlert['type'], difference: Partial<ListedAlert> = {}): AlertRow {
  const alert: ListedAlert = {
    ...{ type, source: 'store', severity: 'alarm', place: {}, phase: 'active' },
    ...{ sinceMs: 1, acknowledged: null, ...difference },
  };
  return {
    id: rowId(content.store.id, alert),
    content,
    alert,
    events: [],
    standing: standingOf(alert),
    words: type,
  };
}

const rows = [
  row('over-capacity'),
  row('full', { acknowledged: { by: 'Mara', atMs: 2 } }),
  row('sign-offline', { shelved: { by: 'Jonas', untilMs: 9, why: '' } }),
  row('sensor-silent', { phase: 'cleared' }),
];

test('all that wait for an answer are acknowledged, and neither those answered nor those put aside', async () => {
  const asked: string[] = [];
  const said = await answerAll(unanswered(rows), 'Mara', async (storeId, { type }, by) => {
    asked.push(`${storeId} ${type} ${by}`);
  });
  expect(asked).toEqual(['calle-mayor over-capacity Mara', 'calle-mayor sensor-silent Mara']);
  expect(said).toBe('2 alerts acknowledged. The signs show that you have seen them.');
});

test('one that could not be acknowledged is named with the reason, and the others are all the same', async () => {
  const said = await answerAll(unanswered(rows), 'Mara', async (_storeId, { type }) => {
    if (type === 'over-capacity') throw new Error('It is over.');
  });
  expect(said).toBe('1 alert acknowledged. 1 not: Calle Mayor, over-capacity: It is over.');
});

test('before it is asked how many of how many stores they are', () => {
  expect(answerAllQuestion(unanswered(rows))).toMatchObject({
    heading: 'Acknowledge 2 alerts?',
    words: expect.stringContaining('alerts of 1 store.'),
    act: 'Acknowledge 2',
  });
});
