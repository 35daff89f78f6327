/** Times between frames for filters over new entries (timings.ts), and the ends of open connections. */
import type { AnswerState } from '#shared/model/timing';
import { answerState } from '#shared/model/timing';
import { cmdOfMessage } from '#shared/model/message';
import type { Entry, Peer } from '#shared/model/frame';
import { Timings, type Timing } from './timings';

/** Entries and connections that are remembered. */
const mostEntries = 50_000;
const mostPeers = 20_000;

/** Facts for filters about the times of an entry. */
export interface TimeFacts {
  readonly gap: number | null;
  readonly latency: number | null;
  readonly answered: AnswerState | null;
}

export class RecentTimes {
  readonly #timings = new Timings();
  readonly #gaps = new Map<number, number>();
  /** Of answers and of their questions. */
  readonly #latencies = new Map<number, number>();
  readonly #peers = new Map<number, Peer>();

  /** Takes every entry in order. Returns the question that it answers. */
  take(entry: Entry): number | null {
    const { id, at, conn, kind } = entry;
    if (kind === 'opened') remember(this.#peers, conn, entry.peer, mostPeers);
    const isFrame = entry.kind === 'frame';
    const timing: Timing = this.#timings.next({
      id,
      at,
      conn,
      kind,
      dir: isFrame ? entry.dir : null,
      cmd: isFrame ? cmdOfMessage(entry.message) : null,
      bodyText: () => (isFrame ? entry.text : ''),
    });
    const { gap, answered } = timing;
    if (gap !== null) remember(this.#gaps, id, gap, mostEntries);
    if (answered === null) return null;
    remember(this.#latencies, answered.question, answered.latency, mostEntries);
    remember(this.#latencies, id, answered.latency, mostEntries);
    return answered.question;
  }

  /** `cmd`: as received. */
  of({
    id,
    dir,
    cmd,
  }: {
    readonly id: number;
    readonly dir: 'in' | 'out' | null;
    readonly cmd: string | null;
  }): TimeFacts {
    const latency = this.#latencies.get(id) ?? null;
    return { gap: this.#gaps.get(id) ?? null, latency, answered: answerState(dir, cmd, latency) };
  }

  peerOf(conn: number): Peer | null {
    return this.#peers.get(conn) ?? null;
  }
}

/** Adds a value; the oldest makes room. */
function remember<V>(known: Map<number, V>, key: number, value: V, most: number): void {
  if (known.size >= most && !known.has(key))
    for (const oldest of known.keys()) {
      known.delete(oldest);
      break;
    }
  known.set(key, value);
}
