import { FLEET_OPERATIONS } from './fleet-operations.ts';
import { MESSAGE_OPERATIONS } from './message-operations.ts';
import type { Operations } from './operation.ts';
import { PEOPLE_OPERATIONS } from './people-operations.ts';
import { PLATFORM_OPERATIONS } from './platform-operations.ts';
import { SENSOR_OPERATIONS } from './sensor-operations.ts';
import { SIGN_OPERATIONS } from './sign-operations.ts';
import { STORE_OPERATIONS } from './store-operations.ts';
import { TABLE_OPERATIONS } from './table-operations.ts';

/** Everything that can be called by HTTP, by subject. */
export const OPERATIONS: Readonly<Record<string, Operations>> = {
  Stores: STORE_OPERATIONS,
  Sensors: SENSOR_OPERATIONS,
  Fleet: FLEET_OPERATIONS,
  Messages: MESSAGE_OPERATIONS,
  People: PEOPLE_OPERATIONS,
  Tables: TABLE_OPERATIONS,
  Signs: SIGN_OPERATIONS,
  Platform: PLATFORM_OPERATIONS,
};
