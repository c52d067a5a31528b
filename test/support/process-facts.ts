import { readdirSync, readFileSync } from 'node:fs';

/** What the system knows of a process, on Linux. */
export type ProcessFacts = {
  readonly residentBytes: number;
  /** Its open files, connections among them. */
  readonly files: number;
};

export function processFacts(pid: number): ProcessFacts {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { residentBytes: Number(kilobytes) * 1_024, files: readdirSync(`/proc/${pid}/fd`).length };
}
