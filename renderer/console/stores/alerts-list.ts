import { html, nothing, type TemplateResult } from 'lit';
import type { ListedAlert } from '../../../cloud/contracts/alert.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import { alertWords, placeName } from '../view/alert-words.ts';
import { clockWords, dayClockWords } from '../view/words.ts';
import './shelve-alert.ts';

const HALF_DAY_MS = 12 * 3_600_000;

export type AlertsListOptions = {
  readonly alerts: readonly ListedAlert[];
  readonly content: SnapshotContent;
  readonly nowMs: number;
  /** Null where the person may not answer. */
  readonly onAnswer: ((alert: ListedAlert) => void) | null;
  /** Lets alerts be put aside; left out or null: not from this list. */
  readonly shelving?: {
    readonly by: string;
    readonly onShelved: () => void;
    /** Takes it off the shelf. */
    readonly onUnshelve: (alert: ListedAlert) => void;
  } | null;
};

/** The alerts of one store, those that nobody answered first, those put aside last. */
export function alertsList(options: AlertsListOptions): TemplateResult {
  const { alerts } = options;
  const rank = (alert: ListedAlert) =>
    (isShelved(alert) ? 4 : alert.acknowledged === null ? 0 : 2) + (alert.phase === 'cleared' ? 1 : 0);
  const sorted = alerts.toSorted((one, other) => rank(one) - rank(other) || one.sinceMs - other.sinceMs);
  return html`<ul class="alerts">
    ${sorted.map((alert) => alertItem(alert, options))}
  </ul>`;
}

export const isShelved = ({ shelved }: ListedAlert): boolean => shelved != null;

function alertItem(alert: ListedAlert, options: AlertsListOptions): TemplateResult {
  const { content, nowMs, onAnswer, shelving } = options;
  const words = wordsOf(alert, content, nowMs);
  const { timeZone, id } = content.store;
  const mayShelve = shelving != null && !isShelved(alert) && alert.phase !== 'cleared';
  return html`<li class="al al-${lookOf(alert)}">
    <i class="m"></i>
    <span>${words}${notes(alert, nowMs, timeZone)}</span>
    ${
      onAnswer === null || alert.acknowledged !== null || isShelved(alert)
        ? nothing
        : html`<button class="btn small-btn" type="button" @click=${() => onAnswer(alert)}>
            Acknowledge<span class="unseen">: ${words}</span>
          </button>`
    }
    ${
      mayShelve
        ? html`<shelve-alert .storeId=${id} .alert=${alert} .words=${words} .nowMs=${nowMs} .timeZone=${timeZone} .by=${shelving.by} @shelved=${() => shelving.onShelved()}></shelve-alert>`
        : nothing
    }
    ${
      shelving != null && isShelved(alert)
        ? html`<button class="btn small-btn" type="button" @click=${() => shelving.onUnshelve(alert)}>Ask again now<span class="unseen">: ${words}</span></button>`
        : nothing
    }
  </li>`;
}

function notes({ acknowledged, shelved }: ListedAlert, nowMs: number, timeZone: string): TemplateResult {
  return html`${acknowledged === null ? nothing : html`<small>${acknowledged.by}, ${clockWords(acknowledged.atMs, timeZone)}</small>`}${
    shelved == null
      ? nothing
      : html`<small>shelved by ${shelved.by}, asks again ${againWords(shelved.untilMs, nowMs, timeZone)}${shelved.why === '' ? nothing : html`: ${shelved.why}`}</small>`
  }`;
}

const againWords = (atMs: number, nowMs: number, timeZone: string): string =>
  atMs - nowMs < HALF_DAY_MS ? `at ${clockWords(atMs, timeZone)}` : `on ${dayClockWords(atMs, timeZone)}`;

const lookOf = (alert: ListedAlert): 'hot' | 'seen' | 'over' | 'shelved' => {
  if (isShelved(alert)) return 'shelved';
  if (alert.acknowledged !== null) return 'seen';
  return alert.phase === 'cleared' ? 'over' : 'hot';
};

export function wordsOf(alert: ListedAlert, content: SnapshotContent, nowMs: number): string {
  const { type, source, phase, sinceMs } = alert;
  const place = placeName(alert.place, content) ?? placeName({ door: source, zone: source }, content);
  const over = type === 'over-capacity' && source === 'store' ? content.count - content.limits.hard : null;
  const isActive = phase !== 'cleared';
  return alertWords({ type, place, active: isActive, sinceMs }, over, nowMs, content.store.timeZone);
}
