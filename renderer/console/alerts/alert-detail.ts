import { html, nothing, type TemplateResult } from 'lit';
import { clockSecondsWords, dayClockWords } from '../view/words.ts';
import type { AlertRow } from './alert-rows.ts';
import { eventWords } from './record-words.ts';
import { signsList } from './signs-list.ts';

const MAX_EVENTS = 12;
const DAY_MS = 86_400_000;

/** Who painted it and when, who did not and why, and what people did about it. */
export function alertDetail({ alert, events, content }: AlertRow, nowMs: number): TemplateResult {
  const { timeZone } = content.store;
  const at = (atMs: number) =>
    nowMs - atMs < DAY_MS ? clockSecondsWords(atMs, timeZone) : dayClockWords(atMs, timeZone);
  const painted = (alert.painted ?? []).filter(({ paintedAtMs }) => paintedAtMs !== null);
  const missed = (alert.painted ?? []).filter(({ paintedAtMs }) => paintedAtMs === null);
  return html`<div class="a-detail">
    ${
      alert.painted === undefined
        ? html`<section><h3>On the glass</h3><p class="q">The figure of the store says it on every sign that shows one. No row of the glass is meant for it.</p></section>`
        : html`${signsList('Painted by', painted, at, 'No sign has said so far that it painted it.')}
            ${missed.length === 0 && painted.length > 0 ? nothing : signsList('Not painted by', missed, at, 'No other sign belongs to this store.')}`
    }
    <section>
      <h3>Its record</h3>
      ${events.length === 0 ? html`<p class="q">Nothing more is on record.</p>` : nothing}
      <ol>${events
        .slice(0, MAX_EVENTS)
        .map((event) => html`<li><span class="tn">${at(event.atMs)}</span> ${eventWords(event)}</li>`)}</ol>
    </section>
  </div>`;
}
