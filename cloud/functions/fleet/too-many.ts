import type { HttpResponseInit } from '@azure/functions';
import { refusal } from '../http-answers.ts';

export const tooMany = (message: string, retryAfterSeconds: number): HttpResponseInit =>
  refusal(429, 'too-many-requests', message, undefined, { 'retry-after': String(retryAfterSeconds) });
