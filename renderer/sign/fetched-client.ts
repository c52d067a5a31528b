type FetchOptions<Client> = {
  readonly load: () => Promise<Client>;
  /** Whether the cloud hands out the page. */
  readonly isCloudThere: () => Promise<boolean>;
  readonly pause: () => Promise<void>;
  /** Resolves when whoever has not answered by then is said to be away. */
  readonly late: () => Promise<void>;
  readonly reload: () => void;
  /** It could not be fetched, or not yet; it is tried again. */
  readonly onFailure: () => void;
};

/**
 * What speaks with the cloud is in files of its own, which come after the first picture. Fetches until they are there. A
 * cloud that hands out the page and not these files has been updated meanwhile: the page of today knows its own. Without
 * a cloud the page stays, with what it shows.
 */
export async function fetchedClient<Client>(options: FetchOptions<Client>): Promise<Client> {
  const isCloudThere = () => Promise.race([options.isCloudThere(), options.late().then(() => false)]);
  for (;;) {
    let isAwaited = true;
    void options.late().then(() => {
      if (isAwaited) options.onFailure();
    });
    try {
      return await options.load();
    } catch {
      options.onFailure();
    } finally {
      isAwaited = false;
    }
    await options.pause();
    if (await isCloudThere()) {
      const client = await options.load().catch(() => null);
      if (client !== null) return client;
      options.reload();
    }
  }
}
