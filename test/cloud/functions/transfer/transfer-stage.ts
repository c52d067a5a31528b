import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import {
  type TransferAnswer,
  type TransferKind,
  transferAnswerSchema,
} from '../../../../cloud/contracts/transfer.ts';
import type { HubMessage } from '../../../../cloud/functions/hub-messages.ts';
import type { Caller } from '../../../../cloud/functions/people/caller.ts';
import { PlatformError } from '../../../../cloud/functions/platform/connection-string.ts';
import { exportTable } from '../../../../cloud/functions/transfer/export-table.ts';
import { importTable } from '../../../../cloud/functions/transfer/import-table.ts';
import type { Store } from '../../../../cloud/store/port.ts';
import { type CloudOnStore, cloudOn } from '../../../support/cloud-on-store.ts';

export const ANA: Caller = { personId: 'p-ana-12345', name: 'Ana', role: 'admin', storeIds: null };

/** A cloud with a registry that remembers its devices, and tables to send to it. */
export type TransferStage = {
  readonly cloud: CloudOnStore;
  readonly devices: Set<string>;
  readonly told: readonly HubMessage[];
  /** From now on the registry refuses this one. */
  refuse(deviceId: string): void;
  exported(kind: TransferKind, caller?: Caller): Promise<string>;
  ask(kind: string, body: string | Uint8Array, dryRun?: string, caller?: Caller): Promise<HttpResponseInit>;
  check(kind: TransferKind, csv: string | Uint8Array): Promise<TransferAnswer>;
  keep(kind: TransferKind, csv: string): Promise<TransferAnswer>;
};

export function transferStage(store: Store): TransferStage {
  const devices = new Set<string>();
  const refused = new Set<string>();
  const told: HubMessage[] = [];
  const cloud = cloudOn(store, {
    registry: {
      async createDevice(id) {
        if (refused.has(id)) throw new PlatformError('ERR_REGISTRY', 'IoT Hub said no');
        if (devices.has(id)) return { made: false };
        devices.add(id);
        return { made: true, connectionString: `HostName=hub;DeviceId=${id};SharedAccessKey=k` };
      },
      renewKeys: async () => undefined,
      hasDevice: async (id) => devices.has(id),
      listDevices: async () => [...devices],
      deleteDevice: async (id) => devices.delete(id),
    },
  });
  const ask: TransferStage['ask'] = async (kind, body, dryRun = 'true', caller = ANA) =>
    importTable(cloud.services, (_, messages) => void told.push(...messages))(
      new HttpRequest({
        method: 'POST',
        url: 'http://localhost/api',
        params: { kind },
        query: { dryRun },
        headers: { 'content-type': 'text/csv' },
        body: typeof body === 'string' ? { string: body } : { bytes: body },
      }),
      new InvocationContext(),
      caller,
    );
  return {
    cloud,
    devices,
    told,
    refuse: (id) => void refused.add(id),
    async exported(kind, caller = ANA) {
      const request = new HttpRequest({ method: 'GET', url: 'http://localhost/api', params: { kind } });
      const { body } = await exportTable(cloud.services)(request, new InvocationContext(), caller);
      return String(body);
    },
    ask,
    check: async (kind, csv) => transferAnswerSchema.parse((await ask(kind, csv)).jsonBody),
    keep: async (kind, csv) => transferAnswerSchema.parse((await ask(kind, csv, 'false')).jsonBody),
  };
}

/** What the answer says of each row: `2 new store:atocha`. */
export const saidOf = ({ changes }: TransferAnswer): string[] =>
  changes.map(({ row, what, subject }) => `${row} ${what} ${subject}`);

/** `3 soft: a whole number` */
export const wrongIn = ({ problems }: TransferAnswer): string[] =>
  problems.map(({ row, column, expected }) => `${row} ${column}: ${expected}`);
