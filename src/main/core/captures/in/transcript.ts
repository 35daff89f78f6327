/** One connection of a capture: detects the machine's side and passes the bytes of both sides to the connection's core. */
import type { Finding, FindingCode } from '#shared/findings';
import { Buffer } from 'node:buffer';
import { ConnectionCore } from '../../connection/core';
import type { Effect } from '../../connection/effects';
import { observe } from '../../connection/observe';
import type { LegName } from '../../connection/policy';
import type { Notes } from '../notes';
import type { Numbers } from '../numbers';
import type { Endpoint } from '../segment';
import type { ReadEntry } from '../types';
import type { Payload, Side, Sides } from './sides';
import type { Held } from './stream';

/** Parts of the capture that a transcript needs. */
export interface TranscriptContext {
  readonly sides: Sides;
  readonly held: Held;
  readonly newConn: () => number;
  readonly emit: (entry: ReadEntry) => void;
}

/** Times are packet times in µs. The core uses ms with fractions. */
export class Transcript {
  readonly #ends: readonly [Endpoint, Endpoint];
  readonly #ctx: TranscriptContext;
  readonly #notes: Notes;
  readonly #numbers: Numbers;
  #machine: Side | 'foreign' | null = null;
  /** The side that opened the connection, if recorded. */
  opener: Side | null = null;
  /** Actions that wait until the machine's side is known, and the payloads so far. */
  #held: { readonly bytes: number; readonly known: () => void }[] = [];
  #payloads: Payload[] = [];
  /** `null` before the connection begins. */
  #core: ConnectionCore | null = null;
  #waits = false;

  constructor(
    ends: readonly [Endpoint, Endpoint],
    ctx: TranscriptContext,
    of: { readonly notes: Notes; readonly numbers: Numbers },
  ) {
    this.#ends = ends;
    this.#ctx = ctx;
    this.#notes = of.notes;
    this.#numbers = of.numbers;
  }

  /** Not a machine's connection: yields no entries. */
  get isForeign(): boolean {
    return this.#machine === 'foreign';
  }

  /** A machine's connection, with entries. */
  get isTaken(): boolean {
    return this.#core !== null;
  }

  /** Bytes wait for the following bytes. */
  get isWaiting(): boolean {
    return this.#waits;
  }

  opened(time: number): void {
    this.#machine ??= this.#ctx.sides.byEnds(this.#ends, this.opener);
    this.#onceKnown((machine) => this.#begin(machine, time / 1_000));
  }

  remark(code: FindingCode, side: Side | null, time: number): void {
    this.#onceKnown(() => {
      this.#remark(side === null ? { code } : { code, params: { dir: this.#direction(side) } }, time / 1_000);
    });
  }

  data(side: Side, bytes: Buffer, from: number, to: number, time: number): void {
    if (this.#machine !== null) return this.#read(side, bytes.subarray(from, to), time / 1_000);
    const kept = Buffer.from(bytes.subarray(from, to));
    // The text is kept in addition to the bytes.
    this.#onceKnown(() => this.#read(side, kept, time / 1_000), 2 * kept.length);
    this.#payloads.push({ side, text: kept.toString('latin1') });
    // If thousands of connections stay undecided, none of them belongs to a machine.
    this.#machine = this.#ctx.held.isFull
      ? 'foreign'
      : this.#ctx.sides.byCommands(this.#ends, this.opener, this.#payloads);
    if (this.#machine !== null) this.#release();
  }

  /** Call when the machine's side is known, or can no longer be found. */
  #release(): void {
    this.#payloads = [];
    for (const { bytes, known } of this.#held.splice(0)) {
      this.#ctx.held.remove(bytes);
      known();
    }
  }

  /** Bytes from before the start of the capture that arrived too late for their place. */
  early(side: Side, bytes: Buffer, time: number): void {
    const kept = Buffer.from(bytes);
    const finding: Finding = { code: 'capture.early', params: { bytes: bytes.length } };
    this.#onceKnown(() => {
      if (this.#core !== null)
        for (const effect of this.#core.misplaced(this.#leg(side), kept, finding, time / 1_000))
          if (effect.type === 'record') this.#ctx.emit(this.#notes.put(effect.entry));
    }, kept.length);
  }

  missing(side: Side, bytes: number, code: FindingCode, time: number): void {
    this.#onceKnown(() => {
      this.#settle(side, time / 1_000);
      this.#numbers.skip(side, bytes);
      this.#remark({ code, params: { bytes, dir: this.#direction(side) } }, time / 1_000);
    });
  }

  /** Applies timeouts: decides bytes that only waited for the following bytes. */
  tick(time: number): void {
    if (!this.#waits) return;
    const now = time / 1_000;
    // A long decision stays due until it is complete.
    while (this.#core !== null && this.#core.dueAt <= now) {
      this.#core.tick(now);
      this.#carryOut(this.#core, now);
    }
  }

  /** Delivers everything held back. */
  end(time: number): void {
    this.#release();
    for (const side of [0, 1] as const) this.#settle(side, time / 1_000);
  }

  /** `by`: the side that closed the connection; `reset`: with RST instead of FIN. */
  closed(by: Side, reset: boolean, time: number): void {
    // First, so that the held bytes precede the end.
    this.end(time);
    if (this.#core !== null)
      this.#record(this.#core.closed(this.#leg(by), reset ? 'reset' : 'end', time / 1_000));
  }

  /** `bytes`: size of the memory kept until then. */
  #onceKnown(action: (machine: Side) => void, bytes = 0): void {
    const known = (): void => {
      if (this.#machine === 0 || this.#machine === 1) action(this.#machine);
    };
    if (this.#machine !== null) return known();
    this.#held.push({ bytes, known });
    this.#ctx.held.add(bytes);
  }

  #begin(machine: Side, at: number): void {
    const remote = this.#ends[machine];
    const local = this.#ends[machine === 0 ? 1 : 0];
    const peer = {
      remoteAddress: remote.address,
      remotePort: remote.port,
      localAddress: local.address,
      localPort: local.port,
    };
    // Held bytes come out in the order of the sides.
    this.#core = new ConnectionCore(this.#ctx.newConn(), peer, observe, at, [this.#leg(0), this.#leg(1)]);
    this.#record(this.#core.opened(at));
  }

  #read(side: Side, bytes: Buffer, at: number): void {
    if (this.#core === null) return;
    this.#core.received(this.#leg(side), bytes, at);
    this.#carryOut(this.#core, at);
  }

  #settle(side: Side, at: number): void {
    if (this.#core === null) return;
    this.#core.interrupted(this.#leg(side));
    this.#carryOut(this.#core, at);
  }

  #remark(finding: Finding, at: number): void {
    if (this.#core !== null) this.#record(this.#core.remark(finding, at));
  }

  #leg(side: Side): LegName {
    return side === this.#machine ? 'machine' : 'server';
  }

  #direction(side: Side): 'in' | 'out' {
    return side === this.#machine ? 'in' : 'out';
  }

  #carryOut(core: ConnectionCore, now: number): void {
    for (let todo = core.next(now); todo !== null; todo = core.next(now)) this.#record(todo);
    this.#waits = core.dueAt < Infinity;
  }

  #record(effects: readonly Effect[]): void {
    const machine = this.#machine === 1 ? 1 : 0;
    for (const effect of effects)
      if (effect.type === 'record') this.#ctx.emit(this.#notes.put(this.#numbers.put(effect.entry, machine)));
  }
}
