import type { Device, Devices } from '../state/devices.ts';
import { coversPath, isSignedWith, parseSasToken, type SasToken } from './sas-token.ts';

export type RegistryRight = 'read' | 'write';

/**
 * A shared access policy of the hub: whoever holds its key, base64, may use the registry.
 * `registryRead` and `registryReadWrite` in IoT Hub's words; both unless told otherwise.
 */
export type RegistryPolicy = {
  readonly name: string;
  readonly key: string;
  readonly rights?: readonly RegistryRight[];
};

export type RefusalReason =
  | 'malformed-token'
  | 'expired-token'
  | 'token-for-another-resource'
  | 'unknown-device'
  | 'disabled-device'
  | 'unknown-policy'
  | 'policy-without-this-right'
  | 'wrong-signature';

export type Refused = { readonly ok: false; readonly why: RefusalReason };
export type DeviceAccess = {
  readonly ok: true;
  readonly device: Device;
  /** Of its two keys, the one that signed. */
  readonly signedWith: string;
  readonly expiresAtMs: number;
};

/** Who may do what on this hub. */
export type HubAccess = {
  /** All names of this hub, in lower case. */
  readonly hubNames: ReadonlySet<string>;
  device(deviceId: string, token: string): DeviceAccess | Refused;
  /** `path` is what the request is about: `['devices', 'door-1']`. */
  registry(path: readonly string[], token: string, right: RegistryRight): { readonly ok: true } | Refused;
};

export function hubAccess(options: {
  readonly hubNames: ReadonlySet<string>;
  readonly devices: Devices;
  readonly registryPolicies: readonly RegistryPolicy[];
  readonly now: () => number;
}): HubAccess {
  const { hubNames, devices, registryPolicies, now } = options;

  /** A token that is in time and for this path. Its signature is not yet checked. */
  const fittingToken = (text: string, path: readonly string[]): SasToken | Refused => {
    const token = parseSasToken(text);
    if (token === undefined) return refused('malformed-token');
    if (token.expiresAtMs <= now()) return refused('expired-token');
    return coversPath(token, hubNames, path) ? token : refused('token-for-another-resource');
  };

  return {
    hubNames,
    device: (deviceId, text) => {
      const token = fittingToken(text, ['devices', deviceId]);
      if ('why' in token) return token;
      const device = devices.read(deviceId);
      if (device === undefined) return refused('unknown-device');
      const { primaryKey, secondaryKey, status } = device;
      const signedWith = [primaryKey, secondaryKey].find((key) => isSignedWith(token, key));
      if (signedWith === undefined) return refused('wrong-signature');
      if (status === 'disabled') return refused('disabled-device');
      return { ok: true, device, signedWith, expiresAtMs: token.expiresAtMs };
    },
    registry: (path, text, right) => {
      const token = fittingToken(text, path);
      if ('why' in token) return token;
      const policy = registryPolicies.find(({ name }) => name === token.policyName);
      if (policy === undefined) return refused('unknown-policy');
      if (!isSignedWith(token, policy.key)) return refused('wrong-signature');
      const isAllowed = policy.rights?.includes(right) ?? true;
      return isAllowed ? { ok: true } : refused('policy-without-this-right');
    },
  };
}

const refused = (why: RefusalReason): Refused => ({ ok: false, why });
