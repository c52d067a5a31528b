import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { type FleetMessage, fleetMessageSchema } from '../../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { HUB_TARGETS } from '../../../cloud/contracts/hub-targets.ts';
import { consoleNegotiatedSchema, PERSON_HEADER } from '../../../cloud/contracts/person.ts';
import {
  type ProofMessage,
  proofMessageSchema,
  type Snapshot,
  snapshotSchema,
} from '../../../cloud/contracts/snapshot.ts';
import { ask } from '../api/ask.ts';

const SERVER_TIMEOUT_MS = 30_000;

export type HubListeners = {
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly onProof: (proof: ProofMessage) => void;
  readonly onFleet: (message: FleetMessage) => void;
  /** Something arrived that this page cannot read. */
  readonly onUnreadable: () => void;
  readonly onClosed: () => void;
};

/** One connection to the push service; it is not made again by itself. @throws ApiProblem, or what the client throws */
export async function openConsoleHub(
  personId: string,
  listeners: HubListeners,
): Promise<() => Promise<void>> {
  const { url, accessToken } = await ask(consoleNegotiatedSchema, API_PATHS.consoleNegotiate, {
    method: 'POST',
    headers: { [PERSON_HEADER]: personId },
  });
  const hub = new HubConnectionBuilder()
    .withUrl(url, {
      accessTokenFactory: () => accessToken,
      withCredentials: false,
      transport: HttpTransportType.WebSockets,
    })
    .configureLogging(LogLevel.None)
    .withServerTimeout(SERVER_TIMEOUT_MS)
    .build();
  const heard =
    <T>(schema: Readable<T>, tell: (message: T) => void) =>
    (argument: unknown) => {
      const parsed = schema.safeParse(argument);
      if (parsed.success) tell(parsed.data);
      else listeners.onUnreadable();
    };
  hub.on(HUB_TARGETS.snapshot, heard(snapshotSchema, listeners.onSnapshot));
  hub.on(HUB_TARGETS.proof, heard(proofMessageSchema, listeners.onProof));
  hub.on(HUB_TARGETS.fleet, heard(fleetMessageSchema, listeners.onFleet));
  hub.onclose(() => listeners.onClosed());
  await hub.start();
  return () => hub.stop();
}

type Readable<T> = {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
};
