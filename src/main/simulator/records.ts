/**
 * Records that a machine repeats until they are acknowledged [field]: linux repeats orders and errors every 3 s and drops them at
 * a restart, android stores its orders and repeats them for days. Only the oldest of a message is repeated, so that the rate stays
 * constant when a server never acknowledges [ours]. Which messages are kept, and by what their answers name them, rows say.
 */
import type { JsonObject } from '#shared/model/frame';
import { Timers, type Cancel, type Clock } from './clock';
import type { Profile } from './profile';
import { repeatedAs, keyOf, settledBy, type WireBody } from './wire';

interface Pending {
  readonly key: string | null;
  readonly body: WireBody;
  resends: number;
}
/** Those of one message. */
interface Kind {
  readonly pending: Pending[];
  timer: Cancel | null;
}

/** Records of one kind; beyond it the oldest is dropped. */
const maxKept = 100;

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
  readonly #kinds = new Map<string, Kind>();

  constructor(options: RecordsOptions) {
    this.#o = options;
    this.#timers = new Timers(options.clock);
  }

  get pending(): number {
    return [...this.#kinds.values()].reduce((sum, { pending }) => sum + pending.length, 0);
  }

  /** Sends it, and keeps it where its message is one that is acknowledged. */
  say(body: WireBody): boolean {
    const { cmd } = body;
    const sent = this.#o.send(body);
    const kept = repeatedAs(cmd);
    if (kept !== null && this.#interval(cmd) !== null) {
      const kind = this.#kinds.get(cmd) ?? { pending: [], timer: null };
      this.#kinds.set(cmd, kind);
      kind.pending.push({ key: keyOf(body, 'in', kept.by), body, resends: 0 });
      if (kind.pending.length > maxKept) kind.pending.shift();
    }
    this.#arm(cmd);
    return sent;
  }

  acknowledge(answer: string, message: JsonObject): void {
    if (!this.#o.acceptsAcknowledgements()) return;
    const cmd = settledBy(answer) ?? '';
    const pending = this.#kinds.get(cmd)?.pending ?? [];
    const by = repeatedAs(cmd)?.by ?? null;
    const key = keyOf(message, 'out', by);
    const at = by === null ? 0 : pending.findIndex((record) => record.key === key);
    if (at >= 0) pending.splice(at, 1);
  }

  /** After a login: sends all unacknowledged records at once. */
  connected(): void {
    for (const [cmd, { pending }] of this.#kinds) {
      for (const record of pending) this.#resend(record);
      this.#arm(cmd);
    }
  }

  restarted(): void {
    if (this.#o.profile.storesRecords) return;
    for (const { pending } of this.#kinds.values()) pending.length = 0;
  }

  stop(): void {
    this.#timers.cancelAll();
    for (const kind of this.#kinds.values()) kind.timer = null;
  }

  #interval(cmd: string): number | null {
    const { resendFault, resendOther } = this.#o.profile;
    return repeatedAs(cmd)?.kind === 'fault' ? resendFault : resendOther;
  }

  #arm(cmd: string): void {
    const interval = this.#interval(cmd);
    const kind = this.#kinds.get(cmd);
    if (interval === null || kind === undefined || kind.timer !== null || kind.pending.length === 0) return;
    kind.timer = this.#timers.after(interval, () => {
      kind.timer = null;
      const [oldest] = kind.pending;
      if (oldest === undefined) return;
      this.#resend(oldest);
      this.#arm(cmd);
    });
  }

  #resend(record: Pending): void {
    const { body, resends } = record;
    const counter = repeatedAs(body.cmd)?.counter ?? null;
    const counted = counter !== null && counter in body ? { ...body, [counter]: resends + 1 } : body;
    if (this.#o.send(counted)) record.resends += 1;
  }
}
