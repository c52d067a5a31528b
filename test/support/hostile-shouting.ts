import { beforeAll, describe, expect, test } from 'vitest';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import { SIGNALR_LIMITS } from '../../cloud/local/signalr/signalr-limits.ts';
import { sasTokenOf } from './device-credentials.ts';
import { type Caller, call, headerLines, requestLines, upgradeLines } from './hostile-caller.ts';
import { pour } from './hostile-flood.ts';
import { clientFrame, OPCODES } from './hostile-frames.ts';
import type { Stage } from './hostile-stage.ts';

const MEGABYTE = 1024 * 1024;
const TINY_FRAMES = 100_000;
const CRUMBLING_CALLERS = 8;
const CRUMBS = Buffer.from('1\r\na\r\n'.repeat(100_000));
/** RFC 6455 5.2: final, the first reserved bit (compressed, RFC 7692), text. */
const COMPRESSED_TEXT = 0xc1;
/** MQTT 3.1.1 section 2.2.3: the longest there is, 256 MB. */
const LONGEST = Buffer.from([0xff, 0xff, 0xff, 0x7f]);
const CONNECT = Buffer.from([0x10]);
const PUBLISH = Buffer.from([0x32]);
/** The service's limit of what a client may say at once. */
const LONGEST_MESSAGE = BigInt(SIGNALR_LIMITS.clientMessageBytes);
const HANDSHAKE = clientFrame('{"protocol":"json","version":1}\x1e');
const many = (bytes: Buffer, times = TINY_FRAMES) => Buffer.alloc(bytes.length * times, bytes);

/** Who is cut off in the middle of its words may lose the answer (RFC 9112 section 9.6). */
const answered = (status: number) => new RegExp(`^(HTTP/1\\.1 ${status} |$)`);

