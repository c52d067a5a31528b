import * as z from 'zod/mini';
import type { Decoded, Envelope } from './decoded.ts';
import { countsOfBytes } from './milesight-bytes.ts';
import { milesightCounts, readingsOfCounts } from './milesight-counts.ts';
import { isoTimeSchema, isRecord, nameSchema, ordinalSchema } from './vendor-fields.ts';
import { decodedPart, NOTHING, type Path, refusedAt } from './vendor-readings.ts';

/** Uplinks of VS133 and VS135 over LoRaWAN, in the envelope of a network server: decoded there, or else here. */
export const milesightUplink = {
  carries: (document: unknown): boolean => isThingsStack(document) || isChirpStack(document),

  recognises: (document: unknown): boolean => {
    const uplink = thingsStackSchema.safeParse(document).data ?? chirpStackSchema.safeParse(document).data;
    return uplink !== undefined && isMilesight(uplink);
  },

  decode: (document: unknown, envelope: Envelope): Decoded =>
    isThingsStack(document)
      ? decodedPart(thingsStackSchema, document, [], (uplink) => uplinked(uplink, envelope))
      : decodedPart(chirpStackSchema, document, [], (uplink) => uplinked(uplink, envelope)),
};

const isThingsStack = (document: unknown) =>
  isRecord(document) && ('end_device_ids' in document || 'uplink_message' in document);
const isChirpStack = (document: unknown) => isRecord(document) && 'deviceInfo' in document;

/** An uplink, whoever passed it on. */
type Uplink = {
  readonly device: string;
  /** Starts over whenever the device joins again. A network server may leave out a 0. */
  readonly frame: number;
  readonly receivedAtMs: number | null;
  readonly decoded: unknown;
  readonly bytes: string | undefined;
  readonly decodedPath: Path;
  readonly bytesPath: Path;
};

const OBJECT = 'expected an object';
const base64Schema = z
  .string('expected base64')
  .check(z.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'expected base64'));

const thingsStackSchema = z.pipe(
  z.looseObject(
    {
      end_device_ids: z.looseObject({ device_id: nameSchema, dev_eui: z.optional(nameSchema) }, OBJECT),
      received_at: z.optional(isoTimeSchema),
      uplink_message: z.looseObject(
        {
          f_cnt: z.optional(ordinalSchema),
          frm_payload: z.optional(base64Schema),
          decoded_payload: z.optional(z.unknown()),
        },
        OBJECT,
      ),
    },
    OBJECT,
  ),
  z.transform(
    ({ end_device_ids, received_at, uplink_message }): Uplink => ({
      device: end_device_ids.dev_eui ?? end_device_ids.device_id,
      frame: uplink_message.f_cnt ?? 0,
      receivedAtMs: received_at ?? null,
      decoded: uplink_message.decoded_payload,
      bytes: uplink_message.frm_payload,
      decodedPath: ['uplink_message', 'decoded_payload'],
      bytesPath: ['uplink_message', 'frm_payload'],
    }),
  ),
);

const chirpStackSchema = z.pipe(
  z.looseObject(
    {
      deviceInfo: z.looseObject({ devEui: nameSchema }, OBJECT),
      time: z.optional(isoTimeSchema),
      fCnt: z.optional(ordinalSchema),
      data: z.optional(base64Schema),
      object: z.optional(z.unknown()),
    },
    OBJECT,
  ),
  z.transform(
    ({ deviceInfo, time, fCnt, data, object }): Uplink => ({
      device: deviceInfo.devEui,
      frame: fCnt ?? 0,
      receivedAtMs: time ?? null,
      decoded: object,
      bytes: data,
      decodedPath: ['object'],
      bytesPath: ['data'],
    }),
  ),
);

/** By what it counts; or else by its maker's block of addresses, 24-E1-24. */
const isMilesight = ({ decoded, bytes, device }: Uplink) =>
  milesightCounts(decoded).size > 0 || (bytes !== undefined && device.toLowerCase().startsWith('24e124'));

function uplinked(uplink: Uplink, envelope: Envelope): Decoded {
  const { device, frame, receivedAtMs, bytesPath } = uplink;
  const message = {
    key: `milesight:${device}:${frame}:${receivedAtMs ?? envelope.messageKey}`,
    deviceAtMs: receivedAtMs,
  };
  const counts = milesightCounts(uplink.decoded);
  if (counts.size > 0) return readingsOfCounts(counts, uplink.decodedPath, message, envelope);
  // Joined, or told its battery: no payload of the device's own.
  if (uplink.bytes === undefined || uplink.bytes === '') return NOTHING;
  const decoded = countsOfBytes(bytesOf(uplink.bytes));
  if (!decoded.ok) return refusedAt(bytesPath, decoded.expected);
  return readingsOfCounts(decoded.counts, bytesPath, message, envelope);
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
