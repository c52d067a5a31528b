import * as z from 'zod/mini';

/** Ids that people choose (stores, groups, doors): short, lower case, safe in a path and in a group name. */
export const idSchema = z
  .string()
  .check(
    z.regex(
      /^[a-z0-9][a-z0-9-]{0,62}$/,
      'expected 1 to 63 of a-z, 0-9 and -, starting with a letter or a digit',
    ),
  );

/** A subset of what IoT Hub allows in a device id, so that it needs no escaping in a topic or a path. */
export const sensorIdSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'expected 1 to 128 of letters, digits, . _ and -'));

/** `s-` and the RFC 7638 thumbprint of the sign's public key: the key is the identity. */
export const signIdSchema = z.string().check(z.regex(/^s-[A-Za-z0-9_-]{43}$/, 'expected a sign id'));

export const countSchema = z.int().check(z.nonnegative());
