/** Requests that do not match any upgrade. The list is bounded, and one busy address leaves room for others. */
import type { Visit } from '#shared/model/upgrade';

const mostVisits = 100;
/** Different requests kept per address. Of further ones only the number is kept. */
const mostOfOne = 20;
const longestAsked = 200;

export type Asked = Pick<Visit, 'address' | 'asked' | 'status'>;

export class Visitors {
  readonly #now: () => number;
  /** The latest visitor is the last. */
  readonly #visits = new Map<string, Visit>();
  #lastId = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Newest first. */
  get list(): readonly Visit[] {
    return [...this.#visits.values()].toReversed();
  }

  note({ address, asked, status }: Asked): void {
    const cut = asked?.slice(0, longestAsked) ?? null;
    const key = this.#keyOf(address, cut);
    const before = this.#visits.get(key);
    const at = this.#now();
    this.#visits.delete(key);
    this.#visits.set(key, {
      id: before?.id ?? (this.#lastId += 1),
      address,
      asked: key === address ? null : cut,
      status,
      since: before?.since ?? at,
      at,
      count: (before?.count ?? 0) + 1,
    });
    const [oldest] = this.#visits.keys();
    if (this.#visits.size > mostVisits && oldest !== undefined) this.#visits.delete(oldest);
  }

  clear(): void {
    this.#visits.clear();
  }

  #keyOf(address: string, asked: string | null): string {
    const key = `${address} ${asked ?? ''}`;
    if (this.#visits.has(key)) return key;
    let own = 0;
    for (const visit of this.#visits.values()) if (visit.address === address) own += 1;
    return own < mostOfOne ? key : address;
  }
}
