/**
 * Tests of commands read as conversations: `controlled(android).gives('rinse').sends({…}).receives({…}).shows('confirmed',
 * 'rinsed')`. Whatever the server writes and whatever step a command takes must be asserted before the conversation goes on.
 */
import { expect, onTestFinished } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import type { MachineContext } from '#shared/commands/kit/possible';
import { rowOf } from '#shared/commands/kit/rows';
import type { CommandState } from '#shared/commands/kit/given';
import type { AppError } from '#shared/contract/errors';
import type { Command, CommandStep, StepName } from '#shared/model/command';
import type { SocketEnd } from '#shared/model/closeReasons';
import type { CloseReason, JsonObject } from '#shared/model/frame';
import { readCommand } from '#shared/model/stored';
import type { WireMessage } from '#shared/model/message';
import type { UploadRefusal } from '#shared/model/fetched';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import { alreadyThere } from '../../src/main/machines/commands/acceptance';
import { CommandQueue } from '../../src/main/machines/commands/commandQueue';
import { VersionDoubts } from '../../src/main/core/state/versionDoubts';
import { connection, World, type TestConnection } from './connection';
import { pkg } from './rows';

const vmcNo = 7;
export const linux = { cmd: 'login', vmc_no: vmcNo, version: '1.0', linuxDriverVersion: '1.3' };
export const android = { cmd: 'login', vmc_no: vmcNo, version: '2.0', io_version: '9', login_count: 3 };
/** android's wrapping. */
export const remote = (operation: string, more: JsonObject = {}): JsonObject => ({
  cmd: 'remote',
  vmc_no: vmcNo,
  operation,
  session_id: expect.any(String) as string,
  ...more,
});
export const packageDir = 'http://192.0.2.1:12345/u/7/1';

type Shown = StepName | readonly [step: StepName, params: Readonly<Record<string, unknown>>];

/** A machine that is connected and has logged in, or has said something else first, which is answered by `answer`. */
export function controlled(first: JsonObject, answer = 'login_r'): Controlled {
  const book = new Controlled(first);
  // Of the test, not of the file: files share what they import.
  onTestFinished(() => book.ends());
  return book.connects(first, answer).rests();
}

/** Past what it reports by itself after its login, with these words in `machinestatus` since: a door is proved open only where it was closed. */
export const settled = (first: JsonObject, ...words: readonly string[]): Controlled =>
  words.reduce(
    (book, status) => book.receives({ cmd: 'machinestatus', status }),
    controlled(first).after(20_000),
  );

export class Controlled {
  readonly world = new World();
  /** In the order they were given. */
  readonly ids: number[] = [];
  readonly #login: JsonObject;
  readonly #commands = new Map<number, Command>();
  /** Steps that were asserted, by command. */
  readonly #seen = new Map<number, number>();
  /** Written and not yet asserted: by commands, and in answer to the machine. */
  #written: { readonly body: JsonObject; readonly entry: number | null }[] = [];
  #answered: readonly string[] = [];
  /** Whoever waits for the disk; `null`: it takes everything at once. */
  #recording: ((isKept: boolean) => void)[] | null = null;
  #packageFacts: JsonObject = {};
  #doubts = new VersionDoubts();
  #sessions = 0;
  #queue: CommandQueue;
  #link: TestConnection | null = null;
  /** What the queue asked to be called for. */
  readonly timers: { readonly at: number; readonly run: () => void }[] = [];

  constructor(login: JsonObject) {
    this.#login = login;
    this.#queue = this.#newQueue(0);
    this.world.entryLog.onEntry((entry, change) => this.#queue.onEntry(entry, change));
  }

  /** It logs in, on a connection of its own; an older one that still stands is replaced. */
  connects(first: JsonObject = this.#login, answer = 'login_r', address?: string): this {
    this.#goesOn();
    this.#link = connection(
      { paymentTypes: ['wx_pub'], ...(address !== undefined && { address }) },
      this.world,
    );
    return this.#hears(() => this.#link?.receives({ vmc_no: vmcNo, ...first })).answers(answer);
  }

  /** A text is a body as it stands. */
  receives(body: JsonObject | string): this {
    this.#goesOn();
    const whole = typeof body === 'string' ? body : { vmc_no: vmcNo, ...body };
    return this.#hears(() => this.#link?.receives(whole));
  }

