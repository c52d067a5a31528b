import { parseArgs } from 'node:util';

export type StartOptions = {
  /** A demonstration store with simulated sensors. */
  readonly demo: boolean;
  /** Show the sign, where there is a display. */
  readonly open: boolean;
  /** Full-screen; else in a window of the machine's browser. */
  readonly kiosk: boolean;
  readonly data: string;
  readonly httpPort: number;
  readonly iotHubPort: number;
  readonly help: boolean;
};

/** For people; the code is stable. */
export class OptionError extends Error {
  readonly code = 'ERR_OPTION';
}

export const USAGE = `npm start -- [options]
  --no-demo              without the demonstration store and its simulated sensors
  --no-open              do not show the sign
  --no-kiosk             show the sign in a window, not full-screen
  --data <folder>        where everything is kept (./data)
  --http-port <port>     of the cloud's HTTP and SignalR (7071)
  --iot-hub-port <port>  of the IoT hub, MQTT over TLS (8883)`;

const LAST_PORT = 65_535;

/** Throws an OptionError that names the option which is unknown or wrong. */
export function startOptions(args: readonly string[]): StartOptions {
  const { values } = parsed(args);
  const httpPort = portOf('--http-port', values['http-port']);
  const iotHubPort = portOf('--iot-hub-port', values['iot-hub-port']);
  if (httpPort === iotHubPort && httpPort !== 0) {
    throw new OptionError(`--iot-hub-port: expected another port than --http-port, got ${iotHubPort}`);
  }
  if (values.data.trim() === '') throw new OptionError('--data: expected a folder, got nothing');
  return {
    demo: values.demo,
    open: values.open,
    kiosk: values.kiosk,
    data: values.data,
    httpPort,
    iotHubPort,
    help: values.help,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        demo: { type: 'boolean', default: true },
        open: { type: 'boolean', default: true },
        kiosk: { type: 'boolean', default: true },
        data: { type: 'string', default: './data' },
        'http-port': { type: 'string', default: '7071' },
        'iot-hub-port': { type: 'string', default: '8883' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new OptionError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function portOf(option: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= LAST_PORT) return port;
  throw new OptionError(
    `${option}: expected a port up to ${LAST_PORT}, or 0 for any that is free, got "${text}"`,
  );
}
