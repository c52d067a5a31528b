/** What this list needs of a connection. */
export type LiveConnection = {
  /** Unix ms; the end of its token. */
  readonly expiresAtMs: number;
  /** Acknowledges what was sent before, then closes. */
  finish(why: string): void;
  /** Closes at once. */
  cut(why: string): void;
};

/** The open MQTT connections, at most one a device. */
export class ConnectedDevices {
  readonly #connections = new Map<string, LiveConnection>();

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
    older?.cut('a newer connection of the device');
  }

  remove(deviceId: string, connection: LiveConnection): void {
    if (this.#connections.get(deviceId) === connection) this.#connections.delete(deviceId);
  }

  cut(deviceId: string, why: string): void {
    this.#connections.get(deviceId)?.cut(why);
  }

  /** Ends those whose token is over, as IoT Hub does. */
  endExpired(nowMs: number): void {
    for (const connection of this.#connections.values()) {
      if (connection.expiresAtMs <= nowMs) connection.finish('token expired');
    }
  }
}
