// The patterns of the service's own emulator; hubs have no case.
const HUB = /^[a-z][a-z0-9_`,.[\]]{0,127}$/;
const GROUP = /^\S{1,1024}$/;

/** The hub as the service spells it, or undefined if there can be no such hub. */
export function hubName(name: string | null): string | undefined {
  const lower = name?.toLowerCase();
  return lower !== undefined && HUB.test(lower) ? lower : undefined;
}

export const isGroupName = (name: string): boolean => GROUP.test(name);
