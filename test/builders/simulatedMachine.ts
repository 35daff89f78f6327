/** A fake clock and a scripted server for virtual machines, without sockets or waiting. */
import type { Finding } from '#shared/findings';
import type { Head, JsonObject } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import { encodeFrame } from '../../src/main/core/protocol/encode';
import { FrameDecoder } from '../../src/main/core/protocol/frame';
import type { Clock } from '../../src/main/tools/simulator/clock';
import type { Dial, TransportEvents } from '../../src/main/tools/simulator/transport';
import type { Deed } from '../../src/main/tools/simulator/deeds';
import { Machine, type MachineOptions } from '../../src/main/tools/simulator/machine';
import { Random } from '../../src/main/tools/simulator/random';
import { fetchPlain, postFile } from '../../src/main/tools/simulator/web';

/** Wednesday, 2024-05-01 08:00 local time. */
const start = new Date(2024, 4, 1, 8).getTime();

export class FakeClock implements Clock {
  #now = start;
  #serial = 0;
  readonly #due = new Map<number, { at: number; run: () => void }>();

  now(): number {
    return this.#now;
  }
  get elapsed(): number {
    return this.#now - start;
  }
  get timers(): number {
    return this.#due.size;
  }
  /** At least 1 ms, like Node's own. */
  after(ms: number, run: () => void): () => void {
    const id = (this.#serial += 1);
    this.#due.set(id, { at: this.#now + Math.max(1, ms), run });
    return () => this.#due.delete(id);
  }
  /** Runs everything due within the next `ms`, in order of time, then of creation. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      let next: [number, { at: number; run: () => void }] | null = null;
      for (const entry of this.#due) {
        if (entry[1].at <= end && (next === null || entry[1].at < next[1].at)) next = entry;
      }
      if (next === null) break;
      this.#due.delete(next[0]);
      this.#now = next[1].at;
      next[1].run();
    }
    this.#now = end;
  }
}

export interface ReceivedFrame {
  /** ms since the clock began. */
  readonly at: number;
  readonly connection: number;
  readonly head: Head | null;
  readonly sequence: number | null;
  readonly findings: readonly Finding[];
  readonly text: string;
  readonly body: JsonObject;
}

/** Answers of a complete server. Delete a key to leave that message unanswered; `null` members are left out. */
export type Answers = Partial<Record<string, (body: JsonObject) => readonly JsonObject[]>>;

export const politeAnswers = (number: number): Answers => ({
  login: () => [{ cmd: 'login_r', vmc_no: number, date_time: '2024-05-01 08:00:00', ret: 0 }],
  hb: () => [{ cmd: 'hb', vmc_no: number }],
  error: () => [{ cmd: 'error_r', vmc_no: number }],
  upordrecipe: ({ order_no = null }) => [{ cmd: 'upordrecipe_r', vmc_no: number, order_no, isOk: true }],
  productdone: ({ order_no = null }) => [{ cmd: 'productdone_r', vmc_no: number, order_no, isOk: true }],
  feedrecord: ({ timestamp = null }) => [{ cmd: 'feedrecord_r', vmc_no: number, timestamp, isOk: true }],
  rinsingrecord: ({ c_uid = null }) => [{ cmd: 'rinsingrecord_r', c_uid, vmc_no: number }],
});

export class FakeServer {
  readonly clock: FakeClock;
  readonly received: ReceivedFrame[] = [];
  readonly writes: { at: number; bytes: Uint8Array }[] = [];
  readonly closings: { at: number; how: 'end' | 'reset' }[] = [];
  answers: Answers;
  junkBytes = 0;
  /** No server listens. */
  refuses = false;
  /** Answers and `sends` use this head. */
  head: Head;
  connections = 0;
  #events: TransportEvents | null = null;
  #isDead = false;

  constructor(clock: FakeClock, head: Head, answers: Answers) {
    this.clock = clock;
    this.head = head;
    this.answers = answers;
  }

