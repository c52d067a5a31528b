import { transferAnswerSchema } from '../../contracts/transfer.ts';
import { importQuerySchema } from '../transfer/import-table.ts';
import type { Operations } from './operation.ts';

export const TABLE_OPERATIONS: Operations = {
  exportTable: {
    summary: 'All of a kind as a table, in the form that an import takes.',
    answer: { media: ['text/csv'] },
    problems: ['400 bad-request'],
  },
  importTable: {
    summary:
      'Says what a table would change, or changes it. One bad row and nothing is changed: the problem then carries the members of the answer as well, with every bad row.',
    query: importQuerySchema,
    request: { media: ['text/csv'] },
    answer: { json: transferAnswerSchema },
    problems: ['409 bad-request', '413 bad-request', '503 unavailable'],
  },
};
