/** The properties of a message: those the platform knows, by the names of the Event Hubs side, and the sender's own. */
export type PropertyBag = {
  readonly system: Readonly<Record<string, string>>;
  readonly own: Readonly<Record<string, string>>;
};

/** Of one message. IoT Hub limits their bytes only, which count as the message's. */
export const MAX_PROPERTIES = 1_000;

/** Short names in an MQTT topic, long names in the event. Short names that are not here are dropped. */
const SYSTEM_NAMES = new Map([
  ['$.mid', 'message-id'],
  ['$.cid', 'correlation-id'],
  ['$.uid', 'user-id'],
  ['$.ct', 'content-type'],
  ['$.ce', 'content-encoding'],
  ['$.ctime', 'iothub-creation-time-utc'],
  ['$.sub', 'dt-subject'],
]);

/**
 * Reads the end of an MQTT topic, `%24.mid=m-1&store=s%201`. The SDKs escape the dollar sign, the documentation
 * does not: both are read. What is badly escaped is taken as it stands; never throws. Undefined if there are too many.
 */
export function parsePropertyBag(text: string): PropertyBag | undefined {
  const pairs = text.split('&', MAX_PROPERTIES + 1);
  if (pairs.length > MAX_PROPERTIES) return undefined;
  const system: [string, string][] = [];
  const own: [string, string][] = [];
  for (const pair of pairs) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decoded(pair.slice(equals + 1));
    const systemName = SYSTEM_NAMES.get(name);
    if (systemName !== undefined) system.push([systemName, value]);
    else if (!name.startsWith('$.')) own.push([name, value]);
  }
  return { system: Object.fromEntries(system), own: Object.fromEntries(own) };
}

/** The same properties and one more of the sender's own. */
export const withOwn = (bag: PropertyBag, name: string, value: string): PropertyBag => ({
  ...bag,
  own: { ...bag.own, [name]: value },
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
