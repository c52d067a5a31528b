import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { sensorModelSchema } from '../../../../cloud/contracts/sensor-model.ts';
import { STREET } from '../../../../cloud/contracts/store-description.ts';
import { icon } from '../../elements/icon.ts';
import { checkField, type Form, numberField, partProblem, selectField, textField } from './fields.ts';
import {
  type DoorDraft,
  newDoor,
  newSensor,
  newZone,
  type SensorDraft,
  type ZoneDraft,
} from './store-draft.ts';

const MAX_DOORS = 16;
const MAX_ZONES = 12;
const MAX_SENSORS = 32;

/** What is removed is asked for first. */
export type RemovePlace = (kind: 'zones' | 'doors', index: number) => void;

export function zonesPart(form: Form, remove: RemovePlace): TemplateResult {
  const { zones } = form.draft;
  return html`<section class="card part" id="part-zones" aria-labelledby="part-zones-heading">
    <h2 id="part-zones-heading">Zones</h2>
    <p class="q">Parts of the store with a count of their own. Without zones the store is one.</p>
    ${partProblem(form, 'zones')}
    <div class="spots">
      ${repeat(
        zones,
        ({ key }) => key,
        (zone, index) => zoneItem(form, zone, index, () => remove('zones', index)),
      )}
    </div>
    ${zones.length < MAX_ZONES ? html`<button class="btn" type="button" data-add="zones" @click=${() => form.change('zones', [...zones, newZone(form.draft)])}>${icon('plus')}Another zone</button>` : nothing}
  </section>`;
}

function zoneItem(
  form: Form,
  { name, hasLimits, sensors }: ZoneDraft,
  index: number,
  remove: () => void,
): TemplateResult {
  const path = `zones.${index}`;
  const called = name || `zone ${index + 1}`;
  return html`<div class="spot" role="group" aria-label=${called}>
    <div class="ef">
      ${textField(form, `${path}.name`, { label: 'Zone', max: 80 })}
      <button class="btn" type="button" @click=${remove}>Remove<span class="unseen"> ${called}</span></button>
    </div>
    ${checkField(form, `${path}.hasLimits`, 'has limits of its own')}
    ${hasLimits ? html`<div class="ef short">${numberField(form, `${path}.limits.soft`, { label: 'Nearly full from' })}${numberField(form, `${path}.limits.hard`, { label: 'Full at' })}</div>` : nothing}
    <details class="more-fields" ?open=${sensors.length > 0}><summary>Sensors above the whole zone</summary>
      <p class="q">They say how many are in it; its doors then do not.</p>
      ${sensorList(form, `${path}.sensors`, sensors, called, false)}
    </details>
  </div>`;
}

export function doorsPart(form: Form, remove: RemovePlace): TemplateResult {
  const { doors } = form.draft;
  return html`<section class="card part" id="part-doors" aria-labelledby="part-doors-heading">
    <h2 id="part-doors-heading">Doors</h2>
    <p class="q">A door joins the street and the store, or two zones. A sensor that is new gets its connection string when you save.</p>
    ${partProblem(form, 'doors')}
    <div class="spots">
      ${repeat(
        doors,
        ({ key }) => key,
        (door, index) => doorItem(form, door, index, () => remove('doors', index)),
      )}
    </div>
    ${doors.length < MAX_DOORS ? html`<button class="btn" type="button" data-add="doors" @click=${() => form.change('doors', [...doors, newDoor(form.draft)])}>${icon('plus')}Another door</button>` : nothing}
  </section>`;
}

function doorItem(
  form: Form,
  { name, sensors }: DoorDraft,
  index: number,
  remove: () => void,
): TemplateResult {
  const path = `doors.${index}`;
  const called = name || `door ${index + 1}`;
  const zones = form.draft.zones.map((zone, at) => [zone.key, zone.name || `Zone ${at + 1}`] as const);
  return html`<div class="spot" role="group" aria-label=${called}>
    <div class="ef">
      ${textField(form, `${path}.name`, { label: 'Door', max: 80 })}
      ${
        zones.length === 0
          ? nothing
          : html`${selectField(form, `${path}.from`, { label: 'Leads from', options: [[STREET, 'Street'], ...zones] })}
            ${selectField(form, `${path}.into`, { label: 'in to', options: zones })}`
      }
      <button class="btn" type="button" @click=${remove}>Remove<span class="unseen"> ${called}</span></button>
    </div>
    ${sensorList(form, `${path}.sensors`, sensors, called, true)}
    <details class="more-fields"><summary>More<span class="unseen"> of ${called}</span></summary>
      <div class="ef short">${numberField(form, `${path}.peoplePerSecond`, { label: 'People a second, at most', hint: 'More is taken for a fault' })}</div>
    </details>
  </div>`;
}

const MODELS = sensorModelSchema.options.map(
  (model) => [model, model === 'auto' ? 'as its messages look' : model] as const,
);

function sensorList(
  form: Form,
  path: string,
  sensors: readonly SensorDraft[],
  place: string,
  mayFlip: boolean,
): TemplateResult {
  return html`<ul class="sensors-of">
      ${repeat(
        sensors,
        ({ key }) => key,
        ({ id }, index) => html`<li>
          ${textField(form, `${path}.${index}.id`, { label: 'Sensor', max: 128, placeholder: 'named after its place' })}
          ${selectField(form, `${path}.${index}.model`, { label: 'Model', options: MODELS })}
          ${textField(form, `${path}.${index}.line`, { label: 'Line', placeholder: 'all', max: 64 })}
          ${mayFlip ? checkField(form, `${path}.${index}.flipped`, 'flipped') : nothing}
          <button class="btn small-btn" type="button" @click=${() => form.change(path, sensors.toSpliced(index, 1))}>Remove<span class="unseen"> sensor ${id || index + 1} of ${place}</span></button>
        </li>`,
      )}
    </ul>
    ${
      sensors.length < MAX_SENSORS
        ? html`<button class="btn small-btn plain" type="button" @click=${() => form.change(path, [...sensors, newSensor(sensors)])}>${icon('plus')}Another sensor<span class="unseen"> at ${place}</span></button>`
        : nothing
    }`;
}
