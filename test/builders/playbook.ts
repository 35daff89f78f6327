/**
 * Tests of a connection as conversations, which assert every effect of each step:
 *
 *   playbook()
 *     .receives(login).claims(33232).answers(loginReply)
 *     .receives({ cmd: 'error', vmc_no: 33232, error_code: 'EC_2', isSet: true }).answers('error_r')
 *     .after(120_000).closes('silence').finds('link.silence');
 *
 * A step asserts its own effect: `receives` the record of its frame, `tells` the written and recorded message, `hangsUp` the
 * recorded end. Any other record, finding, answer, claim or close must be asserted before the next step and before the test
 * ends, or the test fails. Tests that only need entries use `connection` (connection.ts), which asserts nothing.
 */
import { expect, onTestFinished } from 'vitest';
import { closedBy, type CloseReason, type SocketEnd } from '#shared/model/closeReasons';
import type { Entry, Head, JsonObject } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import type { WireMessage } from '#shared/model/message';
import type { Finding, FindingCode } from '#shared/findings';
import { encodeFrame } from '../../src/main/core/protocol/encode';
import {
  connection,
  type TestConnection,
  World as ConnectionWorld,
  type ConnectionOptions,
  type Output,
} from './connection';

/** Parts that several playbooks of one test share. */
export class World extends ConnectionWorld {
  readonly plays: Playbook[] = [];
}

export function playbook(options: ConnectionOptions = {}, world = new World()): Playbook {
  return new Playbook(options, world);
}

type Expected = Record<string, unknown>;

export class Playbook {
  readonly world: World;
  readonly connection: TestConnection;
  /** Effects not asserted yet, by kind, oldest first. */
  #records: Entry[] = [];
  #findings: Finding[] = [];
  #sent: Extract<Output, { type: 'sent' }>[] = [];
  #claims: number[] = [];
  #closes: CloseReason[] = [];
  /** The machine's head, which answers use too. */
  #head: Head = 'decimal';

