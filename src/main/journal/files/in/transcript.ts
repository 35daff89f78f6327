/** Turns the bytes of both directions of a connection into entries, as a live connection does. */
import { closedBy } from '#shared/model/closeReasons';
import type { JsonObject, NewEntry } from '#shared/model/frame';
import type { Finding, FindingCode } from '#shared/findings';
import { plays } from '#shared/messages/lookup';
import { messageOf } from '#shared/messages/read';
import { Buffer } from 'node:buffer';
import type { DecodedFrame } from '../../../protocol/frame';
import { FrameReceiver, type Received } from '../../../protocol/receiver';
import type { Endpoint } from '../segment';
import type { Payload, Side, Sides } from './sides';

/** Machines drop longer frames: linux over 1024 bytes, android over 4096 [field]. */
const longFrame = 1000;

type TranscriptEvent =
  | { readonly kind: 'data' | 'early'; readonly side: Side; readonly bytes: Buffer; readonly at: number }
  | {
      readonly kind: 'missing';
      readonly side: Side;
      readonly bytes: number;
      readonly code: FindingCode;
      readonly at: number;
    }
  | { readonly kind: 'remark'; readonly code: FindingCode; readonly side: Side | null; readonly at: number }
  | { readonly kind: 'opened'; readonly at: number };

interface Sender {
  receiver: FrameReceiver;
  /** The object read last and its message, reused because the decoder returns the same object for the same body. */
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

  /** It is no machine's connection and gives no entries. */
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
    this.#on({ kind: 'opened', at: time / 1_000 });
  }

  remark(code: FindingCode, side: Side | null, time: number): void {
    this.#on({ kind: 'remark', code, side, at: time / 1_000 });
  }

  data(side: Side, bytes: Buffer, from: number, to: number, time: number): void {
    if (this.#machine === 'foreign') return;
    if (this.#machine !== null) return this.#read(side, bytes.subarray(from, to), time / 1_000);
    this.#on({ kind: 'data', side, bytes: Buffer.from(bytes.subarray(from, to)), at: time / 1_000 });
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
    this.#on({ kind: 'early', side, bytes: Buffer.from(bytes), at: time / 1_000 });
  }

  missing(side: Side, bytes: number, code: FindingCode, time: number): void {
    this.#on({ kind: 'missing', side, bytes, code, at: time / 1_000 });
  }

  /** Applies timeouts: decides bytes that only waited for what follows. */
  tick(now: number): void {
    if (!this.#waits) return;
    for (const side of [0, 1] as const) {
      const { receiver } = this.#senders[side];
      while ((receiver.settleAt ?? Infinity) <= now / 1_000) this.#record(side, receiver.settle());
    }
    this.#waits = this.#isUndecided;
  }

  /** Everything held comes out. */
  end(): void {
    for (const side of [0, 1] as const) this.#record(side, this.#senders[side].receiver.end());
  }

  /** `by`: the side that ended it, by `reset` or in good order. */
  closed(by: Side, reset: boolean, time: number): void {
    this.end();
    if (!this.isTaken) return;
    const reason = closedBy(by === this.#machine ? 'machine' : 'server', reset ? 'reset' : 'end');
    this.#emit({ kind: 'closed', ...this.#base(time / 1_000), reason });
  }

  #on(event: TranscriptEvent): void {
    if (this.#machine === 'foreign') return;
    if (this.#machine === null) {
      this.#held.push(event);
      return;
    }
    const { at } = event;
    switch (event.kind) {
      case 'opened':
        return this.#begin(this.#machine, at);
      case 'data':
        return this.#read(event.side, event.bytes, at);
      case 'early': {
        const { side, bytes } = event;
        this.#junk(side, bytes, [{ code: 'capture.early', params: { bytes: bytes.length } }], at);
        return;
      }
      case 'missing': {
        const { side, bytes, code } = event;
        const sender = this.#senders[side];
        this.#record(side, sender.receiver.end());
        const { head } = sender.receiver;
        sender.receiver = new FrameReceiver(head === null ? {} : { preferred: head });
        return this.#find({ code, params: { bytes, dir: this.#direction(side) } }, at);
      }
      case 'remark': {
        const { code, side } = event;
        return this.#find(side === null ? { code } : { code, params: { dir: this.#direction(side) } }, at);
      }
    }
  }

  #begin(machine: Side, at: number): void {
    this.#conn = this.#ctx.newConn();
    const remote = this.#ends[machine];
    const local = this.#ends[machine === 0 ? 1 : 0];
    const peer = {
      remoteAddress: remote.address,
      remotePort: remote.port,
      localAddress: local.address,
      localPort: local.port,
    };
    this.#emit({ kind: 'opened', ...this.#base(at), peer });
  }

  #read(side: Side, bytes: Buffer, at: number): void {
    const { receiver } = this.#senders[side];
    this.#record(side, receiver.push(bytes, at));
    this.#waits = receiver.settleAt !== null || (this.#waits && this.#isUndecided);
  }

  get #isUndecided(): boolean {
    return this.#senders.some(({ receiver }) => receiver.settleAt !== null);
  }

  #record(side: Side, received: readonly Received[]): void {
    for (const { item, at } of received) {
      if (item.kind === 'frame') this.#frame(side, item, at);
      // An overflow's bytes came as junk before it; a recording has no connection to close for it.
      else if (item.kind === 'junk') this.#junk(side, item.bytes, item.findings, at);
    }
  }

  #junk(side: Side, bytes: Uint8Array, found: readonly Finding[], at: number): void {
    const fromServer = { code: 'capture.fromServer', params: { bytes: bytes.length } } as const;
    const findings = side === this.#machine ? found : [...found, fromServer];
    this.#emit({ kind: 'junk', ...this.#base(at), bytes, findings });
  }

  #frame(side: Side, frame: DecodedFrame, at: number): void {
    const { head, sequence, bytes, bodyStart, text } = frame;
    const dir = this.#direction(side);
    const sender = this.#senders[side];
    if (frame.json === null || frame.json !== sender.json) {
      sender.json = frame.json;
      sender.read = messageOf(frame.json, dir);
    }
    const { message, findings } = sender.read;
    const { from, body } = message;
    // A login may rename the connection; any other message keeps the number it began with.
    if (from === 'machine' && (plays(body, 'login') || this.#vmcNo === null)) {
      this.#vmcNo = body.vmcNo ?? this.#vmcNo;
    } else if (from === 'server') this.#vmcNo ??= body.vmcNo;
    const isLong = dir === 'out' && bytes.length > longFrame;
    const long: readonly Finding[] = isLong
      ? [{ code: 'out.long', params: { bytes: bytes.length } }]
      : noFindings;
    const more = findings.length + long.length > 0;
    this.#emit({
      kind: 'frame',
      at: Math.floor(at),
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

  #find(finding: Finding, at: number): void {
    this.#emit({ kind: 'finding', ...this.#base(at), finding });
  }

  #base(at: number): { at: number; conn: number; vmcNo: number | null } {
    return { at: Math.floor(at), conn: this.#conn, vmcNo: this.#vmcNo };
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
  return { receiver: new FrameReceiver(), json: null, read: messageOf(null, 'in') };
}
