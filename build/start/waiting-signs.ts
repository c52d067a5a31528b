import { setTimeout as pause } from 'node:timers/promises';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import type { HostApi } from '../demonstration/host-api.ts';
import type { CloudReady } from './cloud.ts';
import { trustWords } from './words.ts';

const LOOK_EVERY_MS = 2_000;

type Watch = {
  readonly api: Pick<HostApi, 'waitingSigns'>;
  readonly cloud: Pick<CloudReady, 'httpUrl' | 'caFile' | 'hostKey'>;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
};

/** Says once of each sign that waits for a place how to give it one, until the signal comes. */
export async function watchWaitingSigns({ api, cloud, say, signal }: Watch): Promise<void> {
  const said = new Set<string>();
  while (!signal.aborted) {
    // A cloud that is being started again is asked again.
    const waiting = await api.waitingSigns().catch(() => []);
    for (const signId of waiting.filter((signId) => !said.has(signId))) {
      said.add(signId);
      say(waitingWords(signId, cloud));
    }
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

const waitingWords = (signId: string, cloud: Watch['cloud']): string => `
  A sign waits for its place: ${signId}
    curl${trustWords(cloud)} -X PUT ${cloud.httpUrl}${API_PATHS.assignment(signId)} \\
      -H 'x-functions-key: ${cloud.hostKey}' -H 'content-type: application/json' \\
      -d '{"storeGroupId":"my-group"}'`;
