import { expect } from '@playwright/test';
import { type Fleet, fleetSchema, type ListedSign } from '../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../cloud/contracts/http.ts';
import type { CloudProcess } from './cloud-process.ts';

const SOON = { timeout: 60_000 };

/** The signs of a cloud by the names that a test has for them. */
export type NamedSigns = {
  /** Names the sign that came last, once it is there. */
  nameNewest(name: string): Promise<void>;
  names(): readonly string[];
  assign(name: string, storeGroupId: string): Promise<void>;
  sign(name: string): Promise<ListedSign | undefined>;
  /** `stale: It shows an old figure, and says so.` */
  told(name: string): Promise<string>;
};

export function namedSigns(cloud: CloudProcess): NamedSigns {
  const ids = new Map<string, string>();
  const fleet = async (): Promise<Fleet> =>
    fleetSchema.parse(await (await cloud.call('GET', API_PATHS.fleet)).json());
  const sign = async (name: string) => (await fleet()).signs.find(({ signId }) => signId === ids.get(name));
  return {
    async nameNewest(name) {
      const isNew = ({ signId }: ListedSign) => ![...ids.values()].includes(signId);
      await expect.poll(async () => (await fleet()).signs.filter(isNew).length, SOON).toBe(1);
      ids.set(name, (await fleet()).signs.find(isNew)?.signId ?? '');
    },
    names: () => [...ids.keys()],
    async assign(name, storeGroupId) {
      await cloud.call('PUT', API_PATHS.assignment(ids.get(name) ?? ''), { storeGroupId });
    },
    sign,
    async told(name) {
      const found = await sign(name);
      return `${found?.state}: ${found?.why}`;
    },
  };
}
