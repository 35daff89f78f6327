/** One TCP connection: carries bytes to the decoder, events to the conversation, and its commands into the world. */
import type { Socket } from 'node:net';
import type { CloseReason, Entry, Head, NewEntry, Peer } from '#shared/model/frame';
import type { MachineConfig, MachineState } from '#shared/model/machine';
import type { Finding } from '#shared/findings';
import type { WireMessage } from '#shared/model/message';
import { messageOf, readMessage } from '#shared/messages/read';
import { writtenByHand, type ByHand, type Written } from './byHand';
import { encodeFrame } from '../protocol/encode';
import { FrameDecoder, type Decoded, type DecodedFrame } from '../protocol/frame';
import { checkSign } from '../protocol/sign';
import {
  newConversation,
  step,
  type ConversationState,
  type SessionCommand,
  type SessionEvent,
  type Timer,
} from '../session/conversation';

/** ms of quiet after which an undecided read is decided as it stands. */
const settleAfter = 200;
/** ms a machine may leave our frames untaken. */
const notReadingLimit = 30_000;
/** ms in which a closed connection may still take what was written. */
const lingerLimit = 3_000;
/** Machines drop longer frames: linux over 1024 bytes, android over 4096 [field]. */
const longFrame = 1000;
/** A read of this size means that more is waiting: the others get their turn first. */
const fullRead = 65_536;

const noFindings: readonly Finding[] = [];

/** Ends by choice: what was written before still goes out. */
const polite: ReadonlySet<CloseReason> = new Set(['byPerson', 'replaced', 'reserved', 'shutdown']);

export interface ConnectionDeps {
  readonly now: () => number;
  readonly record: (entry: NewEntry) => Entry;
  readonly machine: (vmcNo: number | null) => MachineState | null;
  readonly config: (vmcNo: number | null) => MachineConfig;
  /** The machine's verification code, if one is stored. */
  readonly code: (vmcNo: number) => string | null;
  readonly paymentTypes: () => readonly string[];
  readonly directLink: () => number | null;
  readonly claim: (connection: Connection, vmcNo: number, released: number | null) => Claimed;
  readonly ended: (connection: Connection) => void;
}
export interface Claimed {
  readonly replaced: number | null;
  readonly shared: number | null;
}

export class Connection {
  readonly conn: number;
  readonly peer: Peer;
  readonly #socket: Socket;
  readonly #deps: ConnectionDeps;
  readonly #decoder = new FrameDecoder();
  readonly #timers = new Map<Timer, NodeJS.Timeout>();
  #state: ConversationState;
  #settle: NodeJS.Timeout | null = null;
  #drain: NodeJS.Timeout | null = null;
  #sequence = 0;

