import { freshSchema, query, startPostgres } from '../support/postgres.ts';

export type CrashablePostgres = {
  readonly url: string;
  readonly description: string;
  /** Kills one of the server's processes that works for the cloud: a server of our own then ends all others and recovers. */
  crash(): Promise<void>;
  stop(): Promise<void>;
};

/** A schema on a PostgreSQL. One that is named by DATABASE_URL is somebody's: there only a connection is ended. */
export async function crashablePostgres(): Promise<CrashablePostgres> {
  const isOurs = !process.env.DATABASE_URL;
  const server = await startPostgres();
  const schema = await freshSchema(server.url);
  const name = new URL(schema.url).searchParams.get('application_name');
  const ofCloud = `from pg_stat_activity where application_name = '${name}' and pid <> pg_backend_pid() limit 1`;
  return {
    url: schema.url,
    description: server.description,
    async crash() {
      if (!isOurs) {
        await query(server.url, `select pg_terminate_backend(pid) ${ofCloud}`);
        return;
      }
      const [row] = await query(server.url, `select pid ${ofCloud}`);
      const pid = (row as { pid: number } | undefined)?.pid;
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    },
    async stop() {
      await schema.drop();
      await server.stop();
    },
  };
}
