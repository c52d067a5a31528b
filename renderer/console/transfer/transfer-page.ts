import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import {
  MAX_TRANSFER_BYTES,
  TRANSFER_PATHS,
  type TransferAnswer,
  type TransferKind,
  transferKindSchema,
} from '../../../cloud/contracts/transfer.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import type { Live } from '../live/live.ts';
import { counted } from '../view/words.ts';
import './connection-strings.ts';
import { sendTable } from './send-table.ts';
import { transferResult } from './transfer-result.ts';
import { changesIn, KIND_WORDS, utf8Text } from './transfer-words.ts';

/** `fileName` null: typed or pasted. A file does not go through the field, which would change its line breaks. */
type Source = { readonly fileName: string | null; readonly text: string };
const NO_SOURCE: Source = { fileName: null, text: '' };

type Progress =
  | { readonly kind: 'open'; readonly problem: string }
  | { readonly kind: 'busy'; readonly words: string }
  | { readonly kind: 'checked'; readonly answer: TransferAnswer }
  | { readonly kind: 'imported'; readonly answer: TransferAnswer };
const OPEN: Progress = { kind: 'open', problem: '' };

/** Stores, doors, sensors and signs as tables, out and in. What is imported is what was checked, to the letter. */
@customElement('transfer-page')
export class TransferPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private kind: TransferKind = 'stores';
  @state() private source: Source = NO_SOURCE;
  @state() private progress: Progress = OPEN;
  /** Of every import since the page was opened: a key is shown once, so a second import must not take the first ones away. */
  @state() private created: TransferAnswer['createdSensors'] = [];
  @query('#transfer-file') private file!: HTMLInputElement | null;

  protected override render(): TemplateResult {
    const person = this.live?.person;
    if (person?.role !== 'admin' || person.storeIds !== null)
      return html`<p class="empty">Only an admin of all stores can import and export. Ask one of them.</p>`;
    const busy = this.progress.kind === 'busy';
    return html`<header class="head"><div>
        <h1 tabindex="-1">Import and export</h1>
        <p class="under">Tables as CSV, for a spreadsheet. An import never removes anything.</p>
      </div></header>
      <section class="card transfer-from">
        <label class="lab" for="transfer-kind">Table</label>
        <div class="transfer-which"><select id="transfer-kind" class="in" ?disabled=${busy} @change=${this.#chooseKind}>
          ${transferKindSchema.options.map(
            (kind) =>
              html`<option value=${kind} ?selected=${kind === this.kind}>${KIND_WORDS[kind]}</option>`,
          )}
        </select>
        <a class="btn" href=${TRANSFER_PATHS.export(this.kind)} download=${`${this.kind}.csv`}>Export ${KIND_WORDS[this.kind].toLowerCase()}</a></div>
        <p class="q">Start with an export: it has the columns that an import takes.</p>
        <label class="lab" for="transfer-file">A file to import</label>
        <input id="transfer-file" type="file" accept=".csv,text/csv" ?disabled=${busy} @change=${this.#chooseFile}>
        <label class="lab" for="transfer-text">Or paste the rows, with the header</label>
        <textarea id="transfer-text" class="in" rows="6" spellcheck="false" autocomplete="off" ?disabled=${busy}
          .value=${this.source.fileName === null ? this.source.text : ''} @input=${this.#paste}></textarea>
        <div class="acts">${this.#acts(busy)}</div>
        <p role="status" class="q">${this.progress.kind === 'busy' ? this.progress.words : ''}</p>
        ${this.progress.kind === 'open' && this.progress.problem !== '' ? html`<p class="wrong" role="alert">${this.progress.problem}</p>` : nothing}
      </section>
      ${this.#result()}
      ${this.created.length === 0 ? nothing : html`<connection-strings .created=${this.created}></connection-strings>`}`;
  }

  #acts(busy: boolean): TemplateResult {
    const { progress } = this;
    const ready = progress.kind === 'checked' && progress.answer.problems.length === 0;
    const changes = ready ? changesIn(progress.answer).length : 0;
    return html`<button class="btn" type="button" ?disabled=${busy || this.source.text === ''} @click=${this.#check}>Check</button>
      <button class="btn go" type="button" ?disabled=${!ready || changes === 0} @click=${this.#import}>${
        changes > 0 ? `Import ${counted(changes, 'change')}` : 'Import'
      }</button>`;
  }

  #result(): TemplateResult | typeof nothing {
    const { progress } = this;
    if (progress.kind !== 'checked' && progress.kind !== 'imported') return nothing;
    const { answer } = progress;
    return html`<section class="card" aria-labelledby="transfer-said">
      <h2 id="transfer-said" tabindex="-1">${titleOf(answer)}</h2>
      ${transferResult(answer)}
      ${
        answer.notYetPlaced.length === 0
          ? nothing
          : html`<p class="q">${counted(answer.notYetPlaced.length, 'sign')} could not be told. Each gets its place when it next connects.</p>`
      }
    </section>`;
  }

  readonly #chooseKind = (event: Event): void => {
    this.kind = transferKindSchema.parse((event.target as HTMLSelectElement).value);
    this.progress = OPEN;
  };

  readonly #paste = (event: Event): void => {
    this.#take({ fileName: null, text: (event.target as HTMLTextAreaElement).value });
    if (this.file !== null) this.file.value = '';
  };

  readonly #chooseFile = async (event: Event): Promise<void> => {
    const file = (event.target as HTMLInputElement).files?.[0];
    this.#take(NO_SOURCE);
    if (file === undefined) return;
    if (file.size > MAX_TRANSFER_BYTES)
      return this.#fail('The file is too large. Split it into tables of at most 1 MB.');
    const text = utf8Text(await file.arrayBuffer());
    if (this.file?.files?.[0] !== file) return;
    if (text === undefined)
      return this.#fail('The file is not in UTF-8. Save it as "CSV UTF-8" in your spreadsheet.');
    this.#take({ fileName: file.name, text });
  };

  readonly #check = async (): Promise<void> => {
    await this.#send(true, 'Checking the table.');
  };

  readonly #import = async (): Promise<void> => {
    await this.#send(false, 'Importing the table.');
  };

  async #send(dryRun: boolean, words: string): Promise<void> {
    const { kind, source } = this;
    this.progress = { kind: 'busy', words };
    try {
      const answer = await sendTable(kind, source.text, dryRun);
      this.created = [...this.created, ...answer.createdSensors];
      const isImported = !dryRun && answer.problems.length === 0;
      this.progress = { kind: isImported ? 'imported' : 'checked', answer };
      if (isImported) void this.live?.refresh();
      await this.updateComplete;
      this.querySelector<HTMLElement>('#transfer-said')?.focus();
    } catch (problem) {
      this.#fail(problemWords(problem));
    }
  }

  #take(source: Source): void {
    this.source = source;
    this.progress = OPEN;
  }

  #fail(problem: string): void {
    this.progress = { kind: 'open', problem };
  }
}

function titleOf(answer: TransferAnswer): string {
  const { dryRun, problems } = answer;
  if (problems.length > 0) return 'Nothing is imported while a row is wrong';
  if (changesIn(answer).length === 0) return 'The table changes nothing';
  return dryRun ? 'The table can be imported' : 'Imported';
}

declare global {
  interface HTMLElementTagNameMap {
    'transfer-page': TransferPage;
  }
}
