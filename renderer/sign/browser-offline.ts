/** The worker that keeps the page for when the cloud is away. Where there can be none, the page is one that needs the cloud. */
export async function keepPageOffline(
  workers: ServiceWorkerContainer | undefined,
  fetchedPaths: () => readonly string[],
): Promise<void> {
  if (workers === undefined) return;
  try {
    await workers.register('./offline-worker.js', { updateViaCache: 'none' });
    const { active } = await workers.ready;
    active?.postMessage(fetchedPaths());
  } catch {
    // Nothing on the glass depends on it.
  }
}

/** Of all that this page has fetched from its own origin so far. */
export const fetchedPaths = (timeline: Pick<Performance, 'getEntriesByType'>, origin: string): string[] =>
  timeline
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter((url) => url.origin === origin)
    .map(({ pathname }) => pathname);
