import { statfsSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { DatabaseSync } from 'node:sqlite';

const FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x5846_5342, 'XFS'],
  [0x9123_683e, 'Btrfs'],
  [0x794c_7630, 'overlayfs'],
]);
const IN_MEMORY: readonly number[] = [0x0102_1994, 0x8584_58f6];

/** On what it was measured: without it, a figure says nothing. */
export function machine(folder: string): string {
  const [cpu] = cpus();
  const [load = 0] = loadavg();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const disk =
    FILE_SYSTEMS.get(statfsSync(folder).type) ?? `file system ${statfsSync(folder).type.toString(16)}`;
  return [
    `${cpu?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, ${memory}, ${disk}`,
    `Node ${process.versions.node}, SQLite ${sqliteVersion()}, ${process.platform} ${process.arch}`,
    `load ${load.toFixed(1)} before it began`,
  ].join('; ');
}

/** Where a sync means nothing, a durable commit costs nothing: such a folder must not be measured on. */
export const isInMemory = (folder: string): boolean => IN_MEMORY.includes(statfsSync(folder).type);

function sqliteVersion(): string {
  using database = new DatabaseSync(':memory:');
  return String(database.prepare('select sqlite_version() as version').get()?.version);
}
