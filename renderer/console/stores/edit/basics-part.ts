import { html, nothing, type TemplateResult } from 'lit';
import { timeZones } from '../new-store.ts';
import { checkField, type Form, numberField, radioFields, selectField, textField } from './fields.ts';

/** Name and clock. */
export const basicsPart = (form: Form): TemplateResult => {
  const zones = timeZones();
  const { timeZone } = form.draft;
  const known = zones.includes(timeZone) ? zones : [timeZone, ...zones];
  return html`<section class="card part" id="part-name" aria-labelledby="part-name-heading">
    <h2 id="part-name-heading">Name and clock</h2>
    <div class="ef">
      ${textField(form, 'name', { label: 'Store', max: 80 })}
      ${selectField(form, 'timeZone', { label: 'Time zone', options: known.map((zone) => [zone, zone.replaceAll('_', ' ')] as const) })}
    </div>
  </section>`;
};

export const limitsPart = (
  form: Form,
): TemplateResult => html`<section class="card part" id="part-limits" aria-labelledby="part-limits-heading">
  <h2 id="part-limits-heading">Limits</h2>
  <div class="ef short">
    ${numberField(form, 'limits.soft', { label: 'Nearly full from' })}
    ${numberField(form, 'limits.hard', { label: 'Full at' })}
    ${numberField(form, 'limits.staff', { label: 'Staff inside', hint: 'They take no place' })}
    ${numberField(form, 'limits.margin', { label: 'May be off by', hint: 'Places kept free' })}
  </div>
  <details class="more-fields"><summary>More</summary>
    <div class="ef short">
      ${numberField(form, 'limits.softDown', { label: 'Nearly full ends below', placeholder: 'the same' })}
      ${numberField(form, 'limits.hardDown', { label: 'Full ends below', placeholder: 'the same' })}
      ${numberField(form, 'limits.upAfterSeconds', { label: 'Fills after, seconds', hint: 'A moment is no state' })}
      ${numberField(form, 'limits.downAfterSeconds', { label: 'Empties after, seconds' })}
      ${numberField(form, 'liveForSeconds', { label: 'A door is silent after, seconds' })}
    </div>
  </details>
</section>`;

/** The daily reset, and when a dark sign alarms. */
export const nightPart = (form: Form): TemplateResult => {
  const { resetKind, alarmsDark } = form.draft;
  return html`<section class="card part" id="part-reset" aria-labelledby="part-reset-heading">
    <h2 id="part-reset-heading">Daily reset and dark signs</h2>
    ${radioFields(form, 'resetKind', 'The count is set anew', [
      ['inherit', 'as the groups of the store say'],
      ['daily', 'every day at a time of its own'],
      ['never', 'never by itself'],
    ])}
    ${
      resetKind === 'daily'
        ? html`<div class="ef short">${textField(form, 'dailyReset.at', { label: 'At', type: 'time' })}${numberField(form, 'dailyReset.to', { label: 'To, people' })}</div>`
        : nothing
    }
    <div class="ef short apart">
      ${checkField(form, 'alarmsDark', 'A dark sign raises an alert while the store is open')}
      ${alarmsDark ? numberField(form, 'signDarkAlarmMinutes', { label: 'After, minutes' }) : nothing}
    </div>
  </section>`;
};
