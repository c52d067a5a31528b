import type { Realm, Shop } from './marks.ts';

/** `of`: the stores of what a call names; `into`: those of the group that something is put into. */
export type Aim = {
  readonly of: readonly Shop[] | 'nobody' | 'nothing';
  readonly into: readonly Shop[];
};

/** What a call is about. `none`: it names nothing. `missing`: what it names is not there. */
export const AIMS = {
  none: { of: [], into: [] },
  alpha: { of: ['alpha'], into: ['alpha'] },
  bravo: { of: ['bravo'], into: ['bravo'] },
  shared: { of: ['alpha', 'bravo'], into: ['alpha', 'bravo'] },
  loose: { of: 'nobody', into: ['alpha'] },
  missing: { of: 'nothing', into: ['alpha'] },
  'alpha into bravo': { of: ['alpha'], into: ['bravo'] },
  'bravo into alpha': { of: ['bravo'], into: ['alpha'] },
} as const satisfies Record<string, Aim>;
export type AimName = keyof typeof AIMS;

/** Whose thing a call of this aim names; undefined where it names nothing that is there. */
export function realmOf(aim: AimName): Realm | undefined {
  switch (aim) {
    case 'alpha':
    case 'bravo':
    case 'shared':
    case 'loose':
      return aim;
    case 'alpha into bravo':
      return 'alpha';
    case 'bravo into alpha':
      return 'bravo';
    case 'none':
    case 'missing':
      return undefined;
  }
}

/** The group that a call of this aim would put something into. */
export function intoRealmOf(aim: AimName): Exclude<Realm, 'loose'> {
  switch (aim) {
    case 'bravo':
    case 'alpha into bravo':
      return 'bravo';
    case 'shared':
      return 'shared';
    case 'alpha':
    case 'bravo into alpha':
    case 'loose':
    case 'none':
    case 'missing':
      return 'alpha';
  }
}
