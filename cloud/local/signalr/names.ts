// The patterns of the service's own description of its REST API, 2022-06-01; hubs have no case.
const HUB = /^[a-z][a-z0-9_`,.[\]]{0,127}$/;
const GROUP = /^(?!\s+$).{1,1024}$/;

/** The hub as the service spells it, or undefined if there can be no such hub. */
export function hubName(name: string | null): string | undefined {
  const lower = name?.toLowerCase();
  return lower !== undefined && HUB.test(lower) ? lower : undefined;
}

/** Several apps may share one service: each has hubs of its own, which the SDK calls `{application}_{hub}`. */
export function hubOfApplication(application: string | null, name: string): string | undefined {
  if (application === null || application === '') return hubName(name);
  return hubName(application) && hubName(name) && hubName(`${application}_${name}`);
}

export const isGroupName = (name: string): boolean => GROUP.test(name);
