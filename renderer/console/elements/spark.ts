import { html, svg, type TemplateResult } from 'lit';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { sparkOf } from '../view/spark.ts';

const BOX = { width: 128, height: 28 };

/** Today's curve, small; it says nothing that the row does not say in words. */
export function spark(content: SnapshotContent): TemplateResult {
  const drawn = sparkOf(content, BOX);
  return html`<svg class="spark" viewBox="0 0 ${BOX.width} ${BOX.height}" preserveAspectRatio="none" aria-hidden="true">
    ${
      drawn === null
        ? svg`<path class="ground" d="M0 ${BOX.height - 1}H${BOX.width}"/>`
        : svg`<path class="ground" d="M0 ${BOX.height - 1}H${BOX.width}"/>
          <path class="limit" d="M0 ${drawn.limitY}H${BOX.width}"/>
          <path class="area" d=${drawn.area}/><path class="line" d=${drawn.line}/>
          <circle cx=${drawn.end.x} cy=${drawn.end.y} r="2"/>`
    }
  </svg>`;
}
