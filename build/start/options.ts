import { parseArgs } from 'node:util';

export type StartOptions = {
  /** A demonstration store with simulated sensors. */
  readonly demo: boolean;
  /** Show the sign, where there is a display. */
  readonly open: boolean;
  /** Full-screen; else in a window of the machine's browser. */
  readonly kiosk: boolean;
  readonly data: string;
  /** Where page, functions and hub listen. */
  readonly host: string;
  /** The hub, if elsewhere. */
  readonly iotHubHost: string | undefined;
  /** Further names of this machine. */
  readonly names: readonly string[];
  /** The owner's own, with its key. */
  readonly certificate: string | undefined;
  readonly certificateKey: string | undefined;
  /** `postgres://...`; else a file in the data folder. */
  readonly database: string | undefined;
  /** `03:30` or `off`; else the cloud's own hour. */
  readonly backUpAt: string | undefined;
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
  --iot-hub-port <port>  of the IoT hub, MQTT over TLS (8883)
  --host <address>       serve the network as well, by TLS: 0.0.0.0 on all addresses (127.0.0.1)
  --iot-hub-host <addr>  the same for the IoT hub alone
  --name <name>          by which signs and sensors call this machine; may be repeated
  --certificate <pem>, --certificate-key <pem>
                         a certificate of your own (chain) and its key
  --database <url>       postgres://...: the counts there, and not in ./data
  --back-up-at <time>    of the daily back-up by this machine's clock, or off (04:10)`;

const LOCAL_HOST = '127.0.0.1';
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
    host: values.host,
    iotHubHost: values['iot-hub-host'],
    names: values.name,
    certificate: values.certificate,
    certificateKey: values['certificate-key'],
    database: values.database,
    backUpAt: values['back-up-at'],
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
        host: { type: 'string', default: LOCAL_HOST },
        'iot-hub-host': { type: 'string' },
        name: { type: 'string', multiple: true, default: [] },
        certificate: { type: 'string' },
        'certificate-key': { type: 'string' },
        database: { type: 'string' },
        'back-up-at': { type: 'string' },
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
