// Goes before a program (`node --import`): profiles it from `profile` on, and writes what it saw into the `file` of `profiled`.
import { writeFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector';
import { promisify } from 'node:util';
import * as z from 'zod';

const SAMPLED_EVERY_US = 500;

const messageSchema = z.union([
  z.object({ kind: z.literal('profile') }),
  z.object({ kind: z.literal('profiled'), file: z.string() }),
]);

const session = new Session();
const post = promisify(session.post.bind(session)) as (method: string, params?: object) => Promise<unknown>;

async function begin(): Promise<void> {
  session.connect();
  await post('Profiler.enable');
  await post('Profiler.setSamplingInterval', { interval: SAMPLED_EVERY_US });
  await post('Profiler.start');
}

async function end(file: string): Promise<void> {
  const { profile } = (await post('Profiler.stop')) as Profiler.StopReturnType;
  session.disconnect();
  writeFileSync(file, JSON.stringify(profile));
}

process.on('message', (message) => {
  const { data } = messageSchema.safeParse(message);
  if (data === undefined) return;
  const done = data.kind === 'profile' ? begin() : end(data.file);
  void done.then(() => process.send?.({ kind: `${data.kind}: done` }));
});
