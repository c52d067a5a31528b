import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from '../elements/icon.ts';
import { LightElement } from '../elements/light-element.ts';
import { GO_TO, mayAs, mayTransfer, seesAll } from '../elements/rail.ts';
import type { Live } from '../live/live.ts';
import { PATHS } from '../view/router.ts';

/** On a phone: what has no tab of its own. Tells `sign-out`. */
@customElement('more-page')
export class MorePage extends LightElement {
  @property({ attribute: false }) live: Live | undefined;

  protected override render(): TemplateResult {
    const role = this.live?.person?.role;
    return html`<header class="head"><div><h1 tabindex="-1">More</h1></div></header>
      <ul class="card more-list">
        <li>
          <button type="button" @click=${() => this.dispatchEvent(new CustomEvent(GO_TO, { bubbles: true }))}>
            ${icon('search')}Go to a store, sign or sensor
          </button>
        </li>
        <li><a href=${PATHS.sensors}>${icon('sensor')}Sensors</a></li>
        <li><a href=${PATHS.groups}>${icon('groups')}Groups</a></li>
        <li><a href=${PATHS.messages}>${icon('message')}Messages</a></li>
        ${seesAll(this.live?.person) ? html`<li><a href=${PATHS.rejected}>${icon('tray')}Refused messages</a></li>` : nothing}
        <li><a href=${PATHS.audit}>${icon('book')}Audit</a></li>
        ${
          mayAs(role, 'admin')
            ? html`<li><a href=${PATHS.newStore}>${icon('store')}New store</a></li>
                <li><a href=${PATHS.people}>${icon('people')}People and keys</a></li>`
            : nothing
        }
        ${mayTransfer(this.live?.person) ? html`<li><a href=${PATHS.transfer}>${icon('table')}Import, export</a></li>` : nothing}
        <li>
          <button type="button" @click=${() => this.dispatchEvent(new CustomEvent('sign-out', { bubbles: true }))}>
            ${icon('leave')}Sign out, ${this.live?.person?.name ?? ''}
          </button>
        </li>
      </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'more-page': MorePage;
  }
}
