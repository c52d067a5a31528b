import { MAX_KEPT_TOLD } from '../../../cloud/contracts/sensor.ts';
import { counted } from '../view/words.ts';

/** How many messages are kept of a sensor, as far as they are counted. */
export const keptWords = (kept: number, one = 'message'): string =>
  `${counted(kept, one)}${kept < MAX_KEPT_TOLD ? '' : ' or more'}`;
