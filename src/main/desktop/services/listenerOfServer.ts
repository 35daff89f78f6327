/** The listener for machines, as main sees it. Its address is given to each new machines thread. */
import type { ListenAt, ListenerState } from '#shared/model/listener';
import type { ServerThread } from './serverWindows';

export class ListenerOfServer {
  readonly #changed: () => void;
  #state: ListenerState = { status: 'off' };
  #target: ListenAt | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get state(): ListenerState {
    return this.#state;
  }

  reported(state: ListenerState): void {
    this.#state = state;
    // The port chosen by the system, or the earlier address after a failure.
    if (state.status === 'listening') {
      const others = state.others.map(({ host }) => host);
      this.#target = { host: state.host, port: state.port, others, avoid: this.#target?.avoid ?? [] };
    }
    this.#changed();
  }

  /** Listens at the address of an earlier thread. */
  async bringTo(thread: ServerThread): Promise<void> {
    if (this.#target !== null) await thread.call('listen', this.#target);
  }

  /** `ask` gives the address to the thread. */
  async listen(
    wanted: ListenAt,
    ask: (wanted: ListenAt) => Promise<ListenerState>,
    isFailed: () => boolean,
  ): Promise<ListenerState> {
    const before = this.#state.status === 'listening' ? this.#target : null;
    this.#target = wanted;
    const state = await ask(wanted);
    // The listener has returned to its earlier working address.
    if (state.status !== 'listening' && before !== null && !isFailed()) this.#target = before;
    return state;
  }

  /** No machine is served until a thread reports otherwise. */
  unserved(detail: string): void {
    const target = this.#target;
    this.#state =
      target === null
        ? { status: 'off' }
        : {
            status: 'failed',
            host: target.host,
            port: target.port,
            detail,
            reason: 'other',
            holder: null,
            nextFree: null,
            others: [],
          };
    this.#changed();
  }
}