  constructor(socket: Socket, conn: number, peer: Peer, deps: ConnectionDeps) {
    this.conn = conn;
    this.peer = peer;
    this.#socket = socket;
    this.#deps = deps;
    this.#state = newConversation(conn, peer, deps.now());
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('data', (chunk: Buffer) => this.#guarded(() => this.#onData(chunk)));
    socket.on('drain', () => this.#onDrain());
    socket.on('end', () => this.#onGone('machineClosed'));
    socket.on('error', () => this.#onGone('reset'));
    socket.on('close', () => this.#onGone('machineClosed'));
    this.#dispatch({ type: 'opened' });
  }

  /** Bytes that arrived so far. */
  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  get #ended(): boolean {
    return this.#state.ended;
  }

  get vmcNo(): number | null {
    return this.#state.vmcNo;
  }

  /**
   * Sends one message with the head this machine uses. The entry is the frame, or the finding that it was too long to be sent;
   * `null`: the connection has ended.
   */
  send(message: WireMessage): Entry | null {
    if (this.#state.ended) return null;
    const head = this.#deps.config(this.#state.vmcNo).head ?? this.#state.head ?? 'decimal';
    return this.#send(message, head);
  }

  /** Sends what a person wrote. As `send`, and `{ tooLong }` in bytes where no head can say its length. */
  sendByHand(content: ByHand): Entry | { readonly tooLong: number } | null {
    if (this.#state.ended || this.#socket.destroyed || !this.#socket.writable) return null;
    const head = this.#deps.config(this.#state.vmcNo).head ?? this.#state.head ?? 'decimal';
    const written = writtenByHand(content, head, this.#sequence);
    return 'tooLong' in written ? written : this.#write(written);
  }

  /** One write per frame: a machine takes one read() as whole frames [field]. */
  #write(written: Written): Entry {
    const { bytes, sequence, findings } = written;
    const taken = this.#socket.write(bytes);
    const entry = this.#deps.record({
      kind: 'frame',
      at: this.#deps.now(),
      conn: this.conn,
      vmcNo: this.#state.vmcNo,
      dir: 'out',
      ...written,
      findings:
        bytes.length > longFrame
          ? [...findings, { code: 'out.long', params: { bytes: bytes.length } }]
          : findings,
    });
    if (sequence === this.#sequence) this.#sequence += 1;
    if (!taken) this.#waitForDrain();
    return entry;
  }

  close(reason: CloseReason, finding?: Finding): void {
    this.#dispatch(finding === undefined ? { type: 'close', reason } : { type: 'close', reason, finding });
  }

  #onData(chunk: Buffer): void {
    if (this.#state.ended) return;
    if (this.#settle !== null) clearTimeout(this.#settle);
    this.#settle = null;
    const items = this.#decoder.push(chunk);
    this.#handle(items);
    this.#dispatch({ type: 'read', pending: this.#decoder.pending, progressed: items.length > 0 });
    if (this.#decoder.pending > 0 && !this.#ended) {
      this.#settle = setTimeout(() => {
        this.#guarded(() => this.#onQuiet());
      }, settleAfter);
    }
    if (chunk.length >= fullRead) this.#yieldTurn();
  }

  #onQuiet(): void {
    this.#handle(this.#decoder.settle());
    this.#dispatch({ type: 'settled', pending: this.#decoder.pending });
    // Hostile bytes take long to decide: a slice at a time, so that the others get theirs.
    if (this.#decoder.unsettled && !this.#ended) {
      this.#settle = setTimeout(() => this.#guarded(() => this.#onQuiet()), 0);
    }
  }

  /** A bug of ours costs this connection, not the app: the others go on, and it is told. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      process.stderr.write(
        `crema: connection ${this.conn} is given up: ${error instanceof Error ? error.stack : detail}\n`,
      );
      this.close('internal', { code: 'link.internal', params: { detail: detail.slice(0, 200) } });
    }
  }

  #handle(items: readonly Decoded[]): void {
    for (const item of items) {
      if (this.#ended) {
        this.#recordOnly(item);
        continue;
      }
      switch (item.kind) {
        case 'frame':
          this.#onFrame(item);
          break;
        case 'junk':
          this.#dispatch({ type: 'junk', junk: item });
          break;
        case 'overflow':
          this.#dispatch({ type: 'overflow', bytes: item.bytes });
          break;
      }
    }
  }

  #onFrame(frame: DecodedFrame): void {
    const { message, findings } = readMessage(frame.json, 'in');
    // Only a login, or a connection without a number, may bring a number of its own.
    const own = this.#state.vmcNo;
    const vmcNo = message.cmd === 'login' ? (message.vmcNo ?? own) : (own ?? message.vmcNo);
    const sign =
      message.cmd === 'login' && vmcNo !== null
        ? checkSign({ timestamp: message.timestamp, vmcNo, sign: message.sign }, this.#deps.code(vmcNo))
        : null;
    this.#dispatch({ type: 'frame', frame, message, findings, sign }, vmcNo);
  }

  #dispatch(event: SessionEvent, vmcNo = this.#state.vmcNo): void {
    const { state, commands } = step(this.#state, event, {
      now: this.#deps.now(),
      config: this.#deps.config(vmcNo),
      paymentTypes: this.#deps.paymentTypes(),
      directLink: this.#deps.directLink(),
      machine: this.#deps.machine(vmcNo),
    });
    this.#state = state;
    for (const command of commands) this.#execute(command);
  }

  #execute(command: SessionCommand): void {
    switch (command.type) {
      case 'record':
        // What is still held came before the end: it is recorded before it.
        if (command.entry.kind === 'closed') for (const item of this.#decoder.end()) this.#recordOnly(item);
        this.#deps.record(command.entry);
        if (command.entry.kind === 'closed') this.#cleanUp();
        break;
      case 'send':
        this.#send(command.message, command.head);
        break;
      case 'wake':
        this.#wake(command.timer, command.at);
        break;
      case 'claim':
        this.#dispatch({ type: 'claimed', ...this.#deps.claim(this, command.vmcNo, command.released) });
        break;
      case 'close':
        this.#hangUp(command.reason);
        break;
    }
  }

  #send(message: WireMessage, head: Head): Entry | null {
    if (this.#socket.destroyed || !this.#socket.writable) return null;
    const encoded = encodeFrame(message, head, this.#sequence);
    const { conn } = this;
    const { vmcNo } = this.#state;
    const at = this.#deps.now();
    if (!encoded.ok) {
      const finding: Finding = { code: 'out.tooLong', params: { bytes: encoded.bytes } };
      return this.#deps.record({ kind: 'finding', at, conn, vmcNo, finding });
    }
    return this.#write({
      bytes: encoded.bytes,
      head,
      sequence: head === 'le48' ? this.#sequence : null,
      bodyStart: 12,
      text: JSON.stringify(message),
      // What we make ourselves is without fault.
      message: messageOf(message, 'out').message,
      findings: noFindings,
    });
  }

  /** The machine does not take what we send: read no more from it until it does, and not for ever. */
  #waitForDrain(): void {
    if (this.#drain !== null) return;
    this.#socket.pause();
    this.#drain = setTimeout(() => {
      const bytes = this.#socket.writableLength;
      this.close('notReading', { code: 'link.notReading', params: { bytes } });
    }, notReadingLimit);
  }

  #onDrain(): void {
    if (this.#drain !== null) clearTimeout(this.#drain);
    this.#drain = null;
    this.#socket.resume();
  }

  #yieldTurn(): void {
    if (this.#drain !== null) return;
    this.#socket.pause();
    setImmediate(() => {
      if (this.#drain === null && !this.#state.ended) this.#socket.resume();
    });
  }

  #wake(timer: Timer, at: number): void {
    clearTimeout(this.#timers.get(timer));
    const wake = (): void => this.#dispatch({ type: 'wake', timer, pending: this.#decoder.pending });
    this.#timers.set(timer, setTimeout(wake, Math.max(0, at - this.#deps.now())));
  }

  #recordOnly(item: Decoded): void {
    const base = { at: this.#deps.now(), conn: this.conn, vmcNo: this.#state.vmcNo };
    if (item.kind === 'junk') {
      this.#deps.record({ kind: 'junk', ...base, bytes: item.bytes, findings: item.findings });
    } else if (item.kind === 'frame') {
      const { message, findings } = messageOf(item.json, 'in');
      this.#deps.record({
        kind: 'frame',
        ...base,
        dir: 'in',
        head: item.head,
        sequence: item.sequence,
        bytes: item.bytes,
        bodyStart: item.bodyStart,
        text: item.text,
        message,
        findings: [...item.findings, ...findings],
      });
    }
  }

  #onGone(reason: CloseReason): void {
    this.#dispatch({ type: 'closed', reason });
    this.#letGo();
  }

  /** What was written before still goes out, but nobody is waited for long. */
  #letGo(): void {
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), lingerLimit).unref();
  }

  #hangUp(reason: CloseReason): void {
    // A peer that is dead or hostile gets nothing more; others get what was written before.
    if (polite.has(reason)) this.#letGo();
    else this.#socket.destroy();
  }

  #cleanUp(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    if (this.#settle !== null) clearTimeout(this.#settle);
    if (this.#drain !== null) clearTimeout(this.#drain);
    this.#deps.ended(this);
  }
}
