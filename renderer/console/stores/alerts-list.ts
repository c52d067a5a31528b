import { html, nothing, type TemplateResult } from 'lit';
import type { ListedAlert } from '../../../cloud/contracts/alert.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { alertWords, placeName } from '../view/alert-words.ts';
import { clockWords } from '../view/words.ts';

export type AlertsListOptions = {
  readonly alerts: readonly ListedAlert[];
  readonly content: SnapshotContent;
  readonly nowMs: number;
  /** Null where the person may not answer. */
  readonly onAnswer: ((alert: ListedAlert) => void) | null;
};

/** The alerts of one store, those that nobody answered first. */
export function alertsList({ alerts, content, nowMs, onAnswer }: AlertsListOptions): TemplateResult {
  const rank = ({ acknowledged, phase }: ListedAlert) =>
    (acknowledged === null ? 0 : 2) + (phase === 'cleared' ? 1 : 0);
  const sorted = alerts.toSorted((one, other) => rank(one) - rank(other) || one.sinceMs - other.sinceMs);
  return html`<ul class="alerts">
    ${sorted.map(
      (alert) => html`<li class="al al-${lookOf(alert)}">
        <i class="m"></i>
        <span>${wordsOf(alert, content, nowMs)}${
          alert.acknowledged === null
            ? nothing
            : html`<small>${alert.acknowledged.by}, ${clockWords(alert.acknowledged.atMs, content.store.timeZone)}</small>`
        }</span>
        ${
          onAnswer === null || alert.acknowledged !== null
            ? nothing
            : html`<button class="btn small-btn" type="button" @click=${() => onAnswer(alert)}>
                Acknowledge<span class="unseen">: ${wordsOf(alert, content, nowMs)}</span>
              </button>`
        }
      </li>`,
    )}
  </ul>`;
}

const lookOf = ({ phase, acknowledged }: ListedAlert): 'hot' | 'seen' | 'over' => {
  if (acknowledged !== null) return 'seen';
  return phase === 'cleared' ? 'over' : 'hot';
};

export function wordsOf(alert: ListedAlert, content: SnapshotContent, nowMs: number): string {
  const { type, source, phase, sinceMs } = alert;
  const place = placeName(alert.place, content) ?? placeName({ door: source, zone: source }, content);
  const over = type === 'over-capacity' && source === 'store' ? content.count - content.limits.hard : null;
  const isActive = phase !== 'cleared';
  return alertWords({ type, place, active: isActive, sinceMs }, over, nowMs, content.store.timeZone);
}
