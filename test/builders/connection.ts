/** A machine's connection without a socket and without a clock: frames are really encoded and decoded, time is the world's. */
import type { CloseReason, Entry, Head, JsonObject, NewEntry } from '#shared/model/frame';
import { defaultMachineConfig, type MachineConfig } from '#shared/model/machine';
import type { ServerMessage } from '#shared/model/message';
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

export interface ConnectionOptions {
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
  readonly connections: TestConnection[] = [];

  constructor() {
    this.entryLog.onEntry((entry) => this.entries.push(entry));
  }
}

/** What a connection did in the world. */
export type Output =
  | { readonly type: 'record'; readonly entry: Entry }
  | { readonly type: 'answer'; readonly message: JsonObject; readonly head: Head }
  | { readonly type: 'claim'; readonly vmcNo: number }
  | { readonly type: 'close'; readonly reason: CloseReason };

/** Entries for tests that are about what comes of them; `playbook` is for tests of what a connection does. */
export function connection(options: ConnectionOptions = {}, world = new World()): TestConnection {
  return new TestConnection(options, world);
}

export class TestConnection {
  readonly world: World;
  readonly conn: number;
  readonly #options: ConnectionOptions;
  readonly #decoder = new FrameDecoder();
  readonly #timers = new Map<Timer, number>();
  #state: ConversationState;
  #sequence = 0;
  #watcher: (output: Output) => void = () => undefined;

  constructor(options: ConnectionOptions, world: World) {
    this.#options = options;
    this.world = world;
    this.conn = world.connections.length + 1;
    world.connections.push(this);
    const peer = {
      remoteAddress: '192.0.2.7',
      remotePort: 40_000 + this.conn,
      localAddress: '192.0.2.1',
      localPort: 9700,
    };
    this.#state = newConversation(this.conn, peer, world.now);
    this.#dispatch({ type: 'opened' });
  }

  /** Told of everything it does from now on. */
  onOutput(watcher: (output: Output) => void): void {
    this.#watcher = watcher;
  }

  /** One frame with this body arrives. Without a `sequence` they are counted. */
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

  /** The server says something of its own accord. */
  tells(message: ServerMessage): Entry {
    return this.#recordSent(message, 'decimal');
  }

  /** We end it. */
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
          this.#record(command.entry);
          break;
        case 'send': {
          const message = JSON.parse(JSON.stringify(command.message)) as JsonObject;
          this.#watcher({ type: 'answer', message, head: command.head });
          this.#recordSent(command.message, command.head);
          break;
        }
        case 'wake':
          this.#timers.set(command.timer, command.at);
          break;
        case 'claim': {
          if (command.released !== null) this.world.claims.release(command.released, this.conn);
          const claim = this.world.claims.claim(command.vmcNo, this.conn, this.world.now);
          this.#watcher({ type: 'claim', vmcNo: command.vmcNo });
          if (claim.replaced !== null) this.world.connections[claim.replaced - 1]?.ended('replaced');
          this.#dispatch({ type: 'claimed', ...claim });
          break;
        }
        case 'close':
          this.#watcher({ type: 'close', reason: command.reason });
          break;
      }
    }
  }

  #record(entry: NewEntry): Entry {
    const recorded = this.world.entryLog.record(entry);
    if (entry.kind === 'closed' && entry.vmcNo !== null) this.world.claims.release(entry.vmcNo, this.conn);
    this.#watcher({ type: 'record', entry: recorded });
    return recorded;
  }

  #recordSent(message: ServerMessage, head: Head): Entry {
    const encoded = encodeFrame(message, head, 0);
    if (!encoded.ok) throw new Error('the answer is too long');
    return this.#record({
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
}
