import { PATHS } from '../view/router.ts';

/** The pairing page; the new device takes over the place of the sign that it replaces. */
export const replaceLink = (signId: string): string => `${PATHS.pair}?replaces=${signId}`;
