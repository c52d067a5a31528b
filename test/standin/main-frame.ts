import type { WebFrameMain } from 'electron';

type Offered = 'frameTreeNodeId' | 'name' | 'origin' | 'processId' | 'routingId' | 'url';

/** The one frame of a window that has a preload, and so the only one that a message can come from. */
export class MainFrame implements Pick<WebFrameMain, Offered> {
  /** As the app knows it: `app://...` */
  url = '';
  readonly parent = null;
  readonly name = '';
  readonly frameTreeNodeId = 1;
  readonly processId = 1;
  readonly routingId = 1;

  get top(): this {
    return this;
  }

  /** `app://sign`, where Node's own URL would say `null`. */
  get origin(): string {
    return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(this.url)?.[0] ?? 'null';
  }

  isDestroyed(): boolean {
    return false;
  }
}
