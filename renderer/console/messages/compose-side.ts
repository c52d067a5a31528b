import { html, nothing, type TemplateResult } from 'lit';
import type { Live } from '../live/live.ts';
import { isCounted } from '../signs/places.ts';
import { counted } from '../view/words.ts';
import { type MessageDraft, wordsOf } from './message-draft.ts';
import { type GlassStore, messageGlass } from './message-glass.ts';
import { type Reach, reachWords } from './message-reach.ts';

const MAX_LISTED = 8;

type Side = {
  readonly draft: MessageDraft;
  readonly live: Live;
  readonly reach: Reach;
  /** `15:30`; empty: not known yet. */
  readonly until: string;
  readonly problem: string;
  readonly isSending: boolean;
  readonly onLeave: () => void;
};

/** What it will look like, whom it reaches, and the button. */
export function composeSide(side: Side): TemplateResult {
  const { draft, live, reach, until, problem, isSending, onLeave } = side;
  const { priority, drill } = draft;
  const text = wordsOf(draft.text);
  const secondText = wordsOf(draft.secondText);
  const alarm = priority === 'alarm';
  const to = reach.signs === 0 ? '' : ` to ${counted(reach.signs, 'sign')}`;
  return html`<div class="compose-side">
    <section aria-labelledby="look-heading"><h2 id="look-heading">On the glass, about</h2>
      ${messageGlass({ text, secondText, priority, drill, until }, storeShown(draft, live))}</section>
    <section aria-labelledby="reach-heading"><h2 id="reach-heading">Whom it reaches</h2>
      <p class="reach" role="status">${reachWords(reach, draft)}</p>
      ${notShowing(reach)}</section>
    ${problem === '' ? nothing : html`<p class="wrong" role="alert">${problem}</p>`}
    <div class="acts">
      <button class="btn go" type="submit" ?disabled=${isSending}>${isSending ? 'Sending' : `Send${alarm ? ' the alarm' : ''}${to}`}</button>
      <button class="btn" type="button" @click=${onLeave}>Leave it</button>
    </div>
  </div>`;
}

function notShowing({ notShowing: signs }: Reach): TemplateResult | typeof nothing {
  if (signs.length === 0) return nothing;
  const more = signs.length - MAX_LISTED;
  return html`<h3>Will not show it <b>${signs.length}</b></h3>
    <ul class="not-showing">${signs
      .slice(0, MAX_LISTED)
      .map(({ name, why }) => html`<li><b>${name}</b><small>${why}</small></li>`)}</ul>
    ${more > 0 ? html`<p class="q">and ${more} more</p>` : nothing}`;
}

/** The first store of the scope, as it is now. */
function storeShown({ allSigns, groups }: MessageDraft, live: Live): GlassStore {
  const found = live.overview?.stores.find(
    ({ storeGroups }) => allSigns || groups.size === 0 || storeGroups.some((group) => groups.has(group)),
  )?.snapshot;
  if (found === undefined) return { name: 'Store', count: null, hard: 0 };
  const { store, count, limits } = found.content;
  const isKnown = isCounted(found, live.serverNowMs());
  return { name: store.name, count: isKnown ? count : null, hard: limits.hard };
}
