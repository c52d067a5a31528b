import { type StoreDescription, storeDescriptionSchema } from '../../cloud/contracts/store-description.ts';

/** A store with two doors and one sensor at each, in the group `demo`. */
export const CALLE_MAYOR = {
  name: 'Calle Mayor',
  timeZone: 'Europe/Madrid',
  limits: { soft: 52, hard: 60 },
  liveForSeconds: 90,
  storeGroups: ['demo'],
  doors: [
    { id: 'street', name: 'Street', sensors: [{ id: 'street-1' }] },
    { id: 'arcade', name: 'Arcade', sensors: [{ id: 'arcade-1' }] },
  ],
};

/** As an owner would write it, with what is left out filled in as the cloud does. */
export const calleMayor = (difference: object = {}): StoreDescription =>
  storeDescriptionSchema.parse({ ...CALLE_MAYOR, ...difference });
