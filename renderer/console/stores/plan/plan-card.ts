import { html, nothing, type TemplateResult } from 'lit';
import type { Snapshot } from '../../../../cloud/contracts/snapshot.ts';
import type { StoreDescription } from '../../../../cloud/contracts/store-description.ts';
import { customProperties } from '../../../design/custom-properties.ts';
import '../../elements/v-age.ts';
import { PATHS } from '../../view/router.ts';
import { numberWords } from '../../view/words.ts';
import type { DoorFlows } from '../store-setup.ts';
import { placePlan } from './place-plan.ts';
import { planDrawing } from './plan-drawing.ts';
import { type DoorLine, doorLines, routeWords, type ZoneLine, zoneLines } from './plan-lines.ts';

export type PlanCardOptions = {
  readonly snapshot: Snapshot;
  /** Null: not read so far; nobody knows then which zones a door joins. */
  readonly description: StoreDescription | null;
  readonly flows: DoorFlows;
  readonly clockOffsetMs: number;
  readonly nowMs: number;
  readonly mayEdit: boolean;
};

/** Where the count comes from: rooms, doors, and what passed them today. */
export function planCard(options: PlanCardOptions): TemplateResult {
  const { snapshot, description, flows, clockOffsetMs, nowMs, mayEdit } = options;
  const { zones: known, store } = snapshot.content;
  const zones = zoneLines(snapshot);
  const doors = description === null ? [] : doorLines(snapshot, description, flows);
  const plan = description === null ? null : placePlan(zones, doors);
  return html`<section class="card plan" aria-labelledby="plan-heading">
    <header>
      <h2 id="plan-heading">${known.length > 0 ? 'Zones and doors' : 'Doors'}</h2>
      <span class="q">people through each door today</span>
      ${mayEdit ? html`<a class="more under-line" href=${`${PATHS.editStore(store.id)}?part=doors`}>Edit<span class="unseen"> zones and doors</span></a>` : nothing}
    </header>
    ${description === null ? html`<p class="q">Reading it</p>` : nothing}
    ${plan === null ? nothing : planDrawing(plan, zones, doors, nowMs)}
    <div class="plan-list ${plan === null ? '' : 'has-drawing'}">
      ${known.length === 0 ? nothing : html`<ul class="zones">${zones.map(zoneItem)}</ul>`}
      <ol class="doors">${doors.map((door) => doorItem(door, zones, clockOffsetMs))}</ol>
    </div>
  </section>`;
}

const zoneItem = ({ name, count, limits, tone }: ZoneLine): TemplateResult => html`<li class=${tone}>
  <span>${name}</span>
  <span class="fig"><b>${numberWords(count)}</b>${limits === null ? nothing : html`<em>/ ${numberWords(limits.hard)}</em>`}</span>
  ${
    limits === null
      ? nothing
      : html`<span class="bar" aria-hidden="true"
          ><i ${customProperties({ '--share': `${Math.min(100, (count / limits.hard) * 100)}%` })}></i
        ></span>`
  }
</li>`;

const doorItem = (door: DoorLine, zones: readonly ZoneLine[], clockOffsetMs: number): TemplateResult => {
  const { name, silent, heardAtMs, flow } = door;
  return html`<li>
    <b>${name}</b><small>${routeWords(door, zones)}</small>
    ${flow === undefined ? nothing : html`<span class="tn">${numberWords(flow.in)} in</span><span class="tn">${numberWords(flow.out)} out</span>`}
    <span class="heard">${silent ? html`<i class="hatch" aria-hidden="true"></i><em>silent</em>` : nothing}<v-age .atMs=${heardAtMs} .clockOffsetMs=${clockOffsetMs} look=${silent ? 'stale' : 'live'} never="never heard"></v-age></span>
  </li>`;
};
