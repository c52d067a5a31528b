import { html, nothing, type TemplateResult } from 'lit';
import { counted } from '../../view/words.ts';

type Foot = {
  readonly effects: readonly string[];
  readonly isUnsaved: boolean;
  /** How many fields are wrong. */
  readonly wrong: number;
  readonly said: string;
  readonly isSending: boolean;
  readonly onDiscard: () => void;
};

/** What saving will do, and the buttons; it stays in sight. */
export function editFoot({ effects, isUnsaved, wrong, said, isSending, onDiscard }: Foot): TemplateResult {
  const problem =
    wrong > 0 ? `${counted(wrong, 'field')} ${wrong === 1 ? 'needs' : 'need'} another look.` : '';
  return html`<footer class="edit-foot">
    <div class="effects">
      ${said === '' ? nothing : html`<p class="wrong" role="alert">${said}</p>`}
      ${said !== '' || problem === '' ? nothing : html`<p class="wrong" role="alert">${problem}</p>`}
      ${
        effects.length > 0
          ? html`<ul aria-label="What saving will do">${effects.map((words) => html`<li>${words}</li>`)}</ul>`
          : html`<p class="q">${isUnsaved ? 'Not complete yet.' : 'Nothing is changed so far.'}</p>`
      }
    </div>
    <div class="acts">
      <button class="btn" type="button" ?disabled=${!isUnsaved} @click=${onDiscard}>Discard</button>
      <button class="btn go" type="submit" ?disabled=${isSending || !isUnsaved}>${isSending ? 'Saving' : 'Save the store'}</button>
    </div>
  </footer>`;
}
