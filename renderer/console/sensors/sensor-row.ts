import { html, nothing, type TemplateResult } from 'lit';
import type { AgeLook } from '../elements/v-age.ts';
import '../elements/v-age.ts';
import type { Live } from '../live/live.ts';
import { counted, sinceWords, spanWords } from '../view/words.ts';
import { MODEL_WORDS, type SensorRow, type SensorStanding, spotName, storeName } from './sensor-list.ts';

const LOOKS: Readonly<Record<SensorStanding, AgeLook>> = {
  knocks: 'live',
  silent: 'stale',
  well: 'live',
  waits: 'plain',
};

export type SensorRowOptions = {
  readonly live: Live;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
};

/** One sensor of the list; on a phone three lines. */
export function sensorRow(
  { sensor, standing, heardAtMs }: SensorRow,
  options: SensorRowOptions,
): TemplateResult {
  const { live, isOpen, onToggle } = options;
  const { sensorId, places, kept, keptWhy } = sensor;
  const [place, ...others] = places;
  return html`<tr class="sensor ${isOpen ? 'on' : ''}" data-sensor=${sensorId}>
    <th scope="row" class="c-name"><button class="row-open" type="button" aria-expanded=${isOpen} @click=${onToggle}>${sensorId}</button>
      <small>${modelWords(places.map(({ model }) => model))}</small></th>
    <td class="c-door">${
      place === undefined
        ? html`<span class="q">No door</span>`
        : html`${spotName(live.overview, place)}<small>${storeName(live.overview, place.storeId)}${others.length === 0 ? '' : `, and ${counted(others.length, 'line')} more`}</small>`
    }</td>
    <td class="c-heard"><v-age .atMs=${heardAtMs} .clockOffsetMs=${live.clockOffsetMs} .look=${LOOKS[standing]} never="never heard"></v-age></td>
    <td class="c-kept">${kept === 0 ? nothing : html`${counted(kept, 'message')} kept<small title=${keptWhy}>${keptWhy}</small>`}</td>
    <td class="c-remark">${remarks(sensor, standing, heardAtMs, live.serverNowMs())}</td>
  </tr>`;
}

const modelWords = (models: readonly (keyof typeof MODEL_WORDS)[]): string =>
  [...new Set(models)].map((model) => MODEL_WORDS[model]).join(', ');

function remarks(
  { places, skewMs }: SensorRow['sensor'],
  standing: SensorStanding,
  heardAtMs: number | null,
  nowMs: number,
): readonly TemplateResult[] {
  const all: TemplateResult[] = [];
  if (standing === 'silent')
    all.push(
      html`<span class="is-silent">${heardAtMs === null ? 'Never heard' : `Silent since ${sinceWords(heardAtMs, nowMs)}`}</span>`,
    );
  if (places.some(({ flipped }) => flipped)) all.push(html`<span><i aria-hidden="true">⇄</i> flipped</span>`);
  if (skewMs !== 0)
    all.push(html`<span>clock ${spanWords(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}</span>`);
  return all;
}
