import { html, nothing, type TemplateResult } from 'lit';
import type { PairingLook } from '../../../cloud/contracts/pairing.ts';
import '../elements/v-age.ts';
import type { Live } from '../live/live.ts';
import { screenWords } from './pairing-words.ts';

type Answers = { readonly matched: boolean; readonly onMatch: () => void; readonly onDiffer: () => void };

/** What stands under the code on the glass, to be compared by eye, and what the device says of itself. */
export const pairMatch = (
  look: PairingLook,
  live: Live,
  { matched, onMatch, onDiffer }: Answers,
): TemplateResult =>
  html`<div class="fpr">
      <b class="fp">${look.fingerprint}</b>
      <p>The same fingerprint stands under the code on the glass. If it differs, somebody else’s screen has this code: do not pair it.</p>
    </div>
    <dl class="facts">
      <div><dt>Screen</dt><dd>${screenWords(look)}</dd></div>
      <div><dt>Address</dt><dd>${look.address ?? 'not known'}</dd></div>
      <div><dt>Software</dt><dd>${look.about === null ? 'not said' : `${look.about.app}, ${look.about.platform}`}</dd></div>
      <div><dt>Heard</dt><dd><v-age .atMs=${look.heardAtMs} .clockOffsetMs=${live.clockOffsetMs}></v-age></dd></div>
    </dl>
    <p class="acts match">
      <button class="btn" type="button" aria-pressed=${matched} @click=${onMatch}>It matches</button>
      ${matched ? nothing : html`<button class="btn danger" type="button" @click=${onDiffer}>It does not match</button>`}
    </p>`;
