/** The transcript of one connection: bytes of both directions to entries, as the live conversation makes them. */
import type { CloseReason, JsonObject, NewEntry } from '#shared/model/frame';
import type { Finding, FindingCode } from '#shared/catalog/findings';
import { Buffer } from 'node:buffer';
import { FrameDecoder, type Decoded, type DecodedFrame } from '../../../protocol/frame';
import { addressee, messageOf } from './message';
import type { Endpoint } from '../segment';
import type { Payload, Side, Sides } from './sides';

/** µs of quiet after which an undecided read is decided as it stands, as on a live connection. */
const settleAfter = 200_000;
/** Machines drop longer frames: linux over 1024 bytes, android over 4096 [field]. */
const longFrame = 1000;

type TranscriptEvent =
  | { readonly kind: 'data' | 'early'; readonly side: Side; readonly bytes: Buffer; readonly time: number }
  | {
      readonly kind: 'missing';
      readonly side: Side;
      readonly bytes: number;
      readonly code: FindingCode;
      readonly time: number;
    }
  | { readonly kind: 'remark'; readonly code: FindingCode; readonly side: Side | null; readonly time: number }
  | { readonly kind: 'opened'; readonly time: number };

interface Sender {
  decoder: FrameDecoder;
  last: number;
  /** The object read last, and as what: the decoder gives the same for the same body. */
  json: JsonObject | null;
  read: ReturnType<typeof messageOf>;
}

/** What a transcript needs of the recording it is part of. */
export interface TranscriptContext {
  readonly sides: Sides;
  readonly newConn: () => number;
  readonly emit: (entry: NewEntry) => void;
}

export class Transcript {
  readonly #ends: readonly [Endpoint, Endpoint];
  readonly #ctx: TranscriptContext;
  readonly #senders: readonly [Sender, Sender] = [newSender(), newSender()];
  #machine: Side | 'foreign' | null = null;
  /** Who opened the connection, if that was recorded. */
  opener: Side | null = null;
  #held: TranscriptEvent[] = [];
  #conn = 0;
  #waits = false;
  #vmcNo: number | null = null;

  constructor(ends: readonly [Endpoint, Endpoint], ctx: TranscriptContext) {
    this.#ends = ends;
    this.#ctx = ctx;
  }

  /** It is no machine's: nothing will come of it. */
  get isForeign(): boolean {
    return this.#machine === 'foreign';
  }

  /** It is a machine's connection, with entries. */
  get isTaken(): boolean {
    return this.#conn > 0;
  }

  /** Bytes wait for what follows them. */
  get isWaiting(): boolean {
    return this.#waits;
  }

  opened(time: number): void {
    this.#machine ??= this.#ctx.sides.byEnds(this.#ends, this.opener);
    this.#on({ kind: 'opened', time });
  }

  remark(code: FindingCode, side: Side | null, time: number): void {
    this.#on({ kind: 'remark', code, side, time });
  }

