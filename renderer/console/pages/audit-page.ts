import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type AuditRow, auditSchema } from '../../../cloud/contracts/audit.ts';
import { API_PATHS } from '../../../cloud/contracts/http.ts';
import { ask, problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import type { Live } from '../live/live.ts';
import { saidChange } from '../view/audit-change.ts';
import { subjectOf } from '../view/audit-subject.ts';
import { actWords, whoWords } from '../view/audit-words.ts';
import { dayClockWords } from '../view/words.ts';

/** Who did what, the newest first. */
@customElement('audit-page')
export class AuditPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private rows: readonly AuditRow[] | null = null;
  @state() private hasMore = true;
  @state() private problem = '';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  protected override render(): TemplateResult {
    const { rows, problem } = this;
    return html`<header class="head"><div>
        <h1 tabindex="-1">Audit</h1>
        <p class="under">Every change by a person. Rows are never altered.</p>
      </div></header>
      ${problem === '' ? nothing : html`<p class="wrong" role="alert">${problem}</p>`}
      ${rows === null ? (problem === '' ? html`<p class="wait-words" role="status">Reading the rows</p>` : nothing) : this.#table(rows)}`;
  }

  #table(rows: readonly AuditRow[]): TemplateResult {
    if (rows.length === 0) return html`<p class="empty">Nothing was changed so far.</p>`;
    return html`<table class="list audit">
        <thead><tr>${['When', 'Who', 'What', 'To what', 'Change'].map((word) => html`<th scope="col">${word}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(
            (row) => html`<tr>
              <td class="c-when tn">${dayClockWords(row.atMs)}</td>
              <td class="c-who">${whoWords(row)}</td>
              <th scope="row" class="c-what">${actWords(row.act)}</th>
              <td class="c-subject">${this.#subject(row, rows)}</td>
              <td class="c-change">${saidChange(row)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${this.hasMore ? html`<div class="acts after-acts"><button class="btn" type="button" @click=${() => this.#read()}>Older rows</button></div>` : nothing}`;
  }

  #subject({ subject }: AuditRow, rows: readonly AuditRow[]): TemplateResult | string {
    const { overview = null, fleet = null } = this.live ?? {};
    const { words, path } = subjectOf(subject, { overview, fleet }, rows);
    return path === null ? words : html`<a class="under-line" href=${path}>${words}</a>`;
  }

  async #read(): Promise<void> {
    const last = this.rows?.at(-1)?.number;
    try {
      const { rows } = await ask(
        auditSchema,
        last === undefined ? API_PATHS.audit : `${API_PATHS.audit}?before=${last}`,
      );
      this.hasMore = rows.length > 0;
      this.rows = [...(this.rows ?? []), ...rows];
      this.problem = '';
    } catch (problem) {
      this.problem = problemWords(problem);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'audit-page': AuditPage;
  }
}
