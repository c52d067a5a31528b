import type { Device } from '../state/devices.ts';

/** What this list needs of a connection. */
export type LiveConnection = {
  /** Unix ms; the end of its token. */
  readonly expiresAtMs: number;
  /** The key of the device that signed its token. */
  readonly signedWith: string;
  /** Unix ms; when the device last sent something to keep. */
  readonly lastActivityAtMs: number | undefined;
  /** Acknowledges what was sent before, then closes. */
  finish(why: string): void;
  /** Closes at once. */
  cut(why: string): void;
  /** Closes at once, and nothing more is taken from the device, its will neither. */
  revoke(why: string): void;
};

/** Unix ms; undefined for what has not happened since the hub started. */
export type DeviceTimes = {
  readonly connectionStateUpdatedAtMs?: number | undefined;
  readonly lastActivityAtMs?: number | undefined;
};

/** The open MQTT connections, at most one a device, and when devices came, went and spoke. */
export class ConnectedDevices {
  readonly #now: () => number;
  readonly #connections = new Map<string, LiveConnection>();
  readonly #times = new Map<string, DeviceTimes>();

  constructor(now: () => number) {
    this.#now = now;
  }

  has(deviceId: string): boolean {
    return this.#connections.has(deviceId);
  }

  all(): readonly LiveConnection[] {
    return [...this.#connections.values()];
  }

  /** The newest connection of a device wins. */
  add(deviceId: string, connection: LiveConnection): void {
    const older = this.#connections.get(deviceId);
    this.#connections.set(deviceId, connection);
    if (older === undefined) this.#stateChanged(deviceId);
    older?.cut('a newer connection of the device');
  }

  remove(deviceId: string, connection: LiveConnection): void {
    this.active(deviceId, connection.lastActivityAtMs);
    if (this.#connections.get(deviceId) !== connection) return;
    this.#connections.delete(deviceId);
    this.#stateChanged(deviceId);
  }

  /** A device has sent something at that time. */
  active(deviceId: string, atMs: number | undefined): void {
    const times = this.#times.get(deviceId);
    if (atMs === undefined || atMs < (times?.lastActivityAtMs ?? 0)) return;
    this.#times.set(deviceId, { ...times, lastActivityAtMs: atMs });
  }

  timesOf(deviceId: string): DeviceTimes {
    const times = this.#times.get(deviceId);
    const live = this.#connections.get(deviceId)?.lastActivityAtMs;
    return live === undefined ? { ...times } : { ...times, lastActivityAtMs: live };
  }

  /**
   * The registry has changed: who is deleted or disabled, or signed with a key that holds no longer, is cut.
   * A key may thus be replaced while the device lives on the other one.
   */
  recheck(deviceId: string, device: Device | undefined): void {
    const connection = this.#connections.get(deviceId);
    if (device === undefined) connection?.revoke('deleted');
    else if (device.status === 'disabled') connection?.revoke('disabled');
    else if (connection?.signedWith !== device.primaryKey && connection?.signedWith !== device.secondaryKey)
      connection?.revoke('its key was replaced');
    if (device === undefined) this.#times.delete(deviceId);
  }

  /** Ends those whose token is over, as IoT Hub does. */
  endExpired(nowMs: number): void {
    for (const connection of this.#connections.values()) {
      if (connection.expiresAtMs <= nowMs) connection.finish('token expired');
    }
  }

  #stateChanged(deviceId: string): void {
    this.#times.set(deviceId, { ...this.#times.get(deviceId), connectionStateUpdatedAtMs: this.#now() });
  }
}
