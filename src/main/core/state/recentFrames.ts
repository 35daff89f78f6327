/** The newest entries of every machine in memory, limited by count per machine, and by total count and bytes. */
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import { cmdOfMessage } from '#shared/model/message';
import type { Mark } from '#shared/model/journal';
import { directionOf, machineOf, type Entry, type PagePlace } from '#shared/model/frame';
import { readJson } from '../protocol/json';
import { latin1 } from '#shared/framing';
import type { RecentTimes, TimeFacts } from './recentTimes';

/** The `cmd` member as received; `null` for bodies without one and for entries that are not frames. */
export function cmdOf(entry: Entry): string | null {
  return entry.kind === 'frame' ? cmdOfMessage(entry.message) : null;
}

/** Facts for filters besides the entry itself: names, marks and notes by people, and times. */
export interface Labels {
  readonly nameOf: (vmcNo: number) => string;
  readonly markOf: (entry: number) => Mark | null;
  readonly times: Pick<RecentTimes, 'of' | 'peerOf'>;
}

/** The facts of an entry for filters. */
export function frameFacts(entry: Entry, { nameOf, markOf, times }: Labels): FilterFacts {
  const { id, at, conn, kind } = entry;
  const vmcNo = machineOf(entry);
  const isFrame = entry.kind === 'frame';
  const name = vmcNo === null ? '' : nameOf(vmcNo);
  const mark = markOf(id);
  const dir = isFrame ? entry.dir : entry.kind === 'junk' ? directionOf(entry) : null;
  const cmd = cmdOf(entry)?.trim() ?? null;
  const timesOf = (): TimeFacts => times.of({ id, dir: isFrame ? dir : null, cmd });
  return {
    id,
    at,
    conn,
    vmcNo,
    vmcName: name === '' ? null : name,
    kind,
    dir,
    get gap() {
      return timesOf().gap;
    },
    get latency() {
      return timesOf().latency;
    },
    get answered() {
      return timesOf().answered;
    },
    get peer() {
      return times.peerOf(conn);
    },
    head: isFrame ? entry.head : null,
    sequence: isFrame ? entry.sequence : null,
    cmd,
    size: bytesOf(entry),
    text: isFrame ? entry.text : entry.kind === 'junk' ? latin1(entry.bytes) : '',
    findings: entry.kind === 'finding' ? [entry.finding] : 'findings' in entry ? entry.findings : [],
    body: () => (isFrame ? readJson(entry.text).json : null),
    mark: mark?.marked === true ? 'marked' : null,
    note: mark === null || mark.note === '' ? null : mark.note,
  };
}

/** Bytes on the wire. */
const bytesOf = (entry: Entry): number => ('bytes' in entry ? entry.bytes.length : 0);

export interface RecentLimits {
  readonly perMachine: number;
  readonly total: number;
  /** Bytes on the wire of all kept entries. */
  readonly bytes: number;
}
const defaultLimits: RecentLimits = { perMachine: 500, total: 50_000, bytes: 64 * 1024 * 1024 };

export interface PageQuery {
  readonly filter: FrameFilter;
  readonly place: PagePlace;
  readonly limit: number;
  readonly now: number;
}

export class RecentFrames {
  readonly #limits: RecentLimits;
  /** In insertion order, which is order of age. */
  readonly #byId = new Map<number, Entry>();
  readonly #byMachine = new Map<number | null, Set<number>>();
  #bytes = 0;

  constructor(limits: Partial<RecentLimits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  add(entry: Entry): void {
    this.#byId.set(entry.id, entry);
    this.#bytes += bytesOf(entry);
    let ids = this.#byMachine.get(entry.vmcNo);
    if (ids === undefined) this.#byMachine.set(entry.vmcNo, (ids = new Set()));
    ids.add(entry.id);
    if (ids.size > this.#limits.perMachine) this.#dropOldest(ids);
    while (this.#byId.size > this.#limits.total || this.#bytes > this.#limits.bytes)
      this.#dropOldest(this.#byId.keys());
  }

  /** Replaces earlier entries whose owner is now known. */
  setOwner(entries: readonly Entry[]): void {
    for (const entry of entries) if (this.#byId.has(entry.id)) this.#byId.set(entry.id, entry);
  }

  get(id: number): Entry | undefined {
    return this.#byId.get(id);
  }

  /** For a launch without a journal. Newest first; `next` as in FramePage. */
  page(
    { filter, place, limit, now }: PageQuery,
    labels: Labels,
  ): { readonly entries: readonly Entry[]; readonly next: number | null } {
    const test = frameTest(filter, now);
    const entries: Entry[] = [];
    if (!test.ok) return { entries, next: null };
    const goesBack = place.after === undefined;
    const page = (next: number | null) => ({ entries: goesBack ? entries : entries.toReversed(), next });
    const all = [...this.#byId.values()];
    for (const entry of goesBack ? all.toReversed() : all) {
      const isThere = goesBack ? entry.id < (place.before ?? Infinity) : entry.id > place.after;
      if (!isThere || !test.matches(frameFacts(entry, labels))) continue;
      entries.push(entry);
      if (entries.length === limit) return page(entry.id);
    }
    return page(null);
  }

  forget(vmcNo: number): void {
    for (const id of this.#byMachine.get(vmcNo) ?? []) this.#drop(id);
  }

  #dropOldest(ids: Iterable<number>): void {
    for (const id of ids) {
      this.#drop(id);
      return;
    }
  }

  #drop(id: number): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) return;
    this.#byId.delete(id);
    this.#bytes -= bytesOf(entry);
    const ids = this.#byMachine.get(entry.vmcNo);
    ids?.delete(id);
    if (ids?.size === 0) this.#byMachine.delete(entry.vmcNo);
  }
}
