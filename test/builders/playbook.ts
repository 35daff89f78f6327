/**
 * Session tests read as conversations: `playbook().receives(login).sends(reply).after(120_000).closes('silence')`. Frames really
 * are encoded and decoded; only the socket and the clock are missing.
 */
import { expect } from 'vitest';
import type { CloseReason, Entry, Head, JsonObject } from '#shared/model/frame';
import { defaultMachineConfig, type MachineConfig, type MachineState } from '#shared/model/machine';
import type { ServerMessage } from '#shared/model/message';
import type { FindingCode } from '#shared/catalog/findings';
import { encodeFrame } from '../../src/main/protocol/encode';
import { FrameDecoder, type Decoded } from '../../src/main/protocol/frame';
import { readMessage } from '../../src/main/protocol/message';
import { checkSign } from '../../src/main/protocol/sign';
import { Claims } from '../../src/main/session/claims';
import {
  newConversation,
  step,
  type ConversationState,
  type SessionEvent,
  type Timer,
} from '../../src/main/session/conversation';
import { Fleet } from '../../src/main/session/fleet';
import { EntryLog } from '../../src/main/session/entryLog';

/** Noon of the day of the document's login example, local time. */
export const noon = new Date(2015, 5, 24, 12, 0, 0).getTime();

export interface PlaybookOptions {
  readonly config?: Partial<MachineConfig>;
  readonly code?: string;
  readonly paymentTypes?: readonly string[];
  readonly directLink?: number;
}

/** What several connections of one test share. */
export class World {
  now = noon;
  readonly fleet = new Fleet();
  readonly entryLog = new EntryLog(this.fleet);
  readonly claims = new Claims();
  readonly entries: Entry[] = [];
  readonly plays = new Map<number, Playbook>();

  constructor() {
    this.entryLog.onEntry((entry) => this.entries.push(entry));
  }
}

export function playbook(options: PlaybookOptions = {}, world = new World()): Playbook {
  return new Playbook(options, world);
}

export class Playbook {
  readonly world: World;
  readonly conn: number;
  readonly #options: PlaybookOptions;
  readonly #decoder = new FrameDecoder();
  readonly #timers = new Map<Timer, number>();
  readonly #sent: { message: JsonObject; head: Head }[] = [];
  #state: ConversationState;
  #sequence = 0;
  #closed: CloseReason | null = null;

  constructor(options: PlaybookOptions, world: World) {
    this.#options = options;
    this.world = world;
    this.conn = world.plays.size + 1;
    world.plays.set(this.conn, this);
    const peer = {
      remoteAddress: '192.0.2.7',
      remotePort: 40_000 + this.conn,
      localAddress: '192.0.2.1',
      localPort: 9700,
    };
    this.#state = newConversation(this.conn, peer, world.now);
    this.#dispatch({ type: 'opened' });
  }

