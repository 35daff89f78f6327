/** A machine's connection without a socket and without a clock. Frames are really encoded and decoded; the world sets the time. */
import type { CloseReason, SocketEnd } from '#shared/model/closeReasons';
import type { DirectLink } from '#shared/model/served';
import type { Entry, Head, JsonObject } from '#shared/model/frame';
import { defaultMachineConfig, type MachineConfig } from '#shared/model/machine';
import type { Finding } from '#shared/findings';
import type { WireMessage } from '#shared/model/message';
import type { Upstream } from '#shared/model/relay';
import { verificationOf } from '#shared/model/verified';
import { encodeFrame } from '../../src/main/core/protocol/encode';
import { answer, type AnswerContext } from '../../src/main/core/connection/answer';
import { Claims } from '../../src/main/core/connection/claims';
import { ConnectionCore } from '../../src/main/core/connection/core';
import type { Effect } from '../../src/main/core/connection/effects';
import { relay } from '../../src/main/core/connection/relay';
import { RelayedCore } from '../../src/main/core/connection/relayedCore';
import { Fleet } from '../../src/main/core/state/fleet';
import { EntryLog } from '../../src/main/core/state/entryLog';

/** Noon of the day of the document's login example, local time. */
export const noon = new Date(2015, 5, 24, 12, 0, 0).getTime();

export interface ConnectionOptions {
  readonly config?: Partial<MachineConfig>;
  readonly code?: string;
  readonly paymentTypes?: readonly string[];
  readonly directLink?: DirectLink;
  /** The address of the machine. */
  readonly address?: string;
  /** The connection is relayed. */
  readonly upstream?: Upstream | undefined;
  /** The connection is relayed to a server, which receives these bytes. */
  readonly server?: (bytes: Uint8Array) => void;
}

const noRules = {
  isRuled: () => false,
  ruling: () => null,
  followed: () => undefined,
  waived: () => undefined,
  mayHold: () => false,
  mayDelay: () => false,
};

/** Parts that several connections of one test share. */
export class World {
  now = noon;
  readonly fleet = new Fleet();
  readonly entryLog = new EntryLog(this.fleet);
  readonly claims = new Claims((conn) => this.fleet.connections.get(conn));
  readonly entries: Entry[] = [];
  readonly connections: TestConnection[] = [];

  constructor() {
    this.entryLog.onEntry((entry) => this.entries.push(entry));
  }
}

/** Everything that a connection did in the world. */
export type Output =
  | { readonly type: 'record'; readonly entry: Entry }
  | { readonly type: 'sent'; readonly bytes: Uint8Array; readonly entry: Entry }
  /** Bytes to the machine, from the server that the connection is relayed to. */
  | { readonly type: 'passed'; readonly bytes: Uint8Array }
  | { readonly type: 'claim'; readonly vmcNo: number }
  | { readonly type: 'close'; readonly reason: CloseReason };

/** For tests that need entries and their effects. Tests of a connection's own behaviour use `playbook`. */
export function connection(options: ConnectionOptions = {}, world = new World()): TestConnection {
  return new TestConnection(options, world);
}

export class TestConnection {
  readonly world: World;
  readonly core: ConnectionCore;
  /** The time that the core asked for; `null`: none yet. */
  wakeAt: number | null = null;
  isPaused = false;
  #sequence = 0;
  #toldAt = -Infinity;
  readonly #server: ((bytes: Uint8Array) => void) | null;
  #watcher: (output: Output) => void = () => undefined;

  constructor(options: ConnectionOptions, world: World) {
    this.world = world;
    const conn = world.connections.length + 1;
    world.connections.push(this);
    const peer = {
      remoteAddress: options.address ?? '192.0.2.7',
      remotePort: 40_000 + conn,
      localAddress: '192.0.2.1',
      localPort: 9700,
      ...(options.upstream !== undefined && { relay: options.upstream }),
    };
    const context: AnswerContext = {
      machine: (vmcNo, message) => world.fleet.machineBefore(vmcNo, message),
      config: () => ({ ...defaultMachineConfig, ...options.config }),
      code: () => options.code ?? null,
      paymentTypes: () => options.paymentTypes ?? ['wx_pub', 'alipay'],
      directLink: () => options.directLink ?? null,
      rival: (vmcNo) => world.claims.rival(vmcNo, conn, world.now),
      verification: (vmcNo) => {
        const machine = world.fleet.machine(vmcNo);
        const { signPolicy, platform } = { ...defaultMachineConfig, ...options.config };
        return verificationOf(machine, {
          hasCode: options.code !== undefined,
          signPolicy,
          platform: platform ?? machine?.platform ?? null,
        });
      },
    };
    this.#server = options.server ?? null;
    this.core =
      this.#server === null
        ? new ConnectionCore(conn, peer, answer(context), world.now)
        : new RelayedCore(conn, peer, relay({ ...context, ...noRules }), world.now);
    this.#carryOut(this.core.opened(world.now));
  }

  get conn(): number {
    return this.core.conn;
  }

