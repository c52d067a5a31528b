/** Cameras write `-5:00` as well as `-05:00`. */
const WITH_OFFSET = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?:Z|([+-])(\d{1,2}):?(\d\d))$/;

/**
 * A device's ISO 8601 time as Unix ms; null where it says none, or only its local time: nobody told us its zone.
 */
export function deviceAtMs(time: string | undefined): number | null {
  const match = WITH_OFFSET.exec(time ?? '');
  if (match === null) return null;
  const [, local, sign, hours = '', minutes] = match;
  const atMs = Date.parse(
    sign === undefined ? `${local}Z` : `${local}${sign}${hours.padStart(2, '0')}:${minutes}`,
  );
  return Number.isNaN(atMs) ? null : atMs;
}