  /** One frame with this body arrives. */
  receives(body: JsonObject | string, head: Head = 'decimal', sequence?: number): this {
    const encoded = encodeFrame(body, head, sequence ?? this.#sequence);
    if (!encoded.ok) throw new Error('the test frame is too long');
    this.#sequence = (sequence ?? this.#sequence) + 1;
    return this.receivesBytes(encoded.bytes);
  }

  receivesBytes(bytes: Uint8Array): this {
    const items = this.#decoder.push(bytes);
    this.#handle(items);
    this.#dispatch({ type: 'read', pending: this.#decoder.pending, progressed: items.length > 0 });
    return this;
  }

  /** 200 ms pass in which nothing comes. */
  quiet(): this {
    this.world.now += 200;
    this.#handle(this.#decoder.settle());
    this.#dispatch({ type: 'settled', pending: this.#decoder.pending });
    return this;
  }

  /** The next answer is exactly this one. */
  sends(message: JsonObject, head?: Head): this {
    const next = this.#sent.shift();
    expect(next?.message).toEqual(message);
    // Members go out in the order of the document.
    expect(Object.keys(next?.message ?? {})).toEqual(Object.keys(message));
    if (head !== undefined) expect(next?.head).toBe(head);
    return this;
  }

  sendsNothing(): this {
    expect(this.#sent).toEqual([]);
    return this;
  }

  /** Takes the answers so far for granted. */
  ignoringAnswers(): this {
    this.#sent.length = 0;
    return this;
  }

  after(ms: number): this {
    const end = this.world.now + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, at]) => at <= end).toSorted((a, b) => a[1] - b[1])[0];
      if (due === undefined) break;
      this.#timers.delete(due[0]);
      this.world.now = Math.max(this.world.now, due[1]);
      this.#dispatch({ type: 'wake', timer: due[0], pending: this.#decoder.pending });
    }
    this.world.now = end;
    return this;
  }

  hangsUp(reason: CloseReason = 'machineClosed'): this {
    this.#dispatch({ type: 'closed', reason });
    return this;
  }

  closes(reason: CloseReason): this {
    expect(this.#closed).toBe(reason);
    return this;
  }

  staysOpen(): this {
    expect(this.#closed).toBeNull();
    return this;
  }

  /** The machine's state has this. */
  shows(vmcNo: number, expected: Partial<MachineState>): this {
    expect(this.world.fleet.machine(vmcNo)).toMatchObject(expected);
    return this;
  }

  /** Every finding recorded on this connection so far, in order. */
  finds(...codes: FindingCode[]): this {
    const found = this.world.entries
      .filter((entry) => entry.conn === this.conn)
      .flatMap((entry) =>
        'findings' in entry ? entry.findings : entry.kind === 'finding' ? [entry.finding] : [],
      );
    expect(found.map((finding) => finding.code)).toEqual(codes);
    return this;
  }

  #handle(items: readonly Decoded[]): void {
    for (const item of items) {
      if (item.kind === 'frame') {
        const { message, findings } = readMessage(item.json);
        const own = this.#state.vmcNo;
        const vmcNo = message.cmd === 'login' ? (message.vmcNo ?? own) : (own ?? message.vmcNo);
        const sign =
          message.cmd === 'login' && vmcNo !== null
            ? checkSign(
                { timestamp: message.timestamp, vmcNo, sign: message.sign },
                this.#options.code ?? null,
              )
            : null;
        this.#dispatch({ type: 'frame', frame: item, message, findings, sign }, vmcNo);
      } else if (item.kind === 'junk') this.#dispatch({ type: 'junk', junk: item });
      else this.#dispatch({ type: 'overflow', bytes: item.bytes });
    }
  }

  #dispatch(event: SessionEvent, vmcNo = this.#state.vmcNo): void {
    const { state, commands } = step(this.#state, event, {
      now: this.world.now,
      config: { ...defaultMachineConfig, ...this.#options.config },
      paymentTypes: this.#options.paymentTypes ?? ['wx_pub', 'alipay'],
      directLink: this.#options.directLink ?? null,
      machine: this.world.fleet.machine(vmcNo),
    });
    this.#state = state;
    for (const command of commands) {
      switch (command.type) {
        case 'record':
          this.world.entryLog.record(command.entry);
          break;
        case 'send': {
          const message = JSON.parse(JSON.stringify(command.message)) as JsonObject;
          this.#sent.push({ message, head: command.head });
          this.#recordSent(command.message, command.head);
          break;
        }
        case 'wake':
          this.#timers.set(command.timer, command.at);
          break;
        case 'claim': {
          if (command.released !== null) this.world.claims.release(command.released, this.conn);
          const claim = this.world.claims.claim(command.vmcNo, this.conn, this.world.now);
          if (claim.replaced !== null) this.world.plays.get(claim.replaced)?.replaced();
          this.#dispatch({ type: 'claimed', ...claim });
          break;
        }
        case 'close':
          this.#closed = command.reason;
          break;
      }
    }
  }

  /** The server says something of its own accord. */
  tells(message: ServerMessage): Entry {
    return this.#recordSent(message, 'decimal');
  }

  /** The connection ends by our doing. */
  ended(reason: CloseReason): this {
    this.#dispatch({ type: 'close', reason });
    return this;
  }

  get isOpen(): boolean {
    return !this.#state.ended;
  }

  get vmcNo(): number | null {
    return this.#state.vmcNo;
  }

  #recordSent(message: ServerMessage, head: Head): Entry {
    const encoded = encodeFrame(message, head, 0);
    if (!encoded.ok) throw new Error('the answer is too long');
    return this.world.entryLog.record({
      kind: 'frame',
      at: this.world.now,
      conn: this.conn,
      vmcNo: this.#state.vmcNo,
      dir: 'out',
      head,
      sequence: null,
      bytes: encoded.bytes,
      bodyStart: 12,
      text: JSON.stringify(message),
      message: { from: 'server', body: message },
      findings: [],
    });
  }

  /** A newer connection took the machine number. */
  replaced(): void {
    this.#dispatch({ type: 'close', reason: 'replaced' });
  }
}
