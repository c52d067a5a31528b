import { html, type TemplateResult } from 'lit';
import type { ListedAlert } from '../../../cloud/contracts/alert.ts';
import { type AlertsListOptions, alertsList } from './alerts-list.ts';

type Options = Omit<AlertsListOptions, 'alerts'> & { readonly alerts: readonly ListedAlert[] | null };

export const alertsCard = ({
  alerts,
  ...options
}: Options): TemplateResult => html`<section class="card" aria-labelledby="alerts-heading">
  <header><h2 id="alerts-heading">Alerts</h2></header>
  ${
    alerts === null
      ? html`<p class="q">Reading them</p>`
      : alerts.length === 0
        ? html`<p class="q">Nothing asks for an answer.</p>`
        : alertsList({ alerts, ...options })
  }
</section>`;
