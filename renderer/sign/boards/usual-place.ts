import type { LitElement, ReactiveController } from 'lit';
import { usualLabelAt } from '../view/usual-label.ts';

/** Between the two labels, in em. */
const GAP = 0.6;

/** Puts the label of the usual peak beside that of today's. Where it finds no room its host is `crowded`, and the label is gone. */
export class UsualPlace implements ReactiveController {
  readonly #host: LitElement;
  #observer: ResizeObserver | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    this.#watch();
  }

  hostConnected(): void {
    if (this.#host.hasUpdated) this.#watch();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  /** The glass may be turned, and the letters of a language may come later than its words. */
  #watch(): void {
    this.hostDisconnected();
    const { plot, peak, usual } = this.#parts();
    if (plot === null || usual === null) return;
    this.#place();
    this.#observer = new ResizeObserver(() => this.#place());
    for (const part of [plot, usual, peak]) if (part !== null) this.#observer.observe(part);
  }

  #parts() {
    const find = (selector: string) => this.#host.renderRoot.querySelector<HTMLElement>(selector);
    return { plot: find('.plot'), peak: find('.label.peak'), usual: find('.label.usual') };
  }

  #place(): void {
    const { plot, peak, usual } = this.#parts();
    if (plot === null || usual === null) return;
    // Else it has no width.
    this.#host.removeAttribute('crowded');
    const field = plot.getBoundingClientRect();
    const { direction, fontSize } = getComputedStyle(usual);
    // The picture may be drawn smaller than it is laid out.
    const scale = field.width / plot.offsetWidth;
    const endOf = ({ left, right }: DOMRect) =>
      direction === 'rtl' ? field.right - left : right - field.left;
    const px = usualLabelAt({
      plotPx: field.width,
      gapPx: GAP * Number.parseFloat(fontSize) * scale,
      peakEndsPx: peak === null ? null : endOf(peak.getBoundingClientRect()),
      usual: { x: Number(usual.dataset.x), widthPx: usual.getBoundingClientRect().width },
    });
    this.#host.toggleAttribute('crowded', px === null);
    usual.style.insetInlineStart = `${((px ?? 0) / field.width) * 100}%`;
  }
}
