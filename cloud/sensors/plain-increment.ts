import { MAX_PEOPLE_BETWEEN_MESSAGES, type ReadingPayload } from '../contracts/telemetry.ts';

const BOOT = /^[!-~]{1,64}$/;
/** Days that are in every year, in UTC; the schema knows the others. */
const UTC_TIME =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/**
 * Most of what sensors send, understood several times as fast as by its schema: an increment without a line. Undefined
 * says nothing of the item: the schema decides on it. What is given is what the schema gives.
 */
export function plainIncrement(item: unknown): ReadingPayload | undefined {
  if (!isObject(item)) return undefined;
  const payload: ReadingPayload = { kind: 'increment' };
  for (const field of Object.keys(item)) {
    const value = item[field];
    if (field === 'in' || field === 'out') {
      if (!isWhole(value, MAX_PEOPLE_BETWEEN_MESSAGES)) return undefined;
      payload[field] = value;
    } else if (field === 'boot') {
      if (typeof value !== 'string' || !BOOT.test(value)) return undefined;
      payload.boot = value;
    } else if (field === 'sequence') {
      if (!isWhole(value, Number.MAX_SAFE_INTEGER)) return undefined;
      payload.sequence = value;
    } else if (field === 'at') {
      if (typeof value !== 'string' || !UTC_TIME.test(value)) return undefined;
      payload.at = value;
    } else if (field !== 'kind' || value !== 'increment') {
      return undefined;
    }
  }
  return payload.sequence !== undefined && payload.boot === undefined ? undefined : payload;
}

const isObject = (item: unknown): item is Readonly<Record<string, unknown>> =>
  typeof item === 'object' && item !== null && !Array.isArray(item);

const isWhole = (value: unknown, atMost: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= atMost;
