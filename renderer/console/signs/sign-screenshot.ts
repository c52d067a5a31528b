import { html, nothing, type TemplateResult } from 'lit';
import type { ListedSign } from '../../../cloud/contracts/fleet.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { sinceWords, spanWords } from '../view/words.ts';
import { nameOf } from './sign-words.ts';

type Pictured = Pick<ListedSign, 'signId' | 'name' | 'fingerprint' | 'screenshotAtMs'>;

/** The newest picture of a panel, when it was taken in words and as a link to its full size; nothing where there is none. */
export function signScreenshot(sign: Pictured, nowMs: number): TemplateResult | typeof nothing {
  const { screenshotAtMs } = sign;
  if (screenshotAtMs == null) return nothing;
  const at = sinceWords(screenshotAtMs, nowMs);
  return html`<figure class="shot">
    ${screenshotImage(sign, screenshotAtMs, nowMs)}
    <figcaption class="q">What its panel was sent at ${at}, ${spanWords(nowMs - screenshotAtMs)} ago.</figcaption>
  </figure>`;
}

/** The moment is in the address, so that a newer picture is asked for anew. */
export function screenshotImage(sign: Pictured, atMs: number, nowMs: number): TemplateResult {
  const path = `${API_PATHS.screenshot(sign.signId)}?at=${atMs}`;
  return html`<a href=${path} target="_blank" rel="noopener"
    ><img src=${path} @error=${hideAround} alt="The panel of ${nameOf(sign)} at ${sinceWords(atMs, nowMs)}, in full size" /></a
  >`;
}

/** It may be gone meanwhile, or show stores that are not theirs to see. */
function hideAround({ target }: Event): void {
  if (target instanceof Element) target.closest('figure, a')?.setAttribute('hidden', '');
}
