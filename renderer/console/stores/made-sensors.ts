import { html, type TemplateResult } from 'lit';
import type { StoreKept } from '../../../cloud/contracts/store-description.ts';
import '../elements/secret-text.ts';

/** The connection strings of sensors that were just made. */
export const madeSensors = (
  created: StoreKept['createdSensors'],
): TemplateResult => html`<section class="card made" aria-label="New sensors">
  <p class="once">Shown this once. We keep no copy that could be read. Put each one into its sensor now.</p>
  <ul>
    ${created.map(
      ({ sensorId, connectionString }) => html`<li>
        <h2>${sensorId}</h2>
        <secret-text .text=${connectionString} .what=${`connection string of ${sensorId}`}></secret-text>
      </li>`,
    )}
  </ul>
</section>`;
