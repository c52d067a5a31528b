/** Gives the host, as `--size`, the first of the sizes (the largest first, in % of the long edge) in which it fits; else the last. */
export function fitWords(host: HTMLElement, sizes: readonly number[], fits: () => boolean): void {
  for (const size of sizes) {
    host.style.setProperty('--size', String(size));
    if (fits()) return;
  }
}
