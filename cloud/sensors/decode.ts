import type { SensorModel } from '../contracts/sensor-model.ts';
import { MAX_READINGS_PER_MESSAGE } from '../contracts/telemetry.ts';
import type { JsonAdapter, XmlAdapter } from './adapter.ts';
import { axis } from './axis.ts';
import { azureSpatialAnalysis } from './azure-spatial-analysis.ts';
import { dahua } from './dahua.ts';
import type { Decoded, Envelope } from './decoded.ts';
import { documentsIn, type Format, type FoundDocument } from './documents-in.ts';
import { hikvision } from './hikvision.ts';
import { milesight } from './milesight.ts';
import { tooManyReadings } from './refusals.ts';
import { terabee } from './terabee.ts';
import { refused, together } from './vendor-readings.ts';
import { plainDecoded, vitrineJson } from './vitrine-json.ts';
import { vivotek } from './vivotek.ts';
import { xovis } from './xovis.ts';

type Vendor = { readonly formats: readonly Format[]; readonly adapter: JsonAdapter | XmlAdapter };

/** Who is understood: one line a vendor. */
export const adapters: Readonly<Record<Exclude<SensorModel, 'auto'>, Vendor>> = {
  vitrine: { formats: ['JSON'], adapter: vitrineJson },
  axis: { formats: ['JSON'], adapter: axis },
  xovis: { formats: ['JSON'], adapter: xovis },
  hikvision: { formats: ['XML'], adapter: hikvision },
  dahua: { formats: ['key=value', 'JSON'], adapter: dahua },
  milesight: { formats: ['JSON'], adapter: milesight },
  terabee: { formats: ['JSON'], adapter: terabee },
  vivotek: { formats: ['JSON'], adapter: vivotek },
  'azure-spatial-analysis': { formats: ['JSON'], adapter: azureSpatialAnalysis },
};

/** The readings of a message, by its sensor's model; for `auto`, by what the message looks like. Never throws. */
export function decodeMessage(body: Uint8Array, envelope: Envelope, model: SensorModel): Decoded {
  const found = documentsIn(body, envelope.contentType);
  const [only] = found;
  const decoded =
    only !== undefined && found.length === 1
      ? decodedPart(only, envelope, model)
      : together(
          found.map((part, index) => {
            // The parts of a message share its key, and a vendor may have none of its own.
            const messageKey = `${envelope.messageKey}/${index}`;
            return decodedPart(part, { ...envelope, messageKey }, model);
          }),
        );
  const { readings } = decoded;
  return readings.length > MAX_READINGS_PER_MESSAGE ? refused(tooManyReadings(readings.length)) : decoded;
}

const decodedPart = (part: FoundDocument, envelope: Envelope, model: SensorModel): Decoded =>
  'refusal' in part ? refused(part.refusal) : decodedDocument(part, envelope, model);

type Document = Exclude<FoundDocument, { readonly refusal: unknown }>;

function decodedDocument({ format, value }: Document, envelope: Envelope, model: SensorModel): Decoded {
  const plain =
    format === 'JSON' && (model === 'auto' || model === 'vitrine')
      ? plainDecoded(value, envelope)
      : undefined;
  if (plain !== undefined) return plain;
  const vendor = model === 'auto' ? recognised(format, value) : adapters[model];
  if (vendor === undefined)
    return notRecognised(`expected a message of a known vendor, got ${format} of another`);
  return vendor.formats.includes(format)
    ? vendor.adapter.decode(value, envelope)
    : notRecognised(`expected ${vendor.formats.join(' or ')} of a sensor of model ${model}, got ${format}`);
}

/** JSON that is nobody's is for Vitrine's own adapter to refuse, which says what may be in it. */
const recognised = (format: Format, value: unknown): Vendor | undefined =>
  Object.values(adapters).find(
    ({ formats, adapter }) => formats.includes(format) && adapter.recognises(value),
  ) ?? (format === 'JSON' ? adapters.vitrine : undefined);

const notRecognised = (detail: string): Decoded =>
  refused({ reason: 'not-recognised', detail: `body: ${detail}` });
