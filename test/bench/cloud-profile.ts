import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { BUNDLES } from '../../build/bundles.ts';
import { ROOT } from '../../build/places.ts';
import type { TimeSpent } from './bench.ts';
import { COUNTING } from './counting-groups.ts';
import { type Group, type SourceOf, sampledMs, sharesOf } from './sampled.ts';

/** The embedded cloud's own parts, around the counting. */
const CLOUD: readonly Group[] = [
  {
    frame: /guarded-dialect\.ts#commitTransaction$/,
    what: 'SQLite: commits (journal, late rows, log synced)',
    holds: 'whole',
  },
  { frame: /\/cloud\/store\/(sqlite-statements|late-rows)\.ts#/, what: 'SQLite: other statements' },
  { frame: /\/@azure\/functions\//, what: 'the Functions library' },
  { frame: /\/cloud\/local\/functions-host\/http\//, what: 'HTTP: routes, requests, answers' },
  { frame: /\/cloud\/local\/functions-host\//, what: 'the functions host' },
  { frame: /\/cloud\/local\/iot-hub\//, what: 'MQTT: packets, stamps, acknowledgements' },
  { frame: /\/cloud\/local\/signalr\//, what: 'SignalR: tokens, connections, pushes' },
  {
    frame:
      /\/cloud\/functions\/(challenge|negotiate|checked-assertion|session-tokens|presence|upstream|people\/|fleet\/)/,
    what: 'signing in: nonce, signature, session, presence',
  },
  ...COUNTING,
  { frame: /^node:(_http|http|internal\/http)/, what: 'HTTP: routes, requests, answers', holds: 'weak' },
  { frame: /^node:(net|_tls|tls|internal\/(stream|tls))/, what: "Node's sockets", holds: 'weak' },
  { frame: /^#\(program\)$/, what: 'outside of JavaScript: the system, sockets, TLS' },
];

/** Builds the cloud with maps of its sources, so that a profile of it can be read. */
export async function mappedBuild(dist: string): Promise<void> {
  for (const { name, build } of BUNDLES) {
    if (name === 'functions' || name === 'cloud') await build(ROOT, dist, { sourceMaps: true });
  }
}

/** Goes before a mapped cloud that is to be profiled; it does nothing until it is asked. */
export const PROFILE_PROBE = ['--import', join(import.meta.dirname, 'peers/profile-probe.ts')];

/** Where the time of a mapped cloud goes while something is done to it, without what it idles. */
export async function spentDuring(
  cloud: ChildProcess,
  dist: string,
  work: () => Promise<unknown>,
): Promise<readonly TimeSpent[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-profile-'));
  const file = join(folder, 'cloud.cpuprofile');
  try {
    await asked(cloud, { kind: 'profile' });
    await work();
    await asked(cloud, { kind: 'profiled', file });
    const profile = JSON.parse(readFileSync(file, 'utf8')) as Profiler.Profile;
    return sharesOf(sampledMs(profile, CLOUD, sourcesIn(dist)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function asked(
  cloud: ChildProcess,
  message: { readonly kind: string; readonly file?: string },
): Promise<void> {
  const doneSchema = z.object({ kind: z.literal(`${message.kind}: done`) });
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the cloud ended with ${code}`));
    const listen = (answer: unknown) => {
      if (!doneSchema.safeParse(answer).success) return;
      cloud.off('message', listen).off('exit', ended);
      resolve();
    };
    cloud.on('message', listen).once('exit', ended);
    cloud.send(message);
  });
}

function sourcesIn(dist: string): SourceOf {
  const maps = new Map(
    ['cloud/index.mjs', 'functions/index.cjs'].map((file) => [
      basename(file),
      new SourceMap(JSON.parse(readFileSync(join(dist, `${file}.map`), 'utf8'))),
    ]),
  );
  return ({ url, lineNumber, columnNumber }) => {
    const entry = maps.get(basename(url))?.findEntry(lineNumber, columnNumber);
    return entry !== undefined && 'originalSource' in entry ? entry.originalSource : url;
  };
}
