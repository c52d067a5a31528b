import type { Brand } from '../../../cloud/contracts/brand.ts';
import { PALETTES, type Theme } from '../../design/palette.ts';
import { type CalmPalette, calmPalette } from './calm-palette.ts';
import { dimmed } from './dimmed.ts';

export type WornPalette = CalmPalette & {
  /** Under the name of the store; only a brand has it. */
  readonly accentRule: string;
};

const NOTHING = 'transparent';

/** What a sign has on: its theme, or on top of it the colours of its brand, less bright where it is dim. Null: just the theme. */
export function wornPalette(theme: Theme, brand: Brand | null, isDim: boolean): WornPalette | null {
  if (brand !== null) {
    const calm = isDim ? dimmed(brand) : brand;
    return { ...calmPalette(calm, theme), accentRule: calm.accent };
  }
  if (!isDim) return null;
  const { ground, ink, accent, closed, onClosed } = PALETTES[theme];
  const night = dimmed({ ground: closed, ink: onClosed, accent: onClosed });
  return {
    ...calmPalette(dimmed({ ground, ink, accent }), theme),
    closed: night.ground,
    onClosed: night.ink,
    alarmEdge: NOTHING,
    unknownEdge: NOTHING,
    accentRule: NOTHING,
  };
}
