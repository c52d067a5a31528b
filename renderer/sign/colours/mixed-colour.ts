type Rgb = readonly [red: number, green: number, blue: number];

const partsOf = (colour: string): Rgb => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return [red, green, blue];
};

/** `#rrggbb`; `share` of the second in the first, 0 to 1. */
export function mixed(one: string, other: string, share: number): string {
  const [from, to] = [partsOf(one), partsOf(other)];
  const parts = from.map((part, index) => Math.round(part + ((to[index] ?? 0) - part) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** The first of the shares, as they come, whose mixture passes; else the first colour as it is. */
export function mixedWhile(
  one: string,
  other: string,
  shares: readonly number[],
  passes: (mixture: string) => boolean,
): string {
  const mixtures = shares.map((share) => mixed(one, other, share));
  return mixtures.find(passes) ?? one;
}
