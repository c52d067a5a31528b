import type { Shape } from '../../design/shape.ts';
import type { DoorFace } from './door-face.ts';

/** Each state has an outline of its own. */
export const DOOR_SHAPES: Readonly<Record<DoorFace['state'], Shape>> = {
  open: 'tick',
  nearly: 'triangle',
  full: 'octagon',
  unknown: 'ring',
  closed: 'moon',
};