  /** A person writes to it by hand. */
  tells(body: WireMessage): this {
    this.#goesOn();
    this.#link?.tells(body);
    return this;
  }

  hangsUp(how: SocketEnd = 'end'): this {
    this.#goesOn();
    this.#link?.hangsUp(how);
    return this;
  }

  /** The clock of this computer is set, as the running server notices it. */
  setsClock(ms: number): this {
    this.#goesOn();
    if (this.#link?.isOpen === true) this.#link.setsClock(ms);
    else this.world.now += ms;
    this.#queue.clockSet(ms);
    return this;
  }

  /** This computer sleeps for so long, and the running server notices it. */
  sleeps(ms: number): this {
    this.#goesOn();
    this.world.now += ms;
    this.#queue.unheard.listensAgain();
    return this;
  }

  /** We hang up. */
  ended(reason: CloseReason): this {
    this.#goesOn();
    this.#link?.ended(reason);
    return this;
  }

  /** A file comes to the address of the command, or what is not taken for one. */
  uploads({
    bytes,
    why,
    id = this.command().id,
    from: remoteAddress = '192.0.2.7',
  }: {
    readonly bytes: number;
    readonly why?: UploadRefusal;
    readonly id?: number;
    readonly from?: string;
  }): this {
    this.#goesOn();
    const about = { id, vmcNo, at: this.world.now, bytes, remoteAddress };
    this.#queue.onUpload(
      why === undefined
        ? {
            ok: true,
            file: { ...about, type: 'log', day: null, askedAt: 0, sha256: '', fileName: 'a.zip' },
          }
        : { ok: false, ...about, why, detail: '' },
    );
    return this;
  }

  /** It hands over its product list, which it was asked for just now: a column beside the numbers, as its cells stand there. */
  lists(cells: Readonly<Record<number, string>>, column = 'price', askedAt = this.world.now): this {
    this.#goesOn();
    const table = { title: 'machine.product', columns: ['productId', column], rows: Object.entries(cells) };
    this.#queue.onProducts(vmcNo, { askedAt, at: this.world.now, tables: [table] });
    return this;
  }

