import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../../cloud/sensors/decode.ts';
import { boundaryOf, partsOf } from '../../../cloud/sensors/multipart.ts';
import { anEnvelope, bytesOf, sensorMessageText } from '../../support/sensor-message.ts';

const realTime = sensorMessageText('hikvision-real-time.xml');
const timeRange = sensorMessageText('hikvision-time-range.xml');
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0x0d, 0x0a, 0x00, 0x3c, 0x7b, 0xff, 0xd9]);

type Piece = string | Uint8Array;
const joined = (...pieces: readonly Piece[]): Uint8Array =>
  new Uint8Array(Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? bytesOf(piece) : piece))));

const part = (type: string, body: Piece): readonly Piece[] => [
  `--MIME_boundary\r\nContent-Disposition: form-data; name="x"\r\nContent-Type: ${type}\r\nContent-Length: 99999\r\n\r\n`,
  body,
  '\r\n',
];
const END = '--MIME_boundary--\r\n';
const FORM = 'multipart/form-data; boundary=MIME_boundary';

const decode = (body: Uint8Array, contentType: string | null = FORM) =>
  decodeMessage(body, anEnvelope({ contentType }), 'hikvision');

describe('a multipart message', () => {
  const body = joined(
    ...part('application/xml; charset="UTF-8"', realTime),
    ...part('image/jpeg', jpeg),
    ...part('application/xml', timeRange),
    END,
  );

  test('counts by each of its documents, and passes its pictures over', () => {
    expect(decode(body)).toMatchObject({
      readings: [
        { kind: 'cumulative', in: 15, out: 14 },
        { kind: 'increment', in: 3, out: 1 },
      ],
      refusals: [],
    });
  });

  test('counts the same without its content type, its last boundary, or CR in its line ends', () => {
    const text = body.length - END.length;
    expect(decode(body, null)).toEqual(decode(body));
    expect(decode(body.slice(0, text))).toEqual(decode(body));
    expect(decode(joined(new TextDecoder().decode(body).replaceAll('\r\n', '\n')))).toEqual(decode(body));
    expect(decode(joined('to whom it may concern\r\n', body))).toEqual(decode(body));
  });

  test('with one bad part keeps the good ones', () => {
    const cut = joined(
      ...part('application/xml', realTime.slice(0, -50)),
      ...part('text/xml', timeRange),
      END,
    );
    expect(decode(cut)).toMatchObject({ readings: [{ in: 3 }], refusals: [{ reason: 'not-xml' }] });
  });

  test('that is cut off in its last part keeps the ones before', () => {
    const cut = body.slice(0, body.length - END.length - 40);
    expect(decode(cut)).toMatchObject({ readings: [{ in: 15 }], refusals: [{ reason: 'not-xml' }] });
  });

  test('of pictures only is refused', () => {
    expect(decode(joined(...part('image/jpeg', jpeg), END))).toMatchObject({
      readings: [],
      refusals: [{ reason: 'not-recognised', detail: expect.stringContaining('expected a part with XML') }],
    });
  });

  test('gives readings that have no key of their own a key for each part', () => {
    const two = joined(...part('application/json', '{"in":1}'), ...part('application/json', '{"in":1}'), END);
    const { readings } = decodeMessage(two, anEnvelope({ contentType: FORM }), 'vitrine');
    expect(readings.map(({ key }) => key)).toEqual(['e:0:7/0', 'e:0:7/1']);
  });

  test('with more readings than a message may hold is refused whole', () => {
    const half = JSON.stringify(Array.from({ length: 251 }, () => ({ in: 1 })));
    const two = joined(...part('application/json', half), ...part('application/json', half), END);
    expect(decodeMessage(two, anEnvelope({ contentType: FORM }), 'auto')).toMatchObject({
      readings: [],
      refusals: [{ reason: 'too-many-readings' }],
    });
  });

  test('is parted only where a boundary begins a line and fills it', () => {
    const named = realTime.replace('Camera 01', 'a --MIME_boundary\r\n--MIME_boundary2\r\n');
    expect(decode(joined(...part('text/xml', named), END))).toMatchObject({
      readings: [{ in: 15 }],
      refusals: [],
    });
  });

  test('is not what it is declared to be where it begins like one document', () => {
    expect(decode(bytesOf(realTime)).readings).toHaveLength(1);
  });
});

test.each([
  ['multipart/mixed; boundary=b1', 'b1'],
  ['Multipart/Form-Data; charset=utf-8; Boundary="a b"', 'a b'],
  ['multipart/mixed', undefined],
  ['application/xml; boundary=b1', undefined],
])('the boundary of %s is %s', (contentType, boundary) => {
  expect(boundaryOf(contentType)).toBe(boundary);
});

test('every part comes out byte for byte as it went in', () => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(bodies, fc.constantFrom('\r\n', '\n'), (wanted, lineEnd) => {
      const message = joined(
        ...wanted.flatMap((body) => [`--q9${lineEnd}Content-Type: x/y${lineEnd}${lineEnd}`, body, lineEnd]),
        '--q9--',
      );
      // An LF message cannot tell a CR at the end of a part from its own line end.
      fc.pre(lineEnd === '\r\n' || wanted.every((body) => body.at(-1) !== 0x0d));
      expect(partsOf(message, 'q9')).toEqual(
        wanted.map((body) => ({ contentType: 'x/y', body: new Uint8Array(body) })),
      );
    }),
  );
});