  data(side: Side, bytes: Buffer, from: number, to: number, time: number): void {
    if (this.#machine === 'foreign') return;
    if (this.#machine !== null) return this.#read(side, bytes.subarray(from, to), time);
    this.#on({ kind: 'data', side, bytes: Buffer.from(bytes.subarray(from, to)), time });
    const payloads: Payload[] = this.#held.flatMap((one) =>
      one.kind === 'data' ? [{ side: one.side, text: one.bytes.toString('latin1') }] : [],
    );
    this.#machine = this.#ctx.sides.byCommands(this.#ends, this.opener, payloads);
    if (this.#machine === null) return;
    const held = this.#held;
    this.#held = [];
    for (const event of held) this.#on(event);
  }

  early(side: Side, bytes: Buffer, time: number): void {
    this.#on({ kind: 'early', side, bytes: Buffer.from(bytes), time });
  }

  missing(side: Side, bytes: number, code: FindingCode, time: number): void {
    this.#on({ kind: 'missing', side, bytes, code, time });
  }

  /** Time passes: decides what only waited to see what comes next. */
  tick(now: number): void {
    if (!this.#waits) return;
    for (const side of [0, 1] as const) {
      const { decoder, last } = this.#senders[side];
      if (decoder.pending === 0 || now - last < settleAfter) continue;
      do this.#record(side, decoder.settle(), last + settleAfter);
      while (decoder.unsettled);
    }
    this.#waits = this.#hasPending;
  }

  /** Everything held comes out. */
  end(time: number): void {
    for (const side of [0, 1] as const) this.#record(side, this.#senders[side].decoder.end(), time);
  }

  /** `by`: the side that ended it, by `reset` or in good order. */
  closed(by: Side, reset: boolean, time: number): void {
    this.end(time);
    if (!this.isTaken) return;
    const reason: CloseReason = by !== this.#machine ? 'serverClosed' : reset ? 'reset' : 'machineClosed';
    this.#emit({ kind: 'closed', ...this.#base(time), reason });
  }

  #on(event: TranscriptEvent): void {
    if (this.#machine === 'foreign') return;
    if (this.#machine === null) {
      this.#held.push(event);
      return;
    }
    const { time } = event;
    switch (event.kind) {
      case 'opened':
        return this.#begin(this.#machine, time);
      case 'data':
        return this.#read(event.side, event.bytes, time);
      case 'early': {
        const { side, bytes } = event;
        this.#junk(side, bytes, [{ code: 'capture.early', params: { bytes: bytes.length } }], time);
        return;
      }
      case 'missing': {
        const { side, bytes, code } = event;
        const sender = this.#senders[side];
        this.#record(side, sender.decoder.end(), time);
        const { head } = sender.decoder;
        sender.decoder = new FrameDecoder(head === null ? {} : { preferred: head });
        return this.#find({ code, params: { bytes, dir: this.#direction(side) } }, time);
      }
      case 'remark': {
        const { code, side } = event;
        return this.#find(side === null ? { code } : { code, params: { dir: this.#direction(side) } }, time);
      }
    }
  }

  #begin(machine: Side, time: number): void {
    this.#conn = this.#ctx.newConn();
    const remote = this.#ends[machine];
    const local = this.#ends[machine === 0 ? 1 : 0];
    const peer = {
      remoteAddress: remote.address,
      remotePort: remote.port,
      localAddress: local.address,
      localPort: local.port,
    };
    this.#emit({ kind: 'opened', ...this.#base(time), peer });
  }

  #read(side: Side, bytes: Buffer, time: number): void {
    const sender = this.#senders[side];
    sender.last = time;
    this.#record(side, sender.decoder.push(bytes), time);
    this.#waits = sender.decoder.pending > 0 || (this.#waits && this.#hasPending);
  }

  get #hasPending(): boolean {
    return this.#senders.some(({ decoder }) => decoder.pending > 0);
  }

  #record(side: Side, items: readonly Decoded[], time: number): void {
    for (const item of items) {
      if (item.kind === 'frame') this.#frame(side, item, time);
      // An overflow's bytes came as junk before it; a recording has no connection to close for it.
      else if (item.kind === 'junk') this.#junk(side, item.bytes, item.findings, time);
    }
  }

  #junk(side: Side, bytes: Uint8Array, found: readonly Finding[], time: number): void {
    const fromServer = { code: 'capture.fromServer', params: { bytes: bytes.length } } as const;
    const findings = side === this.#machine ? found : [...found, fromServer];
    this.#emit({ kind: 'junk', ...this.#base(time), bytes, findings });
  }

  #frame(side: Side, frame: DecodedFrame, time: number): void {
    const { head, sequence, bytes, bodyStart, text } = frame;
    const dir = this.#direction(side);
    const sender = this.#senders[side];
    if (frame.json === null || frame.json !== sender.json) {
      sender.json = frame.json;
      sender.read = messageOf(dir, frame.json);
    }
    const { message, findings } = sender.read;
    const { from, body } = message;
    // A login may rename the connection; any other message keeps the number it began with.
    if (from === 'machine' && (body.cmd === 'login' || this.#vmcNo === null)) {
      this.#vmcNo = body.vmcNo ?? this.#vmcNo;
    } else if (from === 'server') this.#vmcNo ??= addressee(frame.json);
    const isLong = dir === 'out' && bytes.length > longFrame;
    const long: readonly Finding[] = isLong
      ? [{ code: 'out.long', params: { bytes: bytes.length } }]
      : noFindings;
    const more = findings.length + long.length > 0;
    this.#emit({
      kind: 'frame',
      at: Math.floor(time / 1000),
      conn: this.#conn,
      vmcNo: this.#vmcNo,
      dir,
      head,
      sequence,
      bytes,
      bodyStart,
      text,
      message,
      findings: more ? [...frame.findings, ...findings, ...long] : frame.findings,
    });
  }

  #find(finding: Finding, time: number): void {
    this.#emit({ kind: 'finding', ...this.#base(time), finding });
  }

  #base(time: number): { at: number; conn: number; vmcNo: number | null } {
    return { at: Math.floor(time / 1000), conn: this.#conn, vmcNo: this.#vmcNo };
  }

  #direction(side: Side): 'in' | 'out' {
    return side === this.#machine ? 'in' : 'out';
  }

  #emit(entry: NewEntry): void {
    this.#ctx.emit(entry);
  }
}

const noFindings: readonly Finding[] = [];

function newSender(): Sender {
  return { decoder: new FrameDecoder(), last: 0, json: null, read: messageOf('in', null) };
}