/** Says all of it, whether or not anybody listens, and is sent away. */
async function isSentAway(
  { socket, isOver, heard }: Caller,
  bytes: Buffer = Buffer.alloc(0),
  times = 1,
): Promise<string> {
  await pour(socket, bytes, times);
  await expect.poll(isOver).toBe(true);
  return heard();
}
/** Clients that say more than anybody should have to hear. */
export function shoutingClients(stageNow: () => Stage): void {
  let stage: Stage;
  beforeAll(() => {
    stage = stageNow();
  });
  const jsonHeaders = () => ({ host: stage.host, 'content-type': 'application/json' });

  describe('a request that is too large is answered, and its connection closed', () => {
    const HEADERS = Buffer.from('x'.repeat(MEGABYTE));
    test('by its headers', async () => {
      const first = `GET / HTTP/1.1\r\n${headerLines({ host: stage.host })}x: `;
      for (const door of [stage.http, stage.hub]) {
        expect(await isSentAway(await call(door, first), HEADERS)).toMatch(answered(431));
      }
    });

    test('by the length it gives', async () => {
      const headers = { ...jsonHeaders(), 'content-length': String(100 * MEGABYTE) };
      const toFunctions = await call(stage.http, requestLines(`POST ${API_PATHS.signs}`, headers));
      expect(await isSentAway(toFunctions)).toMatch(/^HTTP\/1\.1 413 /);
      const toHub = await call(stage.hub, requestLines(postPath(), { ...headers, ...sensorToken() }));
      expect(await isSentAway(toHub)).toMatch(/^HTTP\/1\.1 413 /);
    });

    test('without a length', async () => {
      const headers = { ...jsonHeaders(), 'transfer-encoding': 'chunked' };
      const chunk = Buffer.from(`${MEGABYTE.toString(16)}\r\n${'x'.repeat(MEGABYTE)}\r\n`);
      const toFunctions = await call(stage.http, requestLines(`POST ${API_PATHS.signs}`, headers));
      expect(await isSentAway(toFunctions, chunk, 8)).toMatch(answered(413));
      const toHub = await call(stage.hub, requestLines(postPath(), { ...headers, ...sensorToken() }));
      expect(await isSentAway(toHub, chunk, 8)).toMatch(answered(413));
    });

    test('in crumbs, each of which costs a thousand times its size', async () => {
      const headers = { ...jsonHeaders(), 'transfer-encoding': 'chunked' };
      const lines = requestLines(`POST ${API_PATHS.signs}`, headers);
      const callers = await Promise.all(
        Array.from({ length: CRUMBLING_CALLERS }, () => call(stage.http, lines)),
      );
      const answers = await Promise.all(callers.map((caller) => isSentAway(caller, CRUMBS, 12)));
      for (const answer of answers) expect(answer).toMatch(answered(413));
    });

    const postPath = () => `POST /devices/${stage.sensor.id}/messages/events?api-version=2021-04-12`;
    const sensorToken = () => ({ authorization: sasTokenOf(stage.sensor) });
  });

  describe('MQTT that is too large is cut off', () => {
    test('before anybody knows who it is', async () => {
      const caller = await call(stage.hub);
      expect(await isSentAway(caller, Buffer.concat([CONNECT, LONGEST, Buffer.alloc(9_000)]))).toBe('');
    });

    test('and from a sensor that was let in', async () => {
      await isSentAway(await stage.sensorSocket(), Buffer.concat([PUBLISH, LONGEST, Buffer.alloc(MEGABYTE)]));
    });

    test('over a WebSocket', async () => {
      const lines = upgradeLines('/$iothub/websocket', { host: 'hub', 'sec-websocket-protocol': 'mqtt' });
      const frames = [hugeFrame(OPCODES.binary), compressedFrame(), fragmentedPing()];
      for (const frame of frames) {
        const caller = await call(stage.hub, lines);
        await expect.poll(caller.heard).toContain('101 Switching Protocols');
        await isSentAway(caller, frame);
      }
    });

    test('but a hundred thousand packets in one write are answered', async () => {
      const { socket } = await stage.sensorSocket();
      let answered = 0;
      socket.on('data', ({ length }) => {
        answered += length / 2;
      });
      socket.write(many(Buffer.from([0xc0, 0]), 20_000));
      await expect.poll(() => answered).toBe(20_000);
      socket.destroy();
    });
  });

  describe('a sign that was let in', () => {
    const shout = async (frames: Buffer) =>
      isSentAway(await stage.signSocket(), Buffer.concat([HANDSHAKE, frames]));

    test('is cut off for a frame that says to be endless, too long or compressed, or a ping in pieces', async () => {
      const tooLong = clientFrame('x', OPCODES.text, { claimedBytes: LONGEST_MESSAGE + 1n });
      const frames = [hugeFrame(OPCODES.text), tooLong, compressedFrame(), fragmentedPing()];
      for (const frame of frames) await shout(frame);
    });

    test('is cut off for one message in a hundred thousand pieces, and for a hundred thousand messages in one', async () => {
      const begun = clientFrame('x'.repeat(30_000), OPCODES.text, { isFinal: false });
      await shout(Buffer.concat([begun, many(clientFrame('', OPCODES.continuation, { isFinal: false }))]));
      await shout(clientFrame('\x1e'.repeat(30_000)));
    });

    test('may ping a hundred thousand times, or is cut off', async () => {
      const caller = await stage.signSocket();
      await pour(caller.socket, Buffer.concat([HANDSHAKE, many(clientFrame('', OPCODES.pong))]), 1);
      await pour(caller.socket, many(clientFrame('x'.repeat(125), OPCODES.ping), 10_000), 10);
      caller.socket.destroy();
    });

    test('that calls and calls and never reads is cut off', async () => {
      const { socket } = await stage.signSocket();
      const calls = clientFrame('{"type":1,"invocationId":"1","target":"x","arguments":[]}\x1e'.repeat(400));
      socket.pause();
      await pour(socket, HANDSHAKE, 1);
      await pour(socket, many(calls, 100), 20);
      // Its end is the last thing that it would read.
      socket.resume();
      await expect.poll(() => socket.destroyed).toBe(true);
    });
  });
}

const hugeFrame = (opcode: number) => clientFrame('x', opcode, { claimedBytes: 2n ** 63n });
const fragmentedPing = () => clientFrame('x', OPCODES.ping, { isFinal: false });
function compressedFrame(): Buffer {
  const frame = clientFrame('x');
  frame[0] = COMPRESSED_TEXT;
  return frame;
}
