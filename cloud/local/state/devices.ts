import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

const KEY_BYTES = 32;
const ETAG_BYTES = 6;
const GENERATION_BYTES = 12;

export type DeviceStatus = 'enabled' | 'disabled';

/** Base64, as in a connection string. */
export type DeviceKeys = { readonly primaryKey: string; readonly secondaryKey: string };

/** `generationId` tells a device from an earlier one of the same id; `etag` changes with every change. */
export type Device = DeviceKeys & {
  readonly deviceId: string;
  readonly generationId: string;
  readonly etag: string;
  readonly status: DeviceStatus;
};

export type DeviceChange = { readonly status?: DeviceStatus; readonly keys?: DeviceKeys };

/** The identity registry of the embedded hub. */
export type Devices = {
  /** Enabled and with new keys unless told otherwise; undefined if the id is taken. */
  create(deviceId: string, change?: DeviceChange): Device | undefined;
  read(deviceId: string): Device | undefined;
  /** In order of id. */
  list(top: number): readonly Device[];
  /** Undefined if there is no such device. */
  update(deviceId: string, change: DeviceChange): Device | undefined;
  delete(deviceId: string): boolean;
  /** Calls the listener after a device was disabled or deleted, until the returned function is called. */
  onRevoked(listener: (deviceId: string) => void): () => void;
};

const COLUMNS = 'device_id, generation_id, etag, status, primary_key, secondary_key';

export function openDevices(database: DatabaseSync): Devices {
  const select = database.prepare(`select ${COLUMNS} from devices where device_id = ?`);
  const selectFirst = database.prepare(`select ${COLUMNS} from devices order by device_id limit ?`);
  const insert = database.prepare(
    `insert into devices (${COLUMNS}) values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
  );
  const change = database.prepare(
    'update devices set etag = ?, status = ?, primary_key = ?, secondary_key = ? where device_id = ?',
  );
  const remove = database.prepare('delete from devices where device_id = ?');
  const listeners = new Set<(deviceId: string) => void>();
  const revoked = (deviceId: string) => {
    for (const listener of listeners) listener(deviceId);
  };
  const read = (deviceId: string) => {
    const row = select.get(deviceId);
    return row === undefined ? undefined : deviceOf(row);
  };

  return {
    read,
    create: (deviceId, { status = 'enabled', keys = newKeys() } = {}) => {
      const generationId = randomBytes(GENERATION_BYTES).toString('base64url');
      const { primaryKey, secondaryKey } = keys;
      const { changes } = insert.run(deviceId, generationId, newEtag(), status, primaryKey, secondaryKey);
      return changes === 0 ? undefined : read(deviceId);
    },
    list: (top) => selectFirst.all(top).map(deviceOf),
    update: (deviceId, { status, keys }) => {
      const before = read(deviceId);
      if (before === undefined) return undefined;
      const { primaryKey, secondaryKey } = keys ?? before;
      change.run(newEtag(), status ?? before.status, primaryKey, secondaryKey, deviceId);
      if (status === 'disabled') revoked(deviceId);
      return read(deviceId);
    },
    delete: (deviceId) => {
      const deleted = remove.run(deviceId).changes > 0;
      if (deleted) revoked(deviceId);
      return deleted;
    },
    onRevoked: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const newEtag = () => randomBytes(ETAG_BYTES).toString('base64');
const newKey = () => randomBytes(KEY_BYTES).toString('base64');
const newKeys = (): DeviceKeys => ({ primaryKey: newKey(), secondaryKey: newKey() });

function deviceOf(row: Record<string, unknown>): Device {
  return {
    deviceId: String(row.device_id),
    generationId: String(row.generation_id),
    etag: String(row.etag),
    status: row.status === 'enabled' ? 'enabled' : 'disabled',
    primaryKey: String(row.primary_key),
    secondaryKey: String(row.secondary_key),
  };
}