  get vmcNo(): number | null {
    return this.core.vmcNo;
  }

  get isOpen(): boolean {
    return !this.core.ended;
  }

  /** Calls the watcher with all later output. */
  onOutput(watcher: (output: Output) => void): void {
    this.#watcher = watcher;
  }

  /** One frame with this body arrives. Without a `sequence` frames are counted. */
  receives(body: JsonObject | string, head: Head = 'decimal', sequence?: number): this {
    const encoded = encodeFrame(body, head, sequence ?? this.#sequence);
    if (!encoded.ok) throw new Error('the test frame is too long');
    this.#sequence = (sequence ?? this.#sequence) + 1;
    return this.receivesBytes(encoded.bytes);
  }

  /** No reply arrives in the millisecond of an unsolicited message, except where a test is about that. */
  receivesBytes(bytes: Uint8Array, inOne = false): this {
    if (this.#toldAt === this.world.now && !inOne) this.world.now += 1;
    this.core.received('machine', bytes, this.world.now);
    return this.#carryOn();
  }

  /** The server at the other end of the relay sends this. */
  receivesFromServer(bytes: Uint8Array): this {
    this.core.received('server', bytes, this.world.now);
    return this.#carryOn();
  }

  /** 200 ms pass without incoming data. */
  quiet(): this {
    return this.after(200);
  }

  after(ms: number): this {
    const end = this.world.now + ms;
    while (this.wakeAt !== null && this.wakeAt <= end) {
      this.world.now = Math.max(this.world.now, this.wakeAt);
      this.wakeAt = null;
      this.core.tick(this.world.now);
      this.#carryOn();
    }
    this.world.now = end;
    return this;
  }

  /** This computer sleeps. */
  sleeps(ms: number): this {
    this.world.now += ms;
    this.#carryOut(this.core.slept(ms, this.world.now));
    return this.#carryOn();
  }

  /** The clock of this computer changes. */
  setsClock(ms: number): this {
    this.world.now += ms;
    this.#carryOut(this.core.clockSet(ms, this.world.now));
    return this.#carryOn();
  }

  hangsUp(how: SocketEnd = 'end'): this {
    this.#carryOut(this.core.closed('machine', how, this.world.now));
    return this;
  }

  /** The machine stops reading our output, or reads it at last. */
  takes(isTaken: boolean, bytes = 0): this {
    const { core, world } = this;
    this.#carryOut(isTaken ? core.drained('machine') : core.notDrained('machine', bytes, world.now));
    return this.#carryOn();
  }

  /** The server sends an unsolicited message. */
  tells(message: WireMessage): Entry {
    this.#toldAt = this.world.now;
    const entry = this.#carryOut(this.core.send('machine', message, this.world.now));
    if (entry === null) throw new Error('the connection has ended');
    return entry;
  }

  /** Adds a finding that does not come from the bytes. */
  remarks(finding: Finding): Entry | null {
    return this.#carryOut(this.core.remark(finding, this.world.now));
  }

  /** We close the connection. */
  ended(reason: CloseReason): this {
    this.#carryOut(this.core.close(reason, this.world.now));
    return this;
  }

  #carryOn(): this {
    const { now } = this.world;
    for (let todo = this.core.next(now); todo !== null; todo = this.core.next(now)) this.#carryOut(todo);
    return this;
  }

  #carryOut(effects: readonly Effect[]): Entry | null {
    const { world } = this;
    let recorded: Entry | null = null;
    for (const effect of effects) {
      switch (effect.type) {
        case 'record':
          recorded = world.entryLog.record(effect.entry);
          this.#watcher({ type: 'record', entry: recorded });
          break;
        case 'send':
          if (effect.entry !== null) recorded = world.entryLog.record(effect.entry);
          if (effect.leg === 'server') this.#server?.(effect.bytes);
          else if (effect.entry === null) this.#watcher({ type: 'passed', bytes: effect.bytes });
          else if (recorded !== null) this.#watcher({ type: 'sent', bytes: effect.bytes, entry: recorded });
          break;
        case 'claim': {
          this.#watcher({ type: 'claim', vmcNo: effect.vmcNo });
          const outcome = world.claims.claim(effect, world.now);
          if (outcome.replaced !== null && !outcome.stays)
            world.connections[outcome.replaced - 1]?.ended('replaced');
          this.#carryOut(this.core.claimed(outcome, world.now));
          break;
        }
        case 'remark':
          world.connections[effect.conn - 1]?.remarks(effect.finding);
          break;
        // Only for a relayed connection.
        case 'hold':
          break;
        case 'pause':
        case 'resume':
          this.isPaused = effect.type === 'pause';
          break;
        case 'wake':
          this.wakeAt = effect.at;
          break;
        case 'close':
          if (this.vmcNo !== null) world.claims.release(this.vmcNo, this.conn);
          this.wakeAt = null;
          this.#watcher({ type: 'close', reason: effect.reason });
          break;
      }
    }
    return recorded;
  }
}
