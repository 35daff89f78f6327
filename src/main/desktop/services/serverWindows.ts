/** The windows' data from the machines thread, and each window's subscriptions, which a new thread gets again. */
import { live } from '#shared/contract/live';
import type { Feed } from '../ipc/feed';
import type { ServerCalls, ServerEvents } from '../../machines/api';
import type { Callable } from '../../lib/threads/callable';

export type ServerThread = Callable<ServerCalls, ServerEvents>;

/** The query of a window's list. */
export type Followed = Omit<ServerCalls['follow']['args'], 'window'>;

export class ServerWindows {
  readonly #feed: Feed;
  readonly #watched = new Map<number, number>();
  readonly #followed = new Map<number, Followed>();

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  watch(window: number, vmcNo: number | null): void {
    if (vmcNo === null) this.#watched.delete(window);
    else this.#watched.set(window, vmcNo);
  }

  follow(window: number, query: Followed): void {
    if (query.filter === null) this.#followed.delete(window);
    else this.#followed.set(window, query);
  }

  /** Sends the windows' subscriptions to a new thread, and the thread's data to the windows. */
  async bringTo(thread: ServerThread): Promise<void> {
    for (const [window, vmcNo] of this.#watched) thread.notify('watch', { window, vmcNo });
    for (const [window, query] of this.#followed) thread.notify('follow', { window, ...query });
    this.#feed.replace(await thread.call('snapshot', undefined));
  }

  /** The machine server has stopped: all machines are offline. */
  allOffline(now: number): void {
    const gone = { online: false, address: null, since: now, gone: 'serverStopped' } as const;
    const patches = this.#feed
      .rows('machines')
      .filter(({ online }) => online)
      .map(({ vmcNo }) => [vmcNo, gone] as const);
    const { unnamed, arrivals, dials, relay } = live;
    this.#feed.forward({
      ...(patches.length > 0 && { machines: { patches } }),
      unnamed: unnamed.initial,
      arrivals: arrivals.initial,
      dials: dials.initial,
      relay: relay.initial,
    });
  }
}