  /** android's report over HTTP, of the newest command unless it names another session. */
  notifies(notice: Partial<ControlNotice> = {}): this {
    this.#goesOn();
    this.#queue.onNotice({
      vmcNo,
      sessionId: this.command().sessionId,
      done: true,
      reason: null,
      sign: 'matched',
      at: this.world.now,
      remoteAddress: '192.0.2.7',
      ...notice,
    });
    return this;
  }

  /** The package host saw this of the newest command's package. */
  fetches(what: Transfer['what'], transfer: Partial<Transfer>): this {
    this.#goesOn();
    this.#queue.onTransfer({
      offer: this.command().id,
      vmcNo,
      what,
      remoteAddress: '192.0.2.7',
      startedAt: this.world.now,
      endedAt: transfer.complete == null ? null : this.world.now,
      movedAt: this.world.now,
      from: 0,
      sent: 0,
      total: 100,
      size: 100,
      status: 200,
      complete: null,
      straySpaces: false,
      ...transfer,
    });
    return this;
  }

  after(ms: number): this {
    this.#goesOn();
    const end = this.world.now + ms;
    for (let due = this.#due(end); due !== undefined; due = this.#due(end)) {
      this.world.now = Math.max(this.world.now, due.at);
      due.run();
    }
    this.world.now = end;
    this.#queue.tick();
    return this;
  }

  /** The pause after what was written to it last. */
  rests(): this {
    return this.after(1_000);
  }

  #due(end: number): (typeof this.timers)[number] | undefined {
    const first = this.timers.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end);
    if (first !== undefined) this.timers.splice(this.timers.indexOf(first), 1);
    return first;
  }

  /** What is remembered of the package that upgrades name. */
  offering(facts: JsonObject): this {
    this.#packageFacts = facts;
    return this;
  }

  /** `line`: of the run that gives it. */
  gives(name: CommandName, input: JsonObject = {}, line?: number): this {
    this.#goesOn();
    const given = this.#queue.give(vmcNo, name, input, line === undefined ? {} : { line });
    if ('code' in given) throw new Error(`refused: ${JSON.stringify(given)}`);
    this.ids.push(given.id);
    return this;
  }

  /** A linux machine is told to reboot, and answers the question that goes before it, or not. */
  reboots(isAlive = true): this {
    return this.gives('reboot').sendsReboot(this.ids.length, isAlive);
  }

  /** The same of the nth command, whose turn has come. */
  sendsReboot(nth = this.ids.length, isAlive = true): this {
    return this.sendsAsked('reboot', nth, isAlive);
  }

  /** A door on linux is opened. */
  opensDoor(spelling = 'opendoor', isAlive = true): this {
    return this.gives('openDoor', { spelling }).sendsAsked(spelling, this.ids.length, isAlive);
  }

  /** The nth command is sent after a question, which the machine answers where it is alive. */
  sendsAsked(cmd: string, nth = this.ids.length, isAlive = true): this {
    this.sends({ cmd: 'statusquery', vmc_no: vmcNo });
    if (isAlive) this.receives({ cmd: 'machinestatus', status: 'normal' }).showsOf(nth, 'sent', 'linkAlive');
    return this.after(500).sends({ cmd, vmc_no: vmcNo });
  }

  /** Something that no command writes, as a person or another server does. */
  writes(message: WireMessage): this {
    this.#goesOn();
    this.#link?.tells(message);
    return this;
  }

  /** What a run is told of the machine before it gives this. */
  has(name: CommandName, input: JsonObject, there: 'there' | 'awaitsLogin' | null): this {
    this.#goesOn();
    const now = this.#context();
    const awaits = rowOf(name).awaitsLogin(now, input) ? 'awaitsLogin' : null;
    expect(alreadyThere(vmcNo, name, input, now) === null ? awaits : 'there').toBe(there);
    return this;
  }

  refuses(name: CommandName, input: JsonObject, error: Partial<AppError>): this {
    this.#goesOn();
    expect(this.#queue.give(vmcNo, name, input)).toMatchObject(error);
    return this;
  }

  takesBack(error: Partial<AppError> | null = null, nth = this.ids.length): this {
    this.#goesOn();
    const refused = this.#queue.cancel(this.command(nth).id);
    if (error === null) expect(refused).toBeNull();
    else expect(refused).toMatchObject(error);
    return this;
  }

  /** A person says how much longer it may wait to be sent, ms. */
  waits(ms: number, error: Partial<AppError> | null = null, nth = this.ids.length): this {
    this.#goesOn();
    const refused = this.#queue.setWait(this.command(nth).id, ms);
    if (error === null) expect(refused).toBeNull();
    else expect(refused).toMatchObject(error);
    return this;
  }

  /** From now on what is recorded is on disk only once `records` says so. */
  holdsDisk(): this {
    this.#recording = [];
    return this;
  }

  /** All that was recorded so far is on disk, or was refused by it. */
  records(isKept = true): this {
    for (const then of this.#recording?.splice(0) ?? []) then(isKept);
    return this;
  }

  /** Crema is closed and started again; `isCopy`: on a copy of its data folder. */
  restarts(isCopy = false): this {
    this.#goesOn();
    const kept = this.ids.flatMap((id) => {
      const command = this.#commands.get(id);
      return command === undefined ? [] : (readCommand(JSON.stringify(command)) ?? []);
    });
    this.timers.splice(0);
    this.#recording?.splice(0);
    this.#queue = this.#newQueue(Math.max(0, ...this.ids));
    this.#doubts = new VersionDoubts();
    for (const command of kept) this.#doubts.note(command);
    this.#queue.restore(kept, isCopy);
    return this;
  }

  /** Packages that may not change meanwhile. */
  needs(...packageIds: readonly string[]): this {
    expect([...this.#queue.wantedPackages]).toEqual(packageIds);
    return this;
  }

  /** What goes before a message by hand that may be one of these. */
  goesFirst(...names: readonly CommandName[]): CommandName | null {
    return this.#queue.goesFirst(vmcNo, names)?.name ?? null;
  }

  /** When a message by hand may be written. */
  turn(): Promise<void> {
    return this.#queue.turn(vmcNo);
  }

  /** So much time passes, and with it what is awaited. */
  async passing(ms: number, awaited: Promise<unknown>): Promise<void> {
    // What a timer did just now may ask for another.
    await new Promise((resolve) => setImmediate(resolve));
    this.after(ms);
    await awaited;
  }

  /** The newest command (or another) was written in exactly these frames, and nothing else was. */
  sends(...bodies: readonly JsonObject[]): this {
    const written = this.#written.splice(0);
    expect(written.map(({ body }) => body)).toEqual(bodies);
    const frames = written.map(({ entry }) => entry);
    for (const { id } of this.#commands.values()) {
      const fresh = this.#fresh(id);
      const told = fresh.filter(({ what, entry }) => what === 'sent' && frames.includes(entry));
      if (told.length === 0) continue;
      expect(fresh.slice(0, told.length)).toEqual(told);
      this.#seen.set(id, (this.#seen.get(id) ?? 0) + told.length);
      for (const { entry } of told) frames.splice(frames.indexOf(entry), 1);
    }
    expect(frames.filter((entry) => entry !== null)).toEqual([]);
    return this;
  }

  /** The machine's message was answered by these. */
  answers(...cmds: readonly string[]): this {
    expect(this.#answered).toEqual(cmds);
    this.#answered = [];
    return this;
  }

  /** The newest command (or the nth) is in this state, and took exactly these steps since. */
  shows(state: CommandState, ...steps: readonly Shown[]): this {
    return this.showsOf(this.ids.length, state, ...steps);
  }

  showsOf(nth: number, state: CommandState, ...steps: readonly Shown[]): this {
    const command = this.command(nth);
    const fresh = this.#fresh(command.id);
    expect(command.state).toBe(state);
    expect(fresh).toMatchObject(
      steps.map((step) => (typeof step === 'string' ? { what: step } : { what: step[0], params: step[1] })),
    );
    this.#seen.set(command.id, command.steps.length);
    return this;
  }

  /** The newest command, or the nth. */
  command(nth = this.ids.length): Command {
    const command = this.#commands.get(this.ids[nth - 1] ?? 0);
    if (command === undefined) throw new Error('no such command');
    return command;
  }

  /** The test is over. */
  ends(): void {
    this.#goesOn();
    // Every step that says so names an entry that exists.
    const entries = new Set(this.world.entries.map(({ id }) => id));
    for (const { steps } of this.#commands.values())
      expect(steps.filter(({ entry }) => entry !== null && !entries.has(entry))).toEqual([]);
  }

  #fresh(id: number): readonly CommandStep[] {
    return this.#commands.get(id)?.steps.slice(this.#seen.get(id) ?? 0) ?? [];
  }

  /** Nothing that happened so far was left unsaid. */
  #goesOn(): void {
    expect(this.#written.map(({ body }) => body)).toEqual([]);
    expect(this.#answered).toEqual([]);
    const unsaid = [...this.#commands.values()].flatMap(({ id, name }) =>
      this.#fresh(id).map(({ what }) => `${name}: ${what}`),
    );
    expect(unsaid).toEqual([]);
  }

  /** Runs what the machine does, and notes what it was answered. */
  #hears(happens: () => void): this {
    const from = this.world.entries.length;
    happens();
    const { conn } = this.#link ?? {};
    this.#answered = this.world.entries
      .slice(from)
      .flatMap((entry) =>
        entry.kind === 'frame' && entry.dir === 'out' && entry.conn === conn ? [entry.message.body.cmd] : [],
      );
    return this;
  }

  #context(): MachineContext {
    const machine = this.world.fleet.machine(vmcNo);
    const doubts = this.#doubts.of(vmcNo, machine);
    return { machine, platform: machine?.platform ?? null, packages: [pkg()], doubts, now: this.world.now };
  }

  #newQueue(lastId: number): CommandQueue {
    const { world } = this;
    return new CommandQueue(
      {
        now: () => world.now,
        newSessionId: () => `s${(this.#sessions += 1)}`,
        isOnline: () => this.#link?.isOpen === true && this.#link.vmcNo === vmcNo,
        contextOf: () => this.#context(),
        send: (_vmcNo, message) => {
          const entry = this.#link?.tells(message) ?? null;
          this.#written.push({ body: message, entry: entry?.id ?? null });
          return entry;
        },
        remark: (_vmcNo, finding) => this.#link?.remarks(finding) ?? null,
        packageFacts: () => ({ facts: this.#packageFacts }),
        offer: () => ({ dir: packageDir, type: null }),
        // Time passes only by `after`.
        later: (ms, run) => void this.timers.push({ at: world.now + ms, run }),
        kept: (then) => {
          if (this.#recording === null) then(true);
          else this.#recording.push(then);
        },
        changed: (command) => {
          this.#commands.set(command.id, command);
          this.#doubts.note(command);
        },
      },
      lastId,
    );
  }
}
