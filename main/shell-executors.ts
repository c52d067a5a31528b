import { join } from 'node:path';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { CommandExecutors } from '../cloud/client/command-runner.ts';
import type { Screenshot } from '../cloud/client/screenshot.ts';
import { removeForGood, writeAtomically } from './atomic-file.ts';
import { readSealed, sealed } from './sealed-json.ts';

export const UNANSWERED_FILE = 'unanswered-command.json';

type ShellExecutors = {
  readonly folder: string;
  /** The page anew. */
  readonly reload: () => Promise<void>;
  /** The program anew: it ends soon after. */
  readonly restart: () => void;
  /** What the panel is sent now. */
  readonly screenshot: () => Promise<Screenshot>;
  readonly log: Logger;
};

/** What the shell does when the cloud asks for it. The command that it may end with is in a file for the next start. */
export function shellExecutors({
  folder,
  reload,
  restart,
  screenshot,
  log,
}: ShellExecutors): CommandExecutors {
  const file = join(folder, UNANSWERED_FILE);
  return {
    reload() {
      log.info('the page is loaded anew, as it was asked for');
      return reload();
    },
    async restart() {
      log.info('the shell starts anew, as it was asked for');
      restart();
      // Its end is near; the next start answers.
      await new Promise(() => {});
    },
    async screenshot() {
      log.info('a picture of the panel is taken, as it was asked for');
      return screenshot();
    },
    unanswered: {
      keep: (commandId) => writeAtomically(file, sealed(commandId)),
      async take() {
        const kept = await readSealed(file, z.string());
        if (kept.kind !== 'absent') await removeForGood(file);
        return kept.kind === 'value' ? kept.value : undefined;
      },
    },
  };
}
