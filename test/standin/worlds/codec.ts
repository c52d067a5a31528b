/** Where functions and promises are kept while another world holds a proxy of them. */
export type Keep = (live: unknown) => string;
/** What a proxy of them is made with. */
export type Revive = {
  readonly function: (id: string) => unknown;
  readonly promise: (id: string) => unknown;
};
export type Codec = {
  /** As JSON can carry it. Throws on what cannot be cloned. */
  encode(value: unknown, keep?: Keep): unknown;
  decode(wire: unknown, revive?: Revive): unknown;
};

/**
 * Structured clone, as far as the bridge needs it, as tagged JSON: `{ $: 'date', v: 0 }`.
 * It also runs in the page, from its source text, so it may use nothing from outside itself.
 */
export function createCodec(): Codec {
  type Tagged = { readonly $: string; readonly v: unknown };
  const tagged = ($: string, v: unknown): Tagged => ({ $, v });
  const uncloneable = () => new Error('An object could not be cloned.');

  const encode = (value: unknown, keep?: Keep): unknown => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : tagged('number', String(value));
      case 'undefined':
        return tagged('undefined', null);
      case 'bigint':
        return tagged('bigint', String(value));
      case 'object':
        return value === null ? null : encodeObject(value, keep);
      case 'function':
        if (keep !== undefined) return tagged('function', keep(value));
        throw uncloneable();
      default:
        throw uncloneable();
    }
  };

  const encodeObject = (value: object, keep?: Keep): unknown => {
    const inner = (item: unknown) => encode(item, keep);
    if (Array.isArray(value)) return value.map(inner);
    if (value instanceof Date) return tagged('date', value.getTime());
    if (value instanceof Map) return tagged('map', [...value].map(inner));
    if (value instanceof Set) return tagged('set', [...value].map(inner));
    if (value instanceof Uint8Array) return tagged('bytes', [...value]);
    if (value instanceof Error) return tagged('error', [value.name, value.message]);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) throw uncloneable();
    if ('then' in value && typeof value.then === 'function') {
      if (keep !== undefined) return tagged('promise', keep(value));
      throw uncloneable();
    }
    const entries = Object.entries(value).map(([name, item]) => [name, inner(item)]);
    return '$' in value ? tagged('object', entries) : Object.fromEntries(entries);
  };

  const decode = (wire: unknown, revive?: Revive): unknown => {
    const inner = (item: unknown) => decode(item, revive);
    if (typeof wire !== 'object' || wire === null) return wire;
    if (Array.isArray(wire)) return wire.map(inner);
    if ('$' in wire) return decodeTagged(wire as Tagged, revive);
    return Object.fromEntries(Object.entries(wire).map(([name, item]) => [name, inner(item)]));
  };

  const decodeTagged = ({ $, v }: Tagged, revive?: Revive): unknown => {
    const items = () => (v as unknown[]).map((item) => decode(item, revive));
    switch ($) {
      case 'number':
        return Number(v);
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(v as string);
      case 'date':
        return new Date(v as number);
      case 'map':
        return new Map(items() as [unknown, unknown][]);
      case 'set':
        return new Set(items());
      case 'bytes':
        return new Uint8Array(v as number[]);
      case 'error': {
        const [name, message] = v as [string, string];
        return Object.assign(new Error(message), { name });
      }
      case 'object':
        return Object.fromEntries(items() as [string, unknown][]);
      case 'function':
        return revive?.function(v as string);
      case 'promise':
        return revive?.promise(v as string);
      default:
        throw uncloneable();
    }
  };

  return { encode, decode };
}
