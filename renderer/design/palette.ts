export type Theme = 'dark' | 'light';

/** Colours by the part they play. Ratios (WCAG 2) are held by a test. */
export type Palette = {
  readonly ground: string;
  /** Words and figures. */
  readonly ink: string;
  /** Of a shop: the line of the day. */
  readonly accent: string;
  /** Captions, and everything that is calm. */
  readonly ink2: string;
  /** Hairlines that carry nothing. */
  readonly rule: string;
  /** Shapes and the limit line; never words. */
  readonly mute: string;
  /** The open state's shape. */
  readonly markOpen: string;
  readonly markWarn: string;
  /** What is cut out of the warning, and its edge: on a light ground amber alone is too pale. */
  readonly warnInk: string;
  readonly warnEdge: string;
  readonly markAlarm: string;
  readonly alarm: string;
  readonly onAlarm: string;
  /** The two stripes of what is not known. */
  readonly unknown: string;
  readonly unknown2: string;
  readonly onUnknown: string;
  /** Fills of the board for customers, and the ink on each. */
  readonly open: string;
  readonly onOpen: string;
  readonly nearly: string;
  readonly onNearly: string;
  readonly full: string;
  readonly onFull: string;
  readonly closed: string;
  readonly onClosed: string;
  /** A store among many, as long as nothing is wrong. */
  readonly tile: string;
};

/** Evening: deep fills, light words. Grounds are not pure black or white: glare and image retention. */
const dark: Palette = {
  ground: '#101417',
  ink: '#E4E7E8',
  accent: '#E4E7E8',
  ink2: '#A7B0B6',
  rule: '#333B41',
  mute: '#6B757B',
  markOpen: '#A7B0B6',
  markWarn: '#F2A900',
  warnInk: '#101417',
  warnEdge: '#F2A900',
  markAlarm: '#FF7A55',
  alarm: '#9E2A00',
  onAlarm: '#FFFFFF',
  unknown: '#3A4045',
  unknown2: '#454C52',
  onUnknown: '#FFFFFF',
  open: '#00654A',
  onOpen: '#FFFFFF',
  // Bright in both themes: a deep amber is brown and says nothing.
  nearly: '#E69F00',
  onNearly: '#0B0F14',
  full: '#9E2A00',
  onFull: '#FFFFFF',
  closed: '#14202C',
  onClosed: '#FFFFFF',
  tile: '#1B2023',
};

/** Day: bright grounds, dark ink, to hold against sunlight on the glass. */
const light: Palette = {
  ground: '#EFF0ED',
  ink: '#1A1F22',
  accent: '#1A1F22',
  ink2: '#40484D',
  rule: '#C5C9C7',
  mute: '#6F787D',
  markOpen: '#40484D',
  markWarn: '#F2A900',
  warnInk: '#1A1F22',
  warnEdge: '#1A1F22',
  markAlarm: '#8F2600',
  alarm: '#9E2A00',
  onAlarm: '#FFFFFF',
  unknown: '#D3D7D8',
  unknown2: '#C2C7C9',
  onUnknown: '#0B0F14',
  open: '#35C796',
  onOpen: '#0B0F14',
  nearly: '#F2A900',
  onNearly: '#0B0F14',
  full: '#FF7548',
  onFull: '#0B0F14',
  closed: '#E3E5E2',
  onClosed: '#0B0F14',
  tile: '#E4E5E2',
};

export const PALETTES: Readonly<Record<Theme, Palette>> = { dark, light };
