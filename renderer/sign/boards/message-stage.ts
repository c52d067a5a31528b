import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { SignSettings } from '../sign-settings.ts';
import type { Glass } from '../view/letters.ts';
import { MessageTimes } from '../view/message-times.ts';
import type { MessageStand } from '../view/messages-now.ts';
import { type StoresNow, storeBoard } from './store-board.ts';

/** The board of the stores together with what an operator says. The page brings the elements of messages where there are any. */
export class MessageStage {
  readonly #times = new MessageTimes();

  /** What has the room of the board; null: there is no store to show, and nothing that takes its place. */
  board(
    stand: MessageStand | null,
    now: StoresNow,
    settings: SignSettings,
    room: Glass,
  ): TemplateResult | null {
    const told = stand === null ? null : this.#told(stand, now, settings, room);
    switch (stand?.form) {
      case 'full':
        return html`${keyed(
          stand.message.messageId,
          html`<message-full
            .message=${told?.message}
            .more=${told?.more}
            .until=${told?.until}
            .strings=${told?.strings}
            .second=${told?.second}
            .glass=${told?.glass}
            .now=${now}
            .settings=${settings}
          ></message-full>`,
        )}`;
      case 'column': {
        const column = html`${keyed(
          stand.message.messageId,
          html`<message-column
            .message=${told?.message}
            .more=${told?.more}
            .until=${told?.until}
            .strings=${told?.strings}
            .second=${told?.second}
            .glass=${told?.glass}
          ></message-column>`,
        )}`;
        return storeBoard(now, settings, room, column);
      }
      default:
        return storeBoard(now, settings, room);
    }
  }

  /** What stands below it. */
  below(
    stand: MessageStand | null,
    now: StoresNow,
    settings: SignSettings,
    glass: Glass,
  ): TemplateResult | typeof nothing {
    if (stand === null || (stand.form !== 'band' && stand.form !== 'strip')) return nothing;
    const told = this.#told(stand, now, settings, glass);
    return html`${keyed(
      stand.message.messageId,
      html`<message-band
        .form=${stand.form}
        .message=${told.message}
        .more=${told.more}
        .until=${told.until}
        .strings=${told.strings}
        .second=${told.second}
        .glass=${told.glass}
      ></message-band>`,
    )}`;
  }

  #told({ message, more }: MessageStand, now: StoresNow, settings: SignSettings, glass: Glass) {
    const { strings, second, far, near, panel } = settings;
    const until = this.#times.until(message, now, strings);
    const size = `${glass.widthPx} ${glass.heightPx} ${far} ${near} ${panel}`;
    return { message, more, until, strings, second, glass: size };
  }
}
