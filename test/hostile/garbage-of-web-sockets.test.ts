import { describe, expect } from 'vitest';
import { createWebSocketDoor } from '../../cloud/local/iot-hub/web-socket-door.ts';
import { SIGNALR_LIMITS } from '../../cloud/local/signalr/signalr-limits.ts';
import { createUpgrade } from '../../cloud/local/signalr/transports/web-socket-upgrade.ts';
import { survivesGarbage } from '../support/garbage.ts';
import { clientFrame, OPCODES } from '../support/hostile-frames.ts';
import { heldRequest } from '../support/hostile-requests.ts';
import { HeldSocket } from '../support/hostile-socket.ts';

const LIMITS = { ...SIGNALR_LIMITS, clientMessageBytes: 256 };
const RECORD = '{"protocol":"json","version":1}\x1e';
const OPENING = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};
const BYE = Buffer.from([0x03, 0xe8, 0x62, 0x79, 0x65]);
const framesOf = (opcode: number, text: string) => [
  Buffer.concat([clientFrame(text, opcode), clientFrame('', OPCODES.close)]),
  Buffer.concat([
    clientFrame(text.slice(0, 9), opcode, { isFinal: false }),
    clientFrame('are you there', OPCODES.ping),
    clientFrame(text.slice(9), OPCODES.continuation),
    clientFrame(BYE, OPCODES.close),
  ]),
  clientFrame('x'.repeat(250), opcode),
];

describe('the frames of a WebSocket', () => {
  const upgrade = createUpgrade(LIMITS);
  survivesGarbage(
    'of a sign',
    async (bytes) => {
      const socket = new HeldSocket();
      const { request } = heldRequest({ headers: OPENING });
      let heard = '';
      let gone = 0;
      upgrade(request, socket, Buffer.alloc(0), (transport) =>
        transport.start({
          heard: (text = '') => {
            if (Buffer.byteLength(text) > LIMITS.clientMessageBytes) heard += 'too long';
          },
          ending: () => undefined,
          failed: (cause) => expect(cause).toBe('nothing that throws'),
          gone: () => {
            gone += 1;
          },
        }),
      );
      await socket.saysLast(bytes);
      if (gone !== 1 || heard !== '') expect(`${heard}, gone ${gone} times`).toBe('heard, and gone once');
    },
    framesOf(OPCODES.text, RECORD),
  );

  let came: Buffer[] = [];
  let faults = 0;
  let closed = 0;
  const hubDoor = createWebSocketDoor((stream) =>
    stream.listen({
      onData: (chunk) => void came.push(chunk),
      onFault: () => {
        faults += 1;
        stream.end();
      },
      onClose: () => {
        closed += 1;
      },
    }),
  );
  survivesGarbage(
    'of a sensor',
    async (bytes) => {
      came = [];
      faults = 0;
      closed = 0;
      const socket = new HeldSocket();
      const { request } = heldRequest({
        url: '/$iothub/websocket',
        headers: { ...OPENING, 'sec-websocket-protocol': 'mqtt' },
      });
      hubDoor(request, socket, Buffer.alloc(0), () => undefined);
      await socket.saysLast(bytes);
      const isFair = closed === 1 && came.every(Buffer.isBuffer);
      if (!isFair) expect({ came, faults, closed }).toBe('bytes, and one end');
    },
    framesOf(OPCODES.binary, 'an MQTT packet, or a part of one'),
  );
});
