/** Calls to the journal's thread that wait for their answers. */
import type { AnswerMessage, CallMessage, CallName, Calls } from './calls';

/** What the journal's thread could not do. */
export class JournalError extends Error {
  /** SQLite's name for it, or Node's; empty where neither has one. */
  readonly code: string;
  /** The file itself is damaged, not the disk. */
  readonly isDamaged: boolean;

  constructor({ detail, code, isDamaged }: Omit<Extract<AnswerMessage, { ok: false }>, 'id' | 'ok'>) {
    super(detail);
    this.name = 'JournalError';
    this.code = code;
    this.isDamaged = isDamaged;
  }
}

interface Waiter {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class PendingCalls {
  readonly #waiters = new Map<number, Waiter>();
  #lastId = 0;

  /** `send` posts the message. Rejects with a JournalError, or with what `rejectAll` was given. */
  start<C extends CallName>(
    name: C,
    args: Calls[C]['args'],
    send: (message: CallMessage<C>) => void,
  ): Promise<Calls[C]['result']> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Calls[C]['result']>((resolve, reject) => {
      this.#waiters.set(id, { resolve: resolve as (value: unknown) => void, reject });
      send({ id, name, args });
    });
  }

  settle(message: AnswerMessage): void {
    const waiter = this.#waiters.get(message.id);
    this.#waiters.delete(message.id);
    if (message.ok) waiter?.resolve(message.result);
    else waiter?.reject(new JournalError(message));
  }

  rejectAll(error: Error): void {
    for (const waiter of this.#waiters.values()) waiter.reject(error);
    this.#waiters.clear();
  }
}