  readonly dial: Dial = (events) => {
    if (this.refuses) {
      this.clock.after(1, () => events.closed());
      return { write: () => true, end: () => undefined, reset: () => undefined };
    }
    const decoder = new FrameDecoder({ preferred: this.head });
    const connection = (this.connections += 1);
    this.#events = events;
    this.#isDead = false;
    const isDead = (): boolean => this.#isDead && this.#events === events;
    const leave = (how: 'end' | 'reset') => {
      this.#take(decoder.end(), connection);
      this.closings.push({ at: this.clock.elapsed, how });
      if (this.#events === events) this.#events = null;
    };
    this.clock.after(1, () => events.opened(50_000 + connection));
    return {
      write: (bytes) => {
        if (isDead()) return true;
        this.writes.push({ at: this.clock.elapsed, bytes: Uint8Array.from(bytes) });
        this.#take(decoder.push(bytes), connection);
        return true;
      },
      end: () => leave('end'),
      reset: () => leave('reset'),
    };
  };

  /** One read() of the machine. */
  delivers(bytes: Uint8Array): void {
    if (!this.#isDead) this.#events?.received(bytes);
  }

  sends(...bodies: readonly JsonObject[]): void {
    this.delivers(Buffer.concat(bodies.map((body) => frame(body, this.head))));
  }

  hangsUp(): void {
    const events = this.#events;
    this.#events = null;
    events?.closed();
  }

  /** Blocks all traffic without notice to either side. */
  dies(): void {
    this.#isDead = true;
  }

  of(cmd: string): ReceivedFrame[] {
    return this.received.filter(({ body }) => body['cmd'] === cmd);
  }

  #take(decoded: ReturnType<FrameDecoder['push']>, connection: number): void {
    for (const item of decoded) {
      if (item.kind === 'junk') this.junkBytes += item.bytes.length;
      if (item.kind !== 'frame') continue;
      const { head, sequence, findings, text } = item;
      const body = item.json ?? {};
      this.received.push({ at: this.clock.elapsed, connection, head, sequence, findings, text, body });
      const { cmd } = body;
      const answers = typeof cmd === 'string' ? (this.answers[cmd]?.(body) ?? []) : [];
      if (answers.length > 0) this.clock.after(1, () => this.sends(...answers));
    }
  }
}

export function frame(body: JsonObject | string, head: Head): Uint8Array {
  const encoded = encodeFrame(body, head);
  if (!encoded.ok) throw new Error(`too long: ${encoded.bytes}`);
  return encoded.bytes;
}

export interface TestMachine {
  /** All output, in order. */
  readonly deeds: readonly Deed[];
  readonly clock: FakeClock;
  readonly server: FakeServer;
  readonly machine: Machine;
  readonly counters: MachineOptions['counters'];
}

export const number = 33_232;

/** ms until a machine that was switched on has logged in; and until android has also reported its state. */
const loggedInAfter = { linux: 5, android: 1_300 } as const;

/** A machine that was switched on and has logged in. Only the test causes events, unless it `lives`. */
export function startMachine(
  platform: Platform,
  options: Partial<MachineOptions> = {},
  seed = 5,
): TestMachine {
  const clock = options.clock instanceof FakeClock ? options.clock : new FakeClock();
  const server = new FakeServer(clock, platform === 'linux' ? 'decimal' : 'le48', politeAnswers(number));
  const counters = { sent: 0, received: 0, lost: 0 };
  const deeds: Deed[] = [];
  const machine = new Machine({
    number,
    platform,
    head: null,
    code: 'ABCD1234',
    random: new Random(seed),
    pace: 1,
    clock,
    dial: server.dial,
    counters,
    notifyBase: null,
    rareSpelling: false,
    answering: 'truly',
    fetch: fetchPlain,
    post: postFile,
    lives: false,
    onPort: () => {},
    onDeed: (deed) => deeds.push(deed),
    ...options,
  });
  machine.start();
  clock.advance(loggedInAfter[platform]);
  return { clock, server, machine, counters, deeds };
}
