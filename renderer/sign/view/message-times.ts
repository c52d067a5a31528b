import type { ShownMessage } from '../../../cloud/contracts/message.ts';
import type { GlassStrings } from '../../design/strings/glass-strings.ts';
import { type LocalTime, localTime } from './local-time.ts';
import type { FootMoment } from './message-foot.ts';

const MINUTE_MS = 60_000;

/** Until when a message stands, by the cloud's clock and as the people in the store read it. */
export class MessageTimes {
  #known: { readonly key: string; readonly time: LocalTime } | undefined;

  /** Empty: the cloud's time is not known, or there is no store whose time it could be. */
  until(
    { endsInMs }: ShownMessage,
    { stores, cloudNowMs, elapsedMs }: Pick<FootMoment, 'stores' | 'cloudNowMs' | 'elapsedMs'>,
    { language, message }: GlassStrings,
  ): string {
    const [first] = stores;
    if (first === undefined || cloudNowMs === null) return '';
    // What was told a little later ends a little earlier: the minute stays.
    const endsAtMs = Math.round((cloudNowMs + endsInMs - elapsedMs) / MINUTE_MS) * MINUTE_MS;
    const { timeZone } = first.snapshot.content.store;
    return message.until(this.#timeIn(language, timeZone).soon(endsAtMs, cloudNowMs));
  }

  #timeIn(language: string, timeZone: string): LocalTime {
    const key = `${language} ${timeZone}`;
    if (this.#known?.key !== key) this.#known = { key, time: localTime(language, timeZone) };
    return this.#known.time;
  }
}
