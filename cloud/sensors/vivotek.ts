import * as z from 'zod/mini';
import type { JsonAdapter } from './adapter.ts';
import type { Envelope } from './decoded.ts';
import { deviceAtMs } from './device-at-ms.ts';
import { isRecord, nameSchema, passedSchema } from './vendor-fields.ts';
import {
  decodedPart,
  increment,
  lastMomentMs,
  NOTHING,
  type Path,
  together,
  withinLimit,
} from './vendor-readings.ts';

const reportSchema = z.object(
  {
    Source: z.object({ MacAddress: nameSchema }, 'expected an object with MacAddress'),
    Data: z
      .array(
        z.looseObject({ RuleType: z.string('expected text') }, 'expected an object'),
        'expected an array',
      )
      .check(z.refine((data) => data.some(isCounting), 'expected an entry of RuleType Counting')),
  },
  'expected an object with Source and Data',
);
const countingSchema = z.object({ CountingInfo: z.array(z.unknown(), 'expected an array') });
const infoSchema = z.object(
  {
    RuleName: nameSchema,
    In: passedSchema,
    Out: passedSchema,
    StartTime: nameSchema,
    EndTime: nameSchema,
  },
  'expected an object with RuleName, In, Out, StartTime and EndTime',
);

/** Vivotek counting cameras: people per rule and interval. */
export const vivotek: JsonAdapter = {
  recognises: (document) =>
    isRecord(document) &&
    isRecord(document.Source) &&
    'MacAddress' in document.Source &&
    Array.isArray(document.Data),
  decode: (document, envelope) =>
    withinLimit(
      decodedPart(reportSchema, document, [], ({ Source, Data }) =>
        together(
          Data.map((entry, index) =>
            isCounting(entry) ? counted(entry, ['Data', index], Source.MacAddress, envelope) : NOTHING,
          ),
        ),
      ),
    ),
};

// Heat maps, dwell times and the like may stand beside it.
function isCounting({ RuleType }: { readonly RuleType: string }): boolean {
  return RuleType === 'Counting';
}

const counted = (entry: unknown, path: Path, mac: string, envelope: Envelope) =>
  decodedPart(countingSchema, entry, path, ({ CountingInfo }) =>
    together(
      CountingInfo.map((info, index) =>
        decodedPart(infoSchema, info, [...path, 'CountingInfo', index], (interval) => ({
          readings: [readingOf(interval, mac, envelope)],
          refusals: [],
        })),
      ),
    ),
  );

function readingOf(info: z.infer<typeof infoSchema>, mac: string, envelope: Envelope) {
  const { RuleName, In, Out, StartTime, EndTime } = info;
  const [startMs, endMs] = [deviceAtMs(StartTime), deviceAtMs(EndTime)];
  const which = {
    line: RuleName,
    key: `vivotek:${mac}:${StartTime}:${RuleName}`,
    deviceAtMs: startMs === null || endMs === null ? null : lastMomentMs(startMs, endMs),
  };
  return increment(envelope, which, { in: In, out: Out });
}
