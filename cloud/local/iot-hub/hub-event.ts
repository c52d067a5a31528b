/** A device-to-cloud message as the hub hands it over: what IoT Hub puts on its Event Hubs-compatible endpoint. */
export type HubEvent = {
  readonly body: Buffer;
  /** Rises by one an event, also across restarts. */
  readonly sequenceNumber: number;
  readonly enqueuedAtMs: number;
  /** `iothub-connection-device-id`, `iothub-enqueuedtime`, `message-id`, ... spelled as IoT Hub does. */
  readonly systemProperties: Readonly<Record<string, string>>;
  /** The sender's own properties. */
  readonly properties: Readonly<Record<string, string>>;
};

/** Resolves once the batch is committed; only then is it acknowledged to the devices. */
export type DeliverBatch = (batch: readonly HubEvent[]) => Promise<void>;
