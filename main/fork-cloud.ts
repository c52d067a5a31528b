import { join, resolve } from 'node:path';
import type { utilityProcess } from 'electron';
import type { ForkCloud } from './embedded-cloud.ts';
import type { Settings } from './settings.ts';

/** As `npm start` runs it: half of V8's young generation, which else is most of what a connected sign costs. */
const MEMORY_FLAGS = ['--max-semi-space-size=8'];

/**
 * The embedded cloud as a process of its own, from the built `dist`. In a package its files lie beside the archive: it
 * needs nothing of Electron's, and so not its way to read archives either.
 */
export function forkCloudFrom(
  utility: Pick<typeof utilityProcess, 'fork'>,
  dist: string,
  folder: string,
  { data, host, names = [], certificate, demonstrationStoreGroup }: Settings['embedded'],
): ForkCloud {
  const files = dist.replace(/\bapp\.asar\b/, 'app.asar.unpacked');
  return (ports) =>
    utility.fork(
      join(files, 'cloud/index.mjs'),
      [
        ...['--data', resolve(folder, data)],
        ...(host === undefined ? [] : ['--host', host]),
        ...names.flatMap((name) => ['--name', name]),
        ...(certificate === undefined
          ? []
          : [
              ...['--certificate', resolve(folder, certificate.chain)],
              ...['--certificate-key', resolve(folder, certificate.key)],
            ]),
        ...['--http-port', String(ports.http)],
        ...['--iot-hub-port', String(ports.iotHub)],
        ...['--functions-app', join(files, 'functions/index.cjs')],
        ...['--sign-page', join(files, 'sign')],
        ...['--console-page', join(files, 'console')],
        ...(demonstrationStoreGroup === undefined
          ? []
          : ['--demonstration-store-group', demonstrationStoreGroup]),
      ],
      { serviceName: 'vitrine-cloud', stdio: ['ignore', 'pipe', 'pipe'], execArgv: [...MEMORY_FLAGS] },
    );
}
