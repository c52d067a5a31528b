import type { StoreDescription } from '../../cloud/contracts/store-description.ts';

/** A store with two doors and one sensor at each, in the group `demo`. */
export const calleMayor = (difference: Partial<StoreDescription> = {}): StoreDescription => ({
  name: 'Calle Mayor',
  timeZone: 'Europe/Madrid',
  limits: { soft: 52, hard: 60 },
  liveForSeconds: 90,
  storeGroups: ['demo'],
  doors: [
    { id: 'street', name: 'Street', sensors: [{ id: 'street-1', flipped: false }] },
    { id: 'arcade', name: 'Arcade', sensors: [{ id: 'arcade-1', flipped: false }] },
  ],
  ...difference,
});
