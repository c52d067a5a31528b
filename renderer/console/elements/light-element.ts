import { LitElement } from 'lit';

/** Drawn into the page itself, so that the console's stylesheets and the labels of forms reach it. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
