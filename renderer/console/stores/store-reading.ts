import type { ReactiveControllerHost } from 'lit';
import type { AlertEvent, ListedAlert } from '../../../cloud/contracts/alert.ts';
import type { CorrectionRecord } from '../../../cloud/contracts/correction.ts';
import type { DriftReport } from '../../../cloud/contracts/history.ts';
import type { SnapshotContent } from '../../../cloud/contracts/snapshot.ts';
import type { StoreDescription } from '../../../cloud/contracts/store-description.ts';
import { readAlertRecord, readCorrections, readNights } from './store-record.ts';
import {
  type DoorFlows,
  type ResetInForce,
  readDescription,
  readDoorFlows,
  resetInForce,
} from './store-setup.ts';

const FLOWS_AGAIN_MS = 60_000;

/** What a store's page reads beside the snapshot; null: not read so far. */
export class StoreReading {
  corrections: readonly CorrectionRecord[] | null = null;
  nights: readonly DriftReport[] | null = null;
  alerts: readonly ListedAlert[] | null = null;
  events: readonly AlertEvent[] = [];
  description: StoreDescription | null = null;
  reset: ResetInForce | null = null;
  flows: DoorFlows = new Map();
  readonly #host: ReactiveControllerHost;
  readonly #say: (problem: unknown) => void;
  #storeId = '';
  #alertsOf = '';
  #doorsOf = '';
  #flowsAtMs = 0;

  constructor(host: ReactiveControllerHost, say: (problem: unknown) => void) {
    this.#host = host;
    this.#say = say;
  }

  /** Reads what is new by this snapshot. */
  follow(content: SnapshotContent, nowMs: number): void {
    const { store, alerts, moreAlerts, state, doors, zones } = content;
    if (store.id !== this.#storeId) this.#begin(store.id);
    // The snapshot tells of some alerts only, and not by whom to answer them: it tells when to read.
    const alertsOf = JSON.stringify([store.id, alerts, moreAlerts, state]);
    if (alertsOf !== this.#alertsOf) {
      this.#alertsOf = alertsOf;
      void this.readAlerts().catch(this.#say);
    }
    const doorsOf = JSON.stringify([
      store.id,
      doors.map(({ id, name }) => [id, name]),
      zones.map(({ id }) => id),
    ]);
    if (doorsOf !== this.#doorsOf) {
      this.#doorsOf = doorsOf;
      void this.#readSetup();
    }
    if (nowMs - this.#flowsAtMs < FLOWS_AGAIN_MS) return;
    this.#flowsAtMs = nowMs;
    const doorIds = doors.map(({ id }) => id);
    void this.#keeps(readDoorFlows(store.id, doorIds, nowMs), (flows) => ({ flows }));
  }

  readCorrections(): Promise<void> {
    return this.#keeps(readCorrections(this.#storeId), (corrections) => ({ corrections }));
  }

  /** @throws ApiProblem */
  async readAlerts(): Promise<void> {
    const storeId = this.#storeId;
    const { alerts, events } = await readAlertRecord(storeId);
    if (storeId === this.#storeId) this.#keep({ alerts, events });
  }

  #begin(storeId: string): void {
    this.#storeId = storeId;
    this.#flowsAtMs = 0;
    this.#keep({ corrections: null, nights: null, alerts: null, events: [], description: null, reset: null });
    this.flows = new Map();
    void this.readCorrections();
    void this.#keeps(readNights(storeId), (nights) => ({ nights }));
  }

  async #readSetup(): Promise<void> {
    await this.#keeps(readDescription(this.#storeId), (description) => ({ description }));
    if (this.description !== null) await this.#keeps(resetInForce(this.description), (reset) => ({ reset }));
  }

  async #keeps<T>(reading: Promise<T>, kept: (read: T) => Partial<StoreReading>): Promise<void> {
    const storeId = this.#storeId;
    try {
      const read = await reading;
      if (storeId === this.#storeId) this.#keep(kept(read));
    } catch (problem) {
      this.#say(problem);
    }
  }

  #keep(read: Partial<StoreReading>): void {
    Object.assign(this, read);
    this.#host.requestUpdate();
  }
}
