import * as z from 'zod/mini';
import { idSchema, signIdSchema } from './identifiers.ts';
import { signAboutSchema, signSettingsSchema } from './sign-report.ts';

/** After RFC 8628, 6.1: twenty letters, no vowels to spell words with, nothing that looks like another. */
export const PAIRING_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
export const PAIRING_CODE_LENGTH = 8;

/** As a person types it: case, blanks and dashes do not matter. */
export const pairingCodeSchema = z.string().check(
  z.maxLength(32),
  z.overwrite((text) => text.toUpperCase().replace(/[\s-]/g, '')),
  z.regex(
    new RegExp(`^[${PAIRING_LETTERS}]{${PAIRING_CODE_LENGTH}}$`),
    'expected the 8 letters on the glass; there are no vowels and no digits among them',
  ),
);

/**
 * `POST /api/pairing/code`, with a sign's session: what the glass shows until somebody types it. The same code until it
 * ends; ask again then. `consoleUrl`: where it may be typed, null where no other machine reaches it.
 */
export const pairingOfferSchema = z.object({
  code: z.string(),
  fingerprint: z.string(),
  expiresInSeconds: z.int(),
  consoleUrl: z.nullable(z.string()),
});
export type PairingOffer = z.infer<typeof pairingOfferSchema>;

/** `POST /api/pairing/look`: a wrong code counts against who tries. */
export const pairingLookRequestSchema = z.strictObject({ code: pairingCodeSchema });

export const pairingLookSchema = z.object({
  signId: signIdSchema,
  fingerprint: z.string(),
  expiresInSeconds: z.int(),
  about: z.nullable(signAboutSchema),
  /** As the cloud sees it. */
  address: z.nullable(z.string()),
  heardAtMs: z.int(),
});
export type PairingLook = z.infer<typeof pairingLookSchema>;

/** `POST /api/pairing/claim`: gives the sign its place, or that of the sign it stands in for; the code is spent. */
export const pairingClaimSchema = z.union([
  z.strictObject({
    code: pairingCodeSchema,
    name: z.string().check(z.trim(), z.minLength(1, 'expected a name'), z.maxLength(80)),
    storeGroupId: idSchema,
    settings: z.optional(signSettingsSchema),
  }),
  /** Name, group, board, settings and history of that sign go to the new one; the old device is revoked. */
  z.strictObject({ code: pairingCodeSchema, replaces: signIdSchema }),
]);
export type PairingClaim = z.infer<typeof pairingClaimSchema>;

export const pairedSchema = z.object({ signId: signIdSchema, storeGroupId: idSchema });
export type Paired = z.infer<typeof pairedSchema>;

/**
 * The first four bytes of the key's thumbprint, `3F9A C271`: short enough to compare by eye. A sign id that is none gives
 * an empty text.
 */
export function fingerprintOf(signId: string): string {
  if (!signIdSchema.safeParse(signId).success) return '';
  const bytes = atob(signId.slice(2, 10).replace(/-/g, '+').replace(/_/g, '/'));
  const hex = [...bytes.slice(0, 4)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 4)} ${hex.slice(4)}`.toUpperCase();
}