  constructor(options: ConnectionOptions, world: World) {
    this.world = world;
    this.connection = connection(options, world);
    world.plays.push(this);
    this.connection.onOutput((output) => this.#take(output));
    onTestFinished(({ task }) => {
      if (task.result?.state !== 'fail') this.#expectNothingLeft();
    });
  }

  get conn(): number {
    return this.connection.conn;
  }

  // --- events ---

  /** One frame with this body arrives and is recorded at once. */
  receives(body: JsonObject | string, head: Head = 'decimal', sequence?: number): this {
    this.#expectNothingLeft();
    this.#head = head;
    this.connection.receives(body, head, sequence);
    const entry = this.#records.shift();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    expect(entry, 'the frame is not recorded at once: receivesBytes is for those').toMatchObject({
      kind: 'frame',
      dir: 'in',
      at: this.world.now,
      text,
    });
    return this;
  }

  /** Bytes arrive; assert their records with `records`. */
  receivesBytes(bytes: Uint8Array): this {
    this.#expectNothingLeft();
    this.connection.receivesBytes(bytes);
    return this;
  }

  /** 200 ms pass without incoming data. */
  quiet(): this {
    this.#expectNothingLeft();
    this.connection.quiet();
    return this;
  }

  after(ms: number): this {
    this.#expectNothingLeft();
    this.connection.after(ms);
    return this;
  }

  /** This computer sleeps. */
  sleeps(ms: number): this {
    this.#expectNothingLeft();
    this.connection.sleeps(ms);
    return this.finds('link.asleep');
  }

  /** The clock of this computer changes. */
  setsClock(ms: number): this {
    this.#expectNothingLeft();
    this.connection.setsClock(ms);
    return this.finds(ms < 0 ? 'link.clockBack' : 'link.clockForward');
  }

  /** The machine closes the connection. */
  hangsUp(how: SocketEnd = 'end'): this {
    return this.hangsUpHolding(how).closes(closedBy('machine', how));
  }

  /** The machine closes while bytes are held. Assert the bytes with `records` and the end with `closes`. */
  hangsUpHolding(how: SocketEnd = 'end'): this {
    this.#expectNothingLeft();
    this.connection.hangsUp(how);
    return this;
  }

  /** The machine does not read `bytes` of our output. Its own output is not read from then on. */
  takesNothing(bytes: number): this {
    this.#expectNothingLeft();
    this.connection.takes(false, bytes);
    expect(this.connection.isPaused).toBe(true);
    return this;
  }

  /** The machine reads all our output, and its own output is read again. */
  takesAll(): this {
    this.#expectNothingLeft();
    this.connection.takes(true);
    expect(this.connection.isPaused).toBe(false);
    return this;
  }

  /** The server sends an unsolicited message. */
  tells(message: WireMessage): this {
    this.#expectNothingLeft();
    const entry = this.connection.tells(message);
    expect(this.#sent.shift()?.entry).toBe(entry);
    expect(entry).toMatchObject({
      kind: 'frame',
      dir: 'out',
      at: this.world.now,
      text: JSON.stringify(message),
    });
    return this;
  }

  /** We close the connection; assert the end with `closes`. */
  ends(reason: CloseReason): this {
    this.#expectNothingLeft();
    this.connection.ended(reason);
    return this;
  }

  // --- effects ---

  /** The next answers, whole or by `cmd` only, in the head that the machine used. */
  answers(...messages: readonly (JsonObject | string)[]): this {
    return this.answersIn(this.#head, ...messages);
  }

  /** The next answers are these, written and recorded with this head. */
  answersIn(head: Head, ...messages: readonly (JsonObject | string)[]): this {
    for (const message of messages) {
      const sent = this.#sent.shift();
      const entry = sent?.entry.kind === 'frame' ? sent.entry : null;
      const body = JSON.parse(entry?.text ?? 'null') as JsonObject | null;
      if (typeof message === 'string') expect(body?.['cmd']).toBe(message);
      else {
        expect(body).toEqual(message);
        // Members go out in the order of the document.
        expect(Object.keys(body ?? {})).toEqual(Object.keys(message));
      }
      expect(entry).toMatchObject({ dir: 'out', head, at: this.world.now });
      const encoded = encodeFrame(entry?.text ?? '', head, entry?.sequence ?? 0);
      expect(encoded).toEqual({ ok: true, bytes: sent?.bytes });
      expect(entry?.bytes).toEqual(sent?.bytes);
    }
    return this;
  }

  /** The next entries, oldest first, each with at least these members. Frames of `receives` and answers are excluded. */
  records(...expected: readonly Expected[]): this {
    for (const one of expected) {
      const entry = this.#records.shift();
      // For any view of the bytes.
      const bytes = entry !== undefined && 'bytes' in entry ? { bytes: Uint8Array.from(entry.bytes) } : {};
      expect({ ...entry, ...bytes }).toMatchObject(one);
    }
    return this;
  }

  /** The findings since the last step, in order. */
  finds(...codes: FindingCode[]): this {
    expect(this.#findings.splice(0).map(({ code }) => code)).toEqual(codes);
    return this;
  }

  /** The connection claims this machine number. */
  claims(vmcNo: number): this {
    expect(this.#claims.shift()).toBe(vmcNo);
    return this;
  }

  /** We hang up, and the end is recorded. */
  closes(reason: CloseReason): this {
    expect(this.#closes.shift()).toBe(reason);
    expect(this.#records.pop()).toMatchObject({ kind: 'closed', reason });
    expect(this.connection.isOpen).toBe(false);
    return this;
  }

  staysOpen(): this {
    this.#expectNothingLeft();
    expect(this.connection.isOpen).toBe(true);
    return this;
  }

  /** The machine's state contains this. */
  shows(vmcNo: number, expected: Partial<MachineState>): this {
    expect(this.world.fleet.machine(vmcNo)).toMatchObject(expected);
    return this;
  }

  #take(output: Output): void {
    switch (output.type) {
      case 'record': {
        const { entry } = output;
        if ('findings' in entry) this.#findings.push(...entry.findings);
        if (entry.kind === 'finding') this.#findings.push(entry.finding);
        else this.#records.push(entry);
        break;
      }
      case 'sent':
        if ('findings' in output.entry) this.#findings.push(...output.entry.findings);
        this.#sent.push(output);
        break;
      case 'claim':
        this.#claims.push(output.vmcNo);
        break;
      case 'close':
        this.#closes.push(output.reason);
        break;
      case 'passed':
        throw new Error('a playbook has no second leg');
    }
  }

  #expectNothingLeft(): void {
    const left = [
      ...this.#findings.map(({ code }) => `finding ${code}`),
      ...this.#sent.map(({ entry }) => `answer ${entry.kind === 'frame' ? entry.text : ''}`),
      ...this.#claims.map((vmcNo) => `claim of ${vmcNo}`),
      ...this.#closes.map((reason) => `close (${reason})`),
      ...this.#records.map(
        (entry) => `record ${entry.kind}${entry.kind === 'frame' ? ` ${entry.text}` : ''}`,
      ),
    ];
    expect(left, `connection ${this.conn} did what was not asserted`).toEqual([]);
  }
}
