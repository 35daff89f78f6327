/**
 * A recorded day: incoming bytes from machines with their times, and the actions of people. The day is folded without sockets
 * and clock, by the connections, states and commands of the app. `npx tsx test/peers/recordDay.ts` records it.
 */
import { createHash } from 'node:crypto';
import type { CommandName } from '#shared/commands/index';
import type { SocketEnd } from '#shared/model/closeReasons';
import type { Command } from '#shared/model/command';
import type { Entry, JsonObject } from '#shared/model/frame';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { QrAnswers } from '#shared/model/machineSettings';
import type { MachineState } from '#shared/model/machine';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import { CommandQueue } from '../../src/main/machines/commands/commandQueue';
import { connection, World, type TestConnection } from './connection';
import { pkg } from './rows';

/** Connections are numbered from 1 in the order of opening. */
export type DayInput = { readonly at: number } & (
  | { readonly opens: QrAnswers }
  | { readonly conn: number; readonly sends: string } // base64
  | { readonly conn: number; readonly ends: SocketEnd }
  | { readonly vmcNo: number; readonly gives: CommandName; readonly input: JsonObject }
  | { readonly vmcNo: number; readonly hangsUp: true }
  | { readonly transfer: Transfer }
  | { readonly notice: ControlNotice }
);

const second = 1_000;
const hour = 3_600 * second;
const packageFacts = { version: '3.0.1', fileName: 'jetinno-3.0.1.zip', seenAtLogin: true };

export class Day {
  readonly world: World;
  readonly queue: CommandQueue;
  readonly commands = new Map<number, Command>();
  readonly #faults = new Map<number, Fault>();
  readonly #orders = new Map<number, OrderRecord>();
  readonly #kinds = new Map<string, number>();
  readonly #hours: string[] = [];
  readonly #refused = new Map<string, number>();
  /** All records and every state that results from them, in order. */
  #digest = createHash('sha256');
  #nextTick: number;
  #nextHour: number;
  readonly #timers: { readonly at: number; readonly run: () => void }[] = [];

