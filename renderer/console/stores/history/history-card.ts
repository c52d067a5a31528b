import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AlertEvent } from '../../../../cloud/contracts/alert.ts';
import type { CorrectionRecord } from '../../../../cloud/contracts/correction.ts';
import type { HistoryStep } from '../../../../cloud/contracts/history.ts';
import type { SnapshotContent } from '../../../../cloud/contracts/snapshot.ts';
import { problemWords } from '../../api/ask.ts';
import { LightElement } from '../../elements/light-element.ts';
import './history-chart.ts';
import { weekPicture, weeksPicture } from './past-pictures.ts';
import type { Gap, Picture, Span } from './picture.ts';
import { pictureTable } from './picture-table.ts';
import { csvPath, readHours } from './read-history.ts';
import { silentSpans } from './silent-spans.ts';
import { type Told, todayPicture, todayWords } from './today-picture.ts';

const READ_AGAIN_MS = 5 * 60_000;
const SPANS: readonly { readonly span: Span; readonly word: string }[] = [
  { span: 'today', word: 'Today' },
  { span: 'week', word: '7 days' },
  { span: 'weeks', word: '8 weeks' },
];
const PICTURES = { today: todayPicture, week: weekPicture, weeks: weeksPicture } as const;
const NOTHING: Readonly<Record<Span, string>> = {
  today: 'Nobody was counted today so far.',
  week: 'Nobody was counted in the last seven days.',
  weeks: 'Nobody was counted in the last eight weeks.',
};

/** The count of today, of seven days or of eight weeks, as a picture and as a table. */
@customElement('history-card')
export class HistoryCard extends LightElement {
  @property({ attribute: false }) content: SnapshotContent | undefined;
  @property({ attribute: false }) corrections: readonly CorrectionRecord[] = [];
  @property({ attribute: false }) events: readonly AlertEvent[] = [];
  /** The door that a sensor is at, in words. */
  @property({ attribute: false }) doorOf: (sensorId: string) => string = () => 'A door';
  @property({ attribute: false }) nowMs = 0;
  @state() private span: Span = 'today';
  @state() private hours: readonly HistoryStep[] | null = null;
  @state() private problem = '';
  @state() private isTableOpen = false;
  #readAtMs = 0;
  #readOf = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { content, nowMs } = this;
    if (content === undefined) return;
    const isOther = content.store.id !== this.#readOf;
    if (isOther) Object.assign(this, { hours: null, span: 'today', problem: '' });
    const isOld = nowMs - this.#readAtMs > READ_AGAIN_MS;
    if (isOther || isOld || (changed.has('corrections') && this.hours !== null)) void this.#read();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { content, span, hours } = this;
    if (content === undefined) return nothing;
    const told = this.#told(content);
    const picture = PICTURES[span](told);
    const isWaiting = hours === null && span !== 'today' && this.problem === '';
    return html`<section class="card history" aria-labelledby="history-heading">
      <header>
        <h2 id="history-heading">${SPANS.find((each) => each.span === span)?.word}</h2>${picture === null ? nothing : legend(picture)}
        <fieldset class="seg more">
          <legend class="unseen">How far back</legend>
          ${SPANS.map(
            (each) =>
              html`<label><input type="radio" name="span" .checked=${each.span === span} @change=${() => {
                this.span = each.span;
              }} />${each.word}</label>`,
          )}
        </fieldset>
      </header>
      ${
        picture === null
          ? html`<p class="q no-picture" role="status">${isWaiting ? 'Reading it' : NOTHING[span]}</p>`
          : html`<history-chart .picture=${picture} .words=${pictureWords(span, content, picture)}></history-chart>`
      }
      ${this.problem === '' ? nothing : html`<p class="wrong" role="alert">${this.problem}</p>`}
      <div class="under-chart">
        <details @toggle=${(event: Event) => {
          this.isTableOpen = (event.target as HTMLDetailsElement).open;
        }}><summary>The same as a table</summary>${this.isTableOpen ? this.#table(told) : nothing}</details>
        <a class="under-line q" download href=${csvPath(content.store.id, span, this.nowMs)}>Save as CSV<span class="unseen">, ${SPANS.find((each) => each.span === span)?.word}</span></a>
      </div>
    </section>`;
  }

  #told(content: SnapshotContent): Told {
    const gaps: readonly Gap[] = silentSpans(this.events, this.nowMs).map(({ source, from, until }) => ({
      ...{ from, until },
      words: `${this.doorOf(source)} silent`,
    }));
    return { content, hours: this.hours, corrections: this.corrections, gaps, nowMs: this.nowMs };
  }

  #table(told: Told): TemplateResult {
    if (told.hours === null) return html`<p class="q">Reading it</p>`;
    const { columns, rows } = pictureTable(this.span, told);
    return html`<div class="table-place" tabindex="0" role="region" aria-label="The numbers of the picture">
      <table class="numbers"><thead><tr>${columns.map((word) => html`<th scope="col">${word}</th>`)}</tr></thead>
        <tbody>${rows.map(
          ([first, ...cells]) =>
            html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
        )}</tbody>
      </table></div>`;
  }

  async #read(): Promise<void> {
    const storeId = this.content?.store.id ?? '';
    this.#readOf = storeId;
    this.#readAtMs = this.nowMs;
    try {
      const hours = await readHours(storeId, this.nowMs);
      if (this.content?.store.id !== storeId) return;
      this.hours = hours;
      this.problem = '';
    } catch (problem) {
      this.problem = problemWords(problem);
    }
  }
}

const LEGEND_LOOKS = { main: 'l-main', raw: 'l-raw', usual: 'l-usual', bars: 'l-bars' } as const;

const legend = ({ lines, gaps }: Picture): TemplateResult => html`<span class="leg" aria-hidden="true">
  ${lines.map(({ look, word }) => html`<span><i class=${LEGEND_LOOKS[look]}></i>${word}</span>`)}
  ${gaps.length === 0 ? nothing : html`<span><i class="l-gap"></i>not known</span>`}
</span>`;

function pictureWords(span: Span, content: SnapshotContent, { marks, gaps }: Picture): string {
  if (span === 'today') {
    const corrected =
      marks.length === 0 ? '' : ` Put right ${marks.length === 1 ? 'once' : `${marks.length} times`}.`;
    const silent =
      gaps.length === 0 ? '' : ` ${[...new Set(gaps.map(({ words }) => words))].join(', ')} for a while.`;
    return `${todayWords(content)}${corrected}${silent}`;
  }
  return span === 'week'
    ? 'How many were inside in the last seven days, by the hour. The table below has the numbers.'
    : 'How many came and the most that were inside, in the last eight weeks by the day. The table below has the numbers.';
}

declare global {
  interface HTMLElementTagNameMap {
    'history-card': HistoryCard;
  }
}
