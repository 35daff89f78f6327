/**
 * Records that a machine repeats until they are acknowledged [field]: linux repeats orders and errors every 3 s and drops them at
 * a restart, android stores its orders and repeats them for days. Only the oldest of a kind is repeated, so that the rate stays
 * constant when a server never acknowledges [ours].
 */
import type { JsonObject } from '#shared/model/frame';
import { Timers, type Cancel, type Clock } from './clock';
import type { Profile } from './profile';

export type RecordKind = 'order' | 'error' | 'rinsing';

interface Pending {
  readonly key: string;
  readonly body: JsonObject;
  resends: number;
}

/** Records of one kind; beyond it the oldest is dropped. */
const maxKept = 100;
const noTimers = { order: null, error: null, rinsing: null };

export interface RecordsOptions {
  readonly profile: Profile;
  readonly clock: Clock;
  readonly send: (body: JsonObject) => boolean;
  /** False: acknowledgements are ignored (`neverAcknowledged`). */
  readonly acceptsAcknowledgements: () => boolean;
}

export class Records {
  readonly #o: RecordsOptions;
  readonly #timers: Timers;
  readonly #pending: Record<RecordKind, Pending[]> = { order: [], error: [], rinsing: [] };
  #timer: Record<RecordKind, Cancel | null> = { ...noTimers };

  constructor(options: RecordsOptions) {
    this.#o = options;
    this.#timers = new Timers(options.clock);
  }

  get pending(): number {
    return Object.values(this.#pending).reduce((sum, list) => sum + list.length, 0);
  }

  add(kind: RecordKind, key: string, body: JsonObject): void {
    this.#o.send(body);
    if (this.#interval(kind) === null) return;
    const list = this.#pending[kind];
    list.push({ key, body, resends: 0 });
    if (list.length > maxKept) list.shift();
    this.#arm(kind);
  }

  /** `key` null: the oldest, for acknowledgements without a key (`error_r`). */
  acknowledge(kind: RecordKind, key: string | null): void {
    if (!this.#o.acceptsAcknowledgements()) return;
    const list = this.#pending[kind];
    const at = key === null ? 0 : list.findIndex((record) => record.key === key);
    if (at >= 0) list.splice(at, 1);
  }

  /** After a login: sends all unacknowledged records at once. */
  connected(): void {
    for (const kind of ['order', 'error', 'rinsing'] as const) {
      for (const record of this.#pending[kind]) this.#resend(kind, record);
      this.#arm(kind);
    }
  }

  restarted(): void {
    for (const kind of ['order', 'error', 'rinsing'] as const) {
      if (!this.#o.profile.storesRecords) this.#pending[kind].length = 0;
    }
  }

  stop(): void {
    this.#timers.cancelAll();
    this.#timer = { ...noTimers };
  }

  #interval(kind: RecordKind): number | null {
    return kind === 'error' ? this.#o.profile.resendError : this.#o.profile.resendOrder;
  }

  #arm(kind: RecordKind): void {
    const interval = this.#interval(kind);
    if (interval === null || this.#timer[kind] !== null || this.#pending[kind].length === 0) return;
    this.#timer[kind] = this.#timers.after(interval, () => {
      this.#timer[kind] = null;
      const [oldest] = this.#pending[kind];
      if (oldest === undefined) return;
      this.#resend(kind, oldest);
      this.#arm(kind);
    });
  }

  #resend(kind: RecordKind, record: Pending): void {
    const counted = kind === 'order' && this.#o.profile.platform === 'android'; // `order_resend_times` [field]
    const body = counted ? { ...record.body, order_resend_times: record.resends + 1 } : record.body;
    if (this.#o.send(body)) record.resends += 1;
  }
}
