import { html, nothing, type TemplateResult } from 'lit';
import type { Trouble } from '../../../cloud/contracts/feed.ts';
import type { SignSettings } from '../sign-settings.ts';
import type { AnswerShown } from '../view/answer-offer.ts';
import { doorFace } from '../view/door-face.ts';
import { DEFAULT_LETTERS, type Glass, tooSmallBeyond } from '../view/letters.ts';
import { type WallStore, wallTiles } from '../view/wall-tiles.ts';
import './manager-board.ts';

/** The stores of a sign at one moment. */
export type StoresNow = {
  readonly stores: readonly WallStore[];
  /** From before the sign started: never to be shown as live. */
  readonly remembered: boolean;
  readonly link: 'up' | 'down';
  /** Why there is no link, where that is known. */
  readonly trouble?: Trouble | undefined;
  /** Since the state was received. */
  readonly elapsedMs: number;
  /** Unix ms: as the sign's clock is set, and as the cloud's is; null: the cloud has not told. */
  readonly nowMs: number;
  readonly cloudNowMs: number | null;
  readonly answering?: AnswerShown | null;
};

/**
 * `settings` with the letters that this glass can hold; `column`: what takes the other column of a board for managers.
 * The page brings the boards of doors and walls, at once or where they are asked for.
 */
export function storeBoard(
  now: StoresNow,
  settings: SignSettings,
  glass: Glass,
  column: TemplateResult | null = null,
): TemplateResult | null {
  const [first] = now.stores;
  if (first === undefined) return null;
  switch (settings.board) {
    case 'manager':
      return managerBoard(now, first, settings, column);
    case 'door':
      return doorBoard(now, first, settings, glass);
    case 'wall':
      return wallBoard(now, settings, glass);
    default:
      return settings.board satisfies never;
  }
}

function managerBoard(
  now: StoresNow,
  { snapshot, trueAtMs }: WallStore,
  settings: SignSettings,
  column: TemplateResult | null,
): TemplateResult {
  const { strings } = settings;
  const readableTo = tooSmallBeyond(settings.askedFar, settings);
  const others = now.stores.length - 1;
  const small = readableTo === null ? '' : strings.readableTo(metres(readableTo, strings.language));
  return html`<manager-board
    ?remembered=${now.remembered}
    .snapshot=${snapshot}
    .elapsedMs=${now.elapsedMs}
    .nowMs=${now.nowMs}
    .cloudNowMs=${now.cloudNowMs}
    .heardAtMs=${trueAtMs ?? now.nowMs}
    .link=${now.link}
    .trouble=${now.trouble}
    .answering=${now.answering ?? null}
    .note=${small === '' && others > 0 ? strings.moreStores(others) : small}
    .strings=${strings}
    ?told=${column !== null}
    >${column ?? nothing}</manager-board
  >`;
}

function doorBoard(now: StoresNow, first: WallStore, settings: SignSettings, glass: Glass): TemplateResult {
  const { cloudNowMs } = now;
  const { snapshot } = first;
  return html`<door-board
    .face=${now.remembered ? { state: 'unknown' } : doorFace(snapshot, now.elapsedMs, cloudNowMs)}
    .place=${{ timeZone: snapshot.content.store.timeZone, cloudNowMs }}
    .words=${settings.words}
    .strings=${settings.strings}
    .second=${settings.second}
    .glass=${`${glass.widthPx} ${glass.heightPx} ${settings.far} ${settings.panel}`}
  ></door-board>`;
}

function wallBoard(now: StoresNow, settings: SignSettings, glass: Glass): TemplateResult {
  const { panel, far, strings } = settings;
  const largest = (DEFAULT_LETTERS.far / DEFAULT_LETTERS.panel) * panel;
  return html`<wall-board
    .tiles=${wallTiles(now.stores, now)}
    .nowMs=${now.nowMs}
    .cloudNowMs=${now.cloudNowMs}
    .glass=${glass}
    .letters=${far / largest}
    .link=${now.link}
    .trouble=${now.trouble}
    .strings=${strings}
  ></wall-board>`;
}

const metres = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(Math.floor(value * 10) / 10);
