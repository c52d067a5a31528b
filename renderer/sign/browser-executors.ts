const KEY = 'vitrine-unanswered';

/** A page can load itself anew and no more. What it was asked outlives that in the memory of its tab. */
export function browserExecutors(
  memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  place: Pick<Location, 'reload'>,
) {
  return {
    // The page that comes answers; this one only has to wait for its end.
    reload: (): Promise<void> => {
      place.reload();
      return new Promise(() => {});
    },
    restart: null,
    screenshot: null,
    unanswered: {
      keep: async (commandId: string) => memory.setItem(KEY, commandId),
      take: async () => {
        const commandId = memory.getItem(KEY) ?? undefined;
        memory.removeItem(KEY);
        return commandId;
      },
    },
  };
}
