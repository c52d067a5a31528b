import { describe, expect } from 'vitest';
import { acknowledgeRequestSchema } from '../../cloud/contracts/alert.ts';
import { correctionRequestSchema } from '../../cloud/contracts/correction.ts';
import { rejectedMessageSchema, replayRequestSchema } from '../../cloud/contracts/rejected.ts';
import { storeDescriptionSchema } from '../../cloud/contracts/store-description.ts';
import { storeGroupDescriptionSchema } from '../../cloud/contracts/store-group.ts';
import { parsed } from '../../cloud/functions/http-answers.ts';
import { CALLE_MAYOR } from '../support/calle-mayor.ts';
import { survivesGarbage } from '../support/garbage.ts';
import { valueIn } from '../support/value-in.ts';

const json = (value: object) => JSON.stringify(value);
const ZONED = {
  ...CALLE_MAYOR,
  zones: [
    { id: 'ground', name: 'Ground floor' },
    { id: 'cafe', name: 'Café', limits: { soft: 8, hard: 10 } },
  ],
  doors: [
    {
      id: 'front',
      name: 'Front',
      into: 'ground',
      sensors: [{ id: 'front-1', model: 'axis', line: 'in', flipped: true }],
    },
    { id: 'stairs', name: 'Stairs', into: 'cafe', from: 'ground', sensors: [{ id: 'stairs-1' }] },
  ],
  limits: { soft: 52, hard: 60, softDown: 50, upAfterSeconds: 10, staff: 4, margin: 2 },
  dailyReset: { at: '04:00', to: 0 },
};

/** What an owner sends, by its schema and messages of its kind. */
const BODIES = [
  ['a description of a store', storeDescriptionSchema, [json(CALLE_MAYOR), json(ZONED)]],
  ['a store group', storeGroupDescriptionSchema, [json({ dailyReset: { at: '04:00', to: 0 } })]],
  [
    'a correction',
    correctionRequestSchema,
    [
      json({
        kind: 'set',
        people: 12,
        at: '2026-11-21T10:00:00+01:00',
        by: 'Ana',
        reason: 'counted by hand',
      }),
      json({ kind: 'add', people: -2, zone: 'cafe', by: 'Ana', reason: 'two went by the window' }),
    ],
  ],
  ['an answer to an alert', acknowledgeRequestSchema, [json({ type: 'full', source: 'store', by: 'Ana' })]],
  ['an order to count again', replayRequestSchema, [json({ sensorId: 'front-1' })]],
  [
    'a rejected message',
    rejectedMessageSchema,
    [json({ sensorId: 'front-1', reason: 'not-json', bytes: 12 })],
  ],
] as const;

describe('what an owner sends', () => {
  for (const [what, schema, samples] of BODIES) {
    survivesGarbage(
      what,
      (bytes) => {
        const answer = parsed<unknown>(valueIn(bytes), schema);
        // A refusal names the field and what was expected.
        if (!answer.ok && typeof answer.refusal.jsonBody?.field !== 'string') {
          expect(answer.refusal.jsonBody).toBe('an answer that names the field');
        }
      },
      samples,
    );
  }
});
