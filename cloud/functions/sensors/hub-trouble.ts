import type { HttpResponseInit } from '@azure/functions';
import { refusal } from '../http-answers.ts';
import type { PlatformError } from '../platform/connection-string.ts';

/** `left`: how things are now. */
export const hubTrouble = (left: string, { message }: PlatformError): HttpResponseInit =>
  refusal(503, 'unavailable', `${left}: ${message}`);
