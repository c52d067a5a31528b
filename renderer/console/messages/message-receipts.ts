import { html, nothing, type TemplateResult } from 'lit';
import type { ListedMessage, MessageReceipts } from '../../../cloud/contracts/message.ts';
import { signsList } from '../alerts/signs-list.ts';
import { clockSecondsWords, dayClockWords } from '../view/words.ts';
import { isInForce } from './message-words.ts';

const DAY_MS = 86_400_000;

/** Who painted it and when, and who did not and why. */
export function messageReceipts(
  receipts: MessageReceipts | undefined,
  message: ListedMessage,
  nowMs: number,
): TemplateResult {
  if (receipts?.message.messageId !== message.messageId) return html`<p class="q">Reading who painted it</p>`;
  const at = (atMs: number) => (nowMs - atMs < DAY_MS ? clockSecondsWords(atMs) : dayClockWords(atMs));
  const painted = receipts.signs.filter(({ paintedAtMs }) => paintedAtMs !== null);
  const missed = receipts.signs.filter(({ paintedAtMs }) => paintedAtMs === null);
  const stands = isInForce(message, nowMs);
  return html`<div class="a-detail m-detail">
    ${signsList('Painted by', painted, at, stands ? 'No sign has said so far that it painted it.' : 'No sign said that it painted it.')}
    ${missed.length === 0 && painted.length > 0 ? nothing : signsList('Not painted by', missed, at, 'No other sign is meant.')}
  </div>`;
}
