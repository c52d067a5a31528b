import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ListedAlert } from '../../../cloud/contracts/alert.ts';
import { problemWords } from '../api/ask.ts';
import { LightElement } from '../elements/light-element.ts';
import { mayAs } from '../elements/rail.ts';
import type { Live } from '../live/live.ts';
import { LiveController } from '../live/live-controller.ts';
import { alertsList } from '../stores/alerts-list.ts';
import { answerAlert, readAlerts } from '../stores/store-record.ts';
import { PATHS } from '../view/router.ts';
import { counted } from '../view/words.ts';

/** What asks for an answer, over all stores. */
@customElement('alerts-page')
export class AlertsPage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;
  @state() private alerts: ReadonlyMap<string, readonly ListedAlert[]> = new Map();
  @state() private said = '';
  /** Of each store what its snapshot said when its alerts were read. */
  readonly #seen = new Map<string, string>();

  constructor() {
    super();
    new LiveController(this, () => this.live);
  }

  protected override willUpdate(): void {
    for (const { snapshot } of this.live?.overview?.stores ?? []) {
      const { store, alerts, moreAlerts, state: level } = snapshot.content;
      const seen = JSON.stringify([alerts, moreAlerts, level]);
      if (this.#seen.get(store.id) === seen) continue;
      this.#seen.set(store.id, seen);
      void this.#read(store.id);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { live } = this;
    if (!live?.overview) return nothing;
    const nowMs = live.serverNowMs();
    const onAnswer = mayAs(live.person?.role, 'manager');
    const stores = live.overview.stores
      .map(({ snapshot: { content } }) => ({ content, alerts: this.alerts.get(content.store.id) ?? [] }))
      .filter(({ alerts }) => alerts.length > 0)
      .toSorted((one, other) => unanswered(other.alerts) - unanswered(one.alerts));
    const waiting = stores.reduce((sum, { alerts }) => sum + unanswered(alerts), 0);
    return html`<header class="head"><div>
        <h1 tabindex="-1">Alerts</h1>
        <p class="under">${waiting === 0 ? 'Nobody waits for an answer.' : `${counted(waiting, 'alert waits', 'alerts wait')} for an answer.`}</p>
      </div></header>
      <p class="done-line" role="status" ?hidden=${this.said === ''}>${this.said}</p>
      ${
        stores.length === 0
          ? html`<p class="empty">All is as it should be.</p>`
          : stores.map(
              ({ content, alerts }) => html`<section class="card store-alerts">
                <header><h2><a class="under-line" href=${PATHS.store(content.store.id)}>${content.store.name}</a></h2></header>
                ${alertsList({
                  ...{ alerts, content, nowMs },
                  onAnswer: onAnswer ? (alert) => void this.#answer(content.store.id, alert) : null,
                })}
              </section>`,
            )
      }`;
  }

  async #read(storeId: string): Promise<void> {
    try {
      const read = await readAlerts(storeId);
      this.alerts = new Map([...this.alerts, [storeId, read]]);
    } catch (problem) {
      this.said = problemWords(problem);
    }
  }

  async #answer(storeId: string, alert: ListedAlert): Promise<void> {
    try {
      await answerAlert(storeId, alert, this.live?.person?.name ?? '');
      this.said = 'Acknowledged. The signs show that you have seen it.';
      await this.#read(storeId);
    } catch (problem) {
      this.said = problemWords(problem);
    }
  }
}

const unanswered = (alerts: readonly ListedAlert[]): number =>
  alerts.filter(({ acknowledged }) => acknowledged === null).length;

declare global {
  interface HTMLElementTagNameMap {
    'alerts-page': AlertsPage;
  }
}