  constructor(start: number) {
    const world = new World();
    world.now = start;
    this.world = world;
    this.#nextTick = start + second;
    this.#nextHour = start + hour;
    let sessions = 0;
    this.queue = new CommandQueue({
      now: () => world.now,
      // Unchanged from the recording.
      newSessionId: () => `${world.now}${String((sessions += 1)).padStart(6, '0')}`,
      isOnline: (vmcNo) => this.connectionOf(vmcNo) !== undefined,
      contextOf: (vmcNo) => {
        const machine = world.fleet.machine(vmcNo);
        return { machine, platform: machine?.platform ?? null, packages: [pkg()], now: world.now };
      },
      send: (vmcNo, message) => this.connectionOf(vmcNo)?.tells(message) ?? null,
      remark: (vmcNo, finding) => this.connectionOf(vmcNo)?.remarks(finding) ?? null,
      packageFacts: () => ({ facts: packageFacts }),
      offer: ({ id, vmcNo }) => ({ dir: `http://192.0.2.1:12345/u/${vmcNo}/${id}`, type: 'app' }),
      later: (ms, run) => void this.#timers.push({ at: world.now + ms, run }),
      kept: (then) => then(true),
      changed: (command) => this.commands.set(command.id, command),
    });
    world.entryLog.onEntry((entry, change) => {
      count(this.#kinds, kindOf(entry));
      this.#digest.update(`[${JSON.stringify(plain(entry))},${jsonOf(change?.after ?? null) ?? ''}]`);
      for (const fault of change?.faults ?? []) this.#faults.set(fault.id, fault);
      for (const order of change?.orders ?? []) this.#orders.set(order.entry, order);
      this.queue.onEntry(entry, change);
    });
  }

  connectionOf(vmcNo: number): TestConnection | undefined {
    const conn = this.world.claims.holder(vmcNo);
    return conn === undefined ? undefined : this.world.connections[conn - 1];
  }

  do(input: DayInput): void {
    this.advance(input.at);
    if ('opens' in input) connection({ config: { qrAnswers: input.opens } }, this.world);
    else if ('sends' in input) this.#on(input.conn)?.receivesBytes(Buffer.from(input.sends, 'base64'));
    else if ('ends' in input) this.#on(input.conn)?.hangsUp(input.ends);
    else if ('hangsUp' in input) this.connectionOf(input.vmcNo)?.ended('byPerson');
    else if ('transfer' in input) this.queue.onTransfer(input.transfer);
    else if ('notice' in input) this.queue.onNotice(input.notice);
    else {
      const given = this.queue.give(input.vmcNo, input.gives, input.input);
      if ('code' in given) count(this.#refused, `${input.gives}: ${given.code}`);
    }
  }

  /** Time passes: everything due is done at its time. */
  advance(to: number): void {
    while (this.#nextTick <= to) {
      this.#ring(this.#nextTick);
      this.queue.tick();
      if (this.#nextTick >= this.#nextHour) this.#endHour();
      this.#nextTick += second;
    }
    this.#ring(to);
  }

  /** The outcome, a line for each fact. */
  report(): string {
    this.#endHour();
    const machines = [...this.world.fleet.machines.values()].toSorted((a, b) => a.vmcNo - b.vmcNo);
    return [
      '# entries',
      ...lines(this.#kinds),
      '# digests, hour by hour, of all entries and states',
      ...this.#hours,
      '# machines',
      ...machines.flatMap(linesOf),
      '# orders',
      ...[...this.#orders.values()].map(
        ({ entry, vmcNo, orderNo, state, productId, amount }) =>
          `${entry} ${vmcNo} ${orderNo} ${state} ${productId} ${amount}`,
      ),
      '# faults',
      ...[...this.#faults.values()].map(
        ({ id, vmcNo, code, setAt, clearedAt, clearedBy, times }) =>
          `${id} ${vmcNo} ${code} ${setAt} ${clearedAt} ${clearedBy} ${times}`,
      ),
      '# commands',
      ...[...this.commands.values()].map(
        ({ id, vmcNo, name, state, steps, endedAt }) =>
          `${id} ${vmcNo} ${name} ${state} ${endedAt ?? ''}: ${steps.map(({ what, entry }) => `${what} ${entry ?? ''}`.trim()).join(', ')}`,
      ),
      '# refused',
      ...lines(this.#refused),
      '',
    ].join('\n');
  }

  #on(conn: number): TestConnection | undefined {
    const one = this.world.connections[conn - 1];
    return one?.isOpen === true ? one : undefined;
  }

  #ring(to: number): void {
    for (;;) {
      let first: TestConnection | null = null;
      for (const one of this.world.connections)
        if (one.wakeAt !== null && one.wakeAt <= to && one.wakeAt < (first?.wakeAt ?? Infinity)) first = one;
      const timer = this.#timers.reduce((one, other) => (other.at < one.at ? other : one), none);
      if (timer.at <= to && timer.at < (first?.wakeAt ?? Infinity)) {
        this.#timers.splice(this.#timers.indexOf(timer), 1);
        this.world.now = Math.max(this.world.now, timer.at);
        timer.run();
      } else if (first?.wakeAt == null) break;
      else first.after(Math.max(0, first.wakeAt - this.world.now));
    }
    this.world.now = Math.max(this.world.now, to);
  }

  #endHour(): void {
    this.#hours.push(this.#digest.copy().digest('hex').slice(0, 32));
    this.#nextHour += hour;
  }
}

const none = { at: Infinity, run: (): void => undefined };

const jsonKnown = new WeakMap<object, string>();
/** Formatted by `JSON.stringify`. Parts shared with the previous state are not formatted again. */
function jsonOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return partOf(value);
  const members = Object.entries(value).flatMap(([name, part]) => {
    const json = partOf(part);
    return json === undefined ? [] : [`${JSON.stringify(name)}:${json}`];
  });
  return `{${members.join(',')}}`;
}
function partOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = jsonKnown.get(value) ?? JSON.stringify(value);
  jsonKnown.set(value, known);
  return known;
}

/** Local times are omitted: they differ between time zones. */
function plain(entry: Entry): unknown {
  if (entry.kind === 'junk') return { ...entry, bytes: Buffer.from(entry.bytes).toString('base64') };
  if (entry.kind !== 'frame') return entry;
  const { bytes: _bytes, message: _message, text, ...rest } = entry;
  return { ...rest, text: text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, '') };
}

function kindOf(entry: Entry): string {
  switch (entry.kind) {
    case 'frame':
      return `frame ${entry.dir} ${entry.message.body.cmd}`;
    case 'finding':
      return `finding ${entry.finding.code}`;
    case 'closed':
      return `closed ${entry.reason}`;
    default:
      return entry.kind;
  }
}

function linesOf({ vmcNo, orders: _orders, ...state }: MachineState): readonly string[] {
  return Object.entries(state).map(([name, value]) => `${vmcNo} ${name} ${JSON.stringify(value)}`);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function lines(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts].map(([name, times]) => `${name} ${times}`).toSorted();
}
