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
  /** Why it is disabled, in the words of who did it. */
  readonly statusReason: string | null;
  /** Unix ms; null if it never changed. */
  readonly statusUpdatedAtMs: number | null;
};

export type DeviceChange = {
  readonly status?: DeviceStatus;
  readonly statusReason?: string | null;
  /** When the change is made, by the clock of who makes it. */
  readonly atMs?: number;
  readonly keys?: DeviceKeys;
};

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
  /** The same after the keys of a device were replaced. */
  onRekeyed(listener: (deviceId: string) => void): () => void;
};

const COLUMNS = 'device_id, generation_id, etag, status, primary_key, secondary_key';
const STATUS_COLUMNS = 'status_reason, status_updated_at_ms';
/** Beside the devices, for databases that are older than it. */
const SELECT = `select ${COLUMNS}, ${STATUS_COLUMNS} from devices left join device_statuses using (device_id)`;

export function openDevices(database: DatabaseSync): Devices {
  const select = database.prepare(`${SELECT} where device_id = ?`);
  const selectFirst = database.prepare(`${SELECT} order by device_id limit ?`);
  const insert = database.prepare(
    `insert into devices (${COLUMNS}) values (?, ?, ?, ?, ?, ?) on conflict do nothing`,
  );
  const change = database.prepare(
    'update devices set etag = ?, status = ?, primary_key = ?, secondary_key = ? where device_id = ?',
  );
  const keepStatus = database.prepare(
    `insert or replace into device_statuses (device_id, ${STATUS_COLUMNS}) values (?, ?, ?)`,
  );
  const remove = database.prepare('delete from devices where device_id = ?');
  const removeStatus = database.prepare('delete from device_statuses where device_id = ?');
  const revoked = createListeners();
  const rekeyed = createListeners();
  const read = (deviceId: string) => {
    const row = select.get(deviceId);
    return row === undefined ? undefined : deviceOf(row);
  };

  return {
    read,
    create: (deviceId, { status = 'enabled', statusReason = null, keys = newKeys() } = {}) => {
      const generationId = randomBytes(GENERATION_BYTES).toString('base64url');
      const { primaryKey, secondaryKey } = keys;
      const { changes } = insert.run(deviceId, generationId, newEtag(), status, primaryKey, secondaryKey);
      if (changes === 0) return undefined;
      if (statusReason !== null) keepStatus.run(deviceId, statusReason, null);
      return read(deviceId);
    },
    list: (top) => selectFirst.all(top).map(deviceOf),
    update: (deviceId, asked) => {
      const before = read(deviceId);
      if (before === undefined) return undefined;
      const { status = before.status, statusReason = before.statusReason, keys } = asked;
      const { primaryKey, secondaryKey } = keys ?? before;
      const updatedAtMs =
        status === before.status ? before.statusUpdatedAtMs : (asked.atMs ?? before.statusUpdatedAtMs);
      keepStatus.run(deviceId, statusReason, updatedAtMs);
      change.run(newEtag(), status, primaryKey, secondaryKey, deviceId);
      if (asked.status === 'disabled') revoked.tell(deviceId);
      else if (keys !== undefined) rekeyed.tell(deviceId);
      return read(deviceId);
    },
    delete: (deviceId) => {
      removeStatus.run(deviceId);
      const deleted = remove.run(deviceId).changes > 0;
      if (deleted) revoked.tell(deviceId);
      return deleted;
    },
    onRevoked: revoked.add,
    onRekeyed: rekeyed.add,
  };
}

function createListeners() {
  const listeners = new Set<(deviceId: string) => void>();
  return {
    add: (listener: (deviceId: string) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tell: (deviceId: string) => {
      for (const listener of listeners) listener(deviceId);
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
    statusReason: row.status_reason == null ? null : String(row.status_reason),
    statusUpdatedAtMs: row.status_updated_at_ms == null ? null : Number(row.status_updated_at_ms),
  };
}
