import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type DayHours, WEEKDAYS } from '../../../../cloud/contracts/opening-hours.ts';
import { icon } from '../../elements/icon.ts';
import { dayWords } from '../history/past-pictures.ts';
import { WEEKDAY_WORDS } from '../hours-words.ts';
import { withAt } from './draft-path.ts';
import { checkField, type Form, partProblem, textField } from './fields.ts';
import { newDate } from './store-draft.ts';

const MAX_SPANS = 4;
const FIRST_SPAN = { opens: '09:00', closes: '20:00' };
const NEXT_SPAN = { opens: '', closes: '' };

/** When the store is open: each weekday, and dates that are different. */
export function hoursPart(form: Form): TemplateResult {
  const { hasHours, hours } = form.draft;
  const copies = () =>
    form.change('hours.week', {
      ...hours.week,
      ...Object.fromEntries(WEEKDAYS.slice(1, 5).map((day) => [day, hours.week.mon])),
    });
  return html`<section class="card part" id="part-hours" aria-labelledby="part-hours-heading">
    <h2 id="part-hours-heading">Opening hours</h2>
    ${checkField(form, 'hasHours', 'The signs say when the store is closed')}
    ${
      hasHours
        ? html`<ul class="days">
            ${WEEKDAYS.map(
              (day) => html`<li>${dayFields(form, `hours.week.${day}`, WEEKDAY_WORDS[day], hours.week[day])}
                ${day === 'mon' ? html`<button class="btn small-btn copy" type="button" @click=${copies}>Copy to all weekdays</button>` : nothing}</li>`,
            )}
          </ul>
          <p class="q">What closes at or before it opens closes on the next day.</p>
          <h3>Dates with other hours</h3>
          ${partProblem(form, 'hours.dates')}
          <ul class="days">
            ${repeat(
              hours.dates,
              ({ key }) => key,
              ({ date, hours: spans }, index) => html`<li class="of-date">
                ${textField(form, `hours.dates.${index}.date`, { label: 'Date', type: 'date' })}
                ${dayFields(form, `hours.dates.${index}.hours`, date === '' ? 'New date' : dayWords(date, 'long'), spans)}
                <button class="btn small-btn" type="button" @click=${() => form.change('hours.dates', hours.dates.toSpliced(index, 1))}>Remove<span class="unseen"> ${date}</span></button>
              </li>`,
            )}
          </ul>
          <button class="btn" type="button" @click=${() => form.change('hours.dates', [...hours.dates, newDate(form.draft)])}>${icon('plus')}Another date</button>`
        : nothing
    }
  </section>`;
}

function dayFields(form: Form, path: string, name: string, spans: DayHours): TemplateResult {
  const isOpen = spans.length > 0;
  const set = (changed: DayHours) => form.change(path, changed);
  return html`<fieldset class="day"><legend>${name}</legend>
    <label class="check"><input type="checkbox" aria-label=${`open, ${name}`} .checked=${isOpen} @change=${() => set(isOpen ? [] : [FIRST_SPAN])} /><span>open</span></label>
    ${partProblem(form, path)}
    ${isOpen ? nothing : html`<span class="q">Closed all day</span>`}
    <div class="spans">
      ${spans.map(
        (_, index) => html`<div class="span">
          ${textField(form, `${path}.${index}.opens`, { label: 'From', type: 'time' })}
          ${closesField(form, `${path}.${index}.closes`, spans[index]?.closes ?? '')}
          ${
            spans.length === 1
              ? nothing
              : html`<button class="btn small-btn" type="button" @click=${() => set(spans.toSpliced(index, 1))}>Remove<span class="unseen"> opening ${index + 1} of ${name}</span></button>`
          }
        </div>`,
      )}
      ${
        isOpen && spans.length < MAX_SPANS
          ? html`<button class="btn small-btn plain" type="button" @click=${() => set([...spans, NEXT_SPAN])}>${icon('plus')}Another opening<span class="unseen"> on ${name}</span></button>`
          : nothing
      }
    </div>
  </fieldset>`;
}

/** A field for a time of day knows no 24:00: midnight at the end of a day is shown as 00:00, which says the same. */
function closesField(form: Form, path: string, closes: string): TemplateResult {
  const shown = closes === '24:00' ? { ...form, draft: withMidnight(form, path) } : form;
  return textField(shown, path, { label: 'to', type: 'time' });
}

const withMidnight = ({ draft }: Form, path: string): Form['draft'] => withAt(draft, path, '00:00');
