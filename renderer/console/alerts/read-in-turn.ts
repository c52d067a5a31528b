/** As many questions are under way at once; the rest wait, so that a long list of stores does not crowd out the page. */
const AT_ONCE = 4;

/** Reads each that is asked for, the first asked first; one that is asked for again while it waits is read once. */
export function readInTurn(read: (id: string) => Promise<void>): (id: string) => void {
  const waiting = new Set<string>();
  let running = 0;
  const next = (): void => {
    const [id] = waiting;
    if (id === undefined || running >= AT_ONCE) return;
    waiting.delete(id);
    running += 1;
    void read(id).finally(() => {
      running -= 1;
      next();
    });
    next();
  };
  return (id) => {
    waiting.add(id);
    next();
  };
}
