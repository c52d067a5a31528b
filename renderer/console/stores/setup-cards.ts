import { html, nothing, type TemplateResult } from 'lit';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import type { StoreDescription } from '../../../cloud/contracts/store-description.ts';
import { PATHS } from '../view/router.ts';
import { counted, numberWords } from '../view/words.ts';
import { dateLines, weekLines } from './hours-words.ts';
import type { ResetInForce } from './store-setup.ts';

const MAX_DATES = 4;

type Row = { readonly what: string; readonly value: string };
type Card = {
  readonly id: string;
  readonly heading: string;
  readonly note: string;
  readonly rows: readonly Row[];
};

/** Limits, hours and reset, as they are set. */
export function setupCards(
  description: StoreDescription | null,
  reset: ResetInForce | null,
  { today }: SnapshotContent,
  mayEdit: boolean,
  storeId: string,
): TemplateResult {
  if (description === null) return html``;
  const cards = [limitsOf(description), hoursOf(description, today.day), resetOf(reset)];
  return html`${cards.map(
    ({ id, heading, note, rows }) => html`<section class="card set" aria-labelledby=${`${id}-heading`}>
      <header><h2 id=${`${id}-heading`}>${heading}</h2>${note === '' ? nothing : html`<span class="q">${note}</span>`}
        ${mayEdit ? html`<a class="more under-line" href=${`${PATHS.editStore(storeId)}?part=${id}`}>Edit<span class="unseen"> ${heading.toLowerCase()}</span></a>` : nothing}</header>
      <dl>${rows.map(({ what, value }) => html`<div><dt>${what}</dt><dd>${value}</dd></div>`)}</dl>
    </section>`,
  )}`;
}

const limitsOf = ({ limits: { soft, hard, staff, margin } }: StoreDescription): Card => ({
  ...{ id: 'limits', heading: 'Limits', note: '' },
  rows: [
    { what: 'Nearly full from', value: numberWords(soft) },
    { what: 'Full at', value: numberWords(hard) },
    { what: 'Staff not counted', value: numberWords(staff) },
    { what: 'May be off by', value: numberWords(margin) },
  ],
});

function hoursOf({ hours, timeZone }: StoreDescription, today: string): Card {
  const base = { id: 'hours', heading: 'Hours', note: timeZone.replaceAll('_', ' ') };
  if (hours === undefined) return { ...base, rows: [{ what: 'Opening hours', value: 'Not told' }] };
  const dates = dateLines(hours, today);
  const more = dates.length - MAX_DATES;
  return {
    ...base,
    rows: [
      ...[...weekLines(hours), ...dates.slice(0, MAX_DATES)].map(({ when, hours: value }) => ({
        what: when,
        value,
      })),
      ...(more > 0 ? [{ what: `And ${counted(more, 'more date')}`, value: '' }] : []),
    ],
  };
}

function resetOf(inForce: ResetInForce | null): Card {
  const base = { id: 'reset', heading: 'Daily reset' };
  if (inForce === null) return { ...base, note: '', rows: [{ what: 'Reading it', value: '' }] };
  const { reset, group } = inForce;
  const note = group === null ? '' : `from the group ${group}`;
  if (reset === null) return { ...base, note, rows: [{ what: 'The count is never reset', value: '' }] };
  return {
    ...{ ...base, note },
    rows: [
      { what: 'Every day at', value: reset.at },
      { what: 'To', value: counted(reset.to, 'person', 'people') },
    ],
  };
}
