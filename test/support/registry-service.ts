import { request } from 'node:https';
import { sasToken } from './iot-hub.ts';

/** What a service connection string says: `HostName=...;SharedAccessKeyName=...;SharedAccessKey=...`. */
export type ServiceConnection = {
  readonly hostName: string;
  readonly policyName: string;
  readonly key: string;
  /** Of the authority to trust, where it is none of the world's. */
  readonly ca?: string;
};

export function serviceConnectionOf(connectionString: string): ServiceConnection {
  const field = (name: string) => {
    const value = new RegExp(`(?:^|;)${name}=([^;]+)`).exec(connectionString)?.[1];
    if (value === undefined) throw new Error(`the service connection string has no ${name}`);
    return value;
  };
  return {
    hostName: field('HostName'),
    policyName: field('SharedAccessKeyName'),
    key: field('SharedAccessKey'),
  };
}

export type RegistryAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
};

export type RegistryCall = {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly query?: string;
  readonly ifMatch?: string;
  /** In place of one that is made for the connection. */
  readonly token?: string;
};

/** One call of the registry's HTTP API, by what a connection string tells and nothing else. */
export function callRegistry(service: ServiceConnection, call: RegistryCall): Promise<RegistryAnswer> {
  const { hostName, policyName, key, ca } = service;
  const { method, body, query = 'api-version=2021-04-12', ifMatch } = call;
  const url = new URL(`https://${hostName}${call.path}?${query}`);
  const authorization = call.token ?? sasToken({ resource: hostName, key, policyName });
  const headers = {
    authorization,
    'content-type': 'application/json',
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false, ...(ca ? { ca } : {}) }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('error', reject);
      response.on('end', () => {
        const answer = text === '' ? undefined : JSON.parse(text);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer });
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
