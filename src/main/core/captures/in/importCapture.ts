/** Imports pcap and pcapng files, gzip or not, as the entries that a live connection would have recorded. */
import { readBytes } from '../bytes';
import { Flow } from './flow';
import { FlowTable, type Known } from './flowTable';
import { TimeOrder } from './order';
import { PacketReader } from './packets';
import type { Packet } from '../record';
import { endpointsOf, newSegment, readSegment, type NotTcp, type Segment } from '../segment';
import { Sides } from './sides';
import { Held } from './stream';
import type { TranscriptContext } from './transcript';
import { Bound, type LateMark, type ReadEntry, type TransferOptions } from '../types';

/** Interval at which connections check their timeouts, µs of the capture. */
const tickEvery = 50_000;

export interface ImportOptions extends TransferOptions {
  /** The server's port: other connections are ignored. Without it, the import detects the servers. */
  readonly port?: number;
  /** The number of the first connection; 1 by default. */
  readonly firstConn?: number;
  /** Limit of tracked connections. Beyond it, the connections idle for longest are dropped. 20,000 by default. */
  readonly maxFlows?: number;
  /** Called before the first page if Crema wrote the file as a selection of frames. */
  readonly onSelection?: () => void;
}

/** Counts of imported and skipped data. */
export interface ImportSummary {
  readonly packets: number;
  readonly entries: number;
  readonly connections: number;
  /** Marks of connections that have no later entry. */
  readonly lateMarks: readonly LateMark[];
  /** Connections of other protocols or to other ports. */
  readonly otherConnections: number;
  /** Packets without a readable TCP segment, by reason; `noData`: connections that were refused or carried no data. */
  readonly passedOver: Readonly<Partial<Record<NotTcp | 'noData', number>>>;
  /** The file ends within a packet, or its gzip is broken. */
  readonly isCutOff: boolean;
  /** The file is damaged. Everything before the damage was imported. */
  readonly isDamaged: boolean;
}

/**
 * Entries in the order of their packets, page by page, with the marks and notes of the packets. Returns a summary.
 * The caller must not reuse the chunks of `source`. @throws CaptureError `notACapture`, `emptyFile`, `packed`, `tooMany…`
 */
export async function* importCapture(
  source: AsyncIterable<Uint8Array>,
  options: ImportOptions = {},
): AsyncGenerator<readonly ReadEntry[], ImportSummary, undefined> {
  const reader = new PacketReader();
  const order = new TimeOrder();
  const reading = new Reading(options);
  let isCutOff = false;
  for await (const chunk of readBytes(source, options, () => (isCutOff = true))) {
    const packets = reader.push(chunk);
    if (reader.isSelection) options.onSelection?.();
    reading.take(order.push(packets));
    const page = reading.page();
    if (page.length > 0) yield page;
    if (reader.damaged) break;
  }
  if (!reader.end()) isCutOff = true;
  reading.take(order.end());
  reading.end();
  const page = reading.page();
  if (page.length > 0) yield page;
  return { ...reading.summary, isCutOff, isDamaged: reader.damaged };
}

class Reading {
  readonly #flows = new FlowTable<Flow>();
  readonly #waiting = new Set<Flow>();
  readonly #segment = newSegment();
  readonly #flow: TranscriptContext;
  readonly #lateMarks: LateMark[] = [];
  readonly #passedOver: Partial<Record<NotTcp, number>> = {};
  readonly #connections = new Bound('tooManyConnections');
  readonly #notes = new Bound('tooManyNotes');
  #entries: ReadEntry[] = [];
  #conn: number;
  readonly #firstConn: number;
  readonly #maxFlows: number;
  #packets = 0;
  #count = 0;
  #seen = 0;
  /** The seen connections that carried data or belong to a machine. */
  #announced = 0;
  #lastTick = 0;

  constructor({ port, firstConn, maxFlows = 20_000 }: ImportOptions) {
    this.#maxFlows = maxFlows;
    this.#flow = {
      sides: new Sides(port ?? null),
      held: new Held(),
      newConn: () => {
        this.#connections.add();
        return this.#conn++;
      },
      emit: (entry) => this.#entries.push(entry),
    };
    this.#firstConn = firstConn ?? 1;
    this.#conn = this.#firstConn;
  }

  take(packets: readonly Packet[]): void {
    for (const packet of packets) {
      this.#packets += 1;
      const time = packet.time ?? 0;
      if (this.#waiting.size > 0 && Math.abs(time - this.#lastTick) >= tickEvery) this.#tick(time);
      const problem = readSegment(packet, this.#segment);
      if (problem === null) this.#segmentCame(this.#segment, time, packet);
      else this.#passedOver[problem] = (this.#passedOver[problem] ?? 0) + 1;
    }
  }

  end(): void {
    for (const flow of this.#flows.flows()) this.#close(flow, false);
  }

  /** The entries since the last page. */
  page(): readonly ReadEntry[] {
    const entries = this.#entries;
    this.#count += entries.length;
    this.#entries = [];
    return entries;
  }

  get summary(): Omit<ImportSummary, 'isCutOff' | 'isDamaged'> {
    const connections = this.#conn - this.#firstConn;
    const noData = this.#seen - this.#announced;
    return {
      packets: this.#packets,
      entries: this.#count,
      connections,
      lateMarks: this.#lateMarks,
      otherConnections: this.#announced - connections,
      passedOver: { ...this.#passedOver, ...(noData > 0 && { noData }) },
    };
  }

  #segmentCame(segment: Segment, time: number, { comments, original }: Packet): void {
    let known = this.#flows.find(segment);
    if (known?.flow.isAnother(segment, known.side, time) === true) {
      this.#close(known.flow, true);
      known = null;
    }
    known ??= this.#begin(segment);
    const { flow, side } = known;
    const wasAnnounced = flow.isAnnounced;
    if (comments.length > 0) {
      this.#notes.add();
      flow.notes.came(segment, side, time, comments);
    }
    if (original !== null) flow.numbers.came(segment, side, original);
    flow.take(segment, side, time);
    if (flow.isAnnounced && !wasAnnounced) this.#announced += 1;
    if (flow.isWaiting) this.#waiting.add(flow);
  }

  #close(flow: Flow, reopened: boolean): void {
    flow.close(reopened);
    const late = flow.notes.end();
    if (late !== null) this.#lateMarks.push(late);
  }

  #begin(segment: Segment): Known<Flow> {
    if (this.#flows.size >= this.#maxFlows) this.#makeRoom();
    this.#seen += 1;
    const flow = new Flow(endpointsOf(segment), this.#flow);
    return this.#flows.put(segment, flow);
  }

  /** Drops a quarter of the connections: first the ended ones, then the ones idle for longest. */
  #makeRoom(): void {
    const order = this.#flows
      .flows()
      .toSorted((a, b) => Number(b.isIdle) - Number(a.isIdle) || a.lastTime - b.lastTime);
    const gone = new Set(order.slice(0, this.#maxFlows / 4));
    for (const flow of gone) {
      this.#close(flow, false);
      this.#waiting.delete(flow);
    }
    this.#flows.forget(gone);
  }

  #tick(time: number): void {
    this.#lastTick = time;
    for (const flow of this.#waiting) {
      flow.tick(time);
      if (!flow.isWaiting) this.#waiting.delete(flow);
    }
  }
}
