import { API_PATHS } from '../../cloud/contracts/http.ts';
import type { CloudReady } from './cloud.ts';

const MAX_URLS = 3;

type Running = { readonly cloud: CloudReady; readonly data: string; readonly signUrl: string };

/** What is running, and where. */
export const whereWords = ({ cloud, data, signUrl }: Running): string =>
  aligned({
    Sign: signUrl,
    ...networkWords(cloud),
    'IoT hub': `${cloud.iotHub.hostName.replace(/:\d+$/, '')}:${cloud.iotHub.port} (MQTT over TLS, CA ${cloud.caFile})`,
    Data: data,
    Log: `${data}/cloud.log`,
  });

/** An authority is compared by its fingerprint where its file was carried to another device. */
function networkWords({ networkUrls, authority, caFile }: CloudReady): Readonly<Record<string, string>> {
  const isOnNetwork = networkUrls.length > 0;
  if (!isOnNetwork && !authority.isNew) return {};
  return {
    ...(isOnNetwork ? { 'On the network': networkUrls.slice(0, MAX_URLS).join('  ') } : {}),
    Authority: `${caFile}, SHA-256 ${authority.fingerprint}`,
  };
}

/** What curl needs to know. */
export const trustWords = ({ httpUrl, caFile }: Pick<CloudReady, 'httpUrl' | 'caFile'>): string =>
  httpUrl.startsWith('https:') ? ` --cacert ${caFile}` : '';

/** How to begin without the demonstration. */
export const beginWords = ({ cloud, signUrl }: Running): string => `
  Add a store; the answer holds the connection string of each new sensor:
    curl${trustWords(cloud)} -X PUT ${cloud.httpUrl}${API_PATHS.store('my-store')} \\
      -H 'x-functions-key: ${cloud.hostKey}' -H 'content-type: application/json' \\
      -d '{"name":"My store","timeZone":"Europe/Madrid","limits":{"soft":40,"hard":50},
           "storeGroups":["my-group"],"doors":[{"id":"front","name":"Front","sensors":[{"id":"front-1"}]}]}'

  Open ${signUrl}: how to give that sign its place is said here as soon as it has enrolled.
`;

function aligned(rows: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(rows).map((name) => name.length));
  return Object.entries(rows)
    .map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)
    .join('\n');
}
