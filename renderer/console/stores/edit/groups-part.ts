import { html, type TemplateResult } from 'lit';
import { icon } from '../../elements/icon.ts';
import { idOf } from '../new-store.ts';
import { type Form, partProblem } from './fields.ts';

/** Which signs show the store: those of its groups. */
export function groupsPart(form: Form, known: readonly string[]): TemplateResult {
  const { storeGroups } = form.draft;
  const all = [...new Set([...known, ...storeGroups])].toSorted((one, other) =>
    one.localeCompare(other, 'en'),
  );
  const toggle = (group: string) =>
    form.change(
      'storeGroups',
      storeGroups.includes(group) ? storeGroups.filter((one) => one !== group) : [...storeGroups, group],
    );
  const add = (event: Event) => {
    const field = (event.currentTarget as HTMLElement).closest('.add-group')?.querySelector('input');
    const group = idOf(field?.value ?? '', '');
    if (field == null || group === '') return;
    field.value = '';
    if (!storeGroups.includes(group)) toggle(group);
  };
  return html`<section class="card part" id="part-groups" aria-labelledby="part-groups-heading">
    <h2 id="part-groups-heading">Groups</h2>
    <p class="q">A sign belongs to a group and shows the stores of it.</p>
    ${partProblem(form, 'storeGroups')}
    <div class="groups-of">
      ${all.map(
        (group) =>
          html`<label class="check"><input type="checkbox" .checked=${storeGroups.includes(group)} @change=${() => toggle(group)} /><span>${group}</span></label>`,
      )}
    </div>
    <div class="ef short add-group">
      <div class="lab"><label for="f-new-group">Another group</label>
        <input class="in" id="f-new-group" autocomplete="off" maxlength="63" @keydown=${(
          event: KeyboardEvent,
        ) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add(event);
        }} /></div>
      <button class="btn" type="button" @click=${add}>${icon('plus')}Add the group</button>
    </div>
  </section>`;
}
