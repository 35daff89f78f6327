/**
 * Tests of commands read as conversations: `controlled(android).gives('rinse').sends({…}).receives({…}).shows('confirmed',
 * 'rinsed')`. Every written message and every step of a command must be asserted before the next event.
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
import { readCommand } from '#shared/model/stored/work';
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

/** A connected machine that has logged in, or that has first sent another message, which is answered by `answer`. */
export function controlled(first: JsonObject, answer = 'login_r'): Controlled {
  const book = new Controlled(first);
  // Belongs to the test, not to the file: files share their imports.
  onTestFinished(() => book.ends());
  return book.connects(first, answer).rests();
}

/** Past the reports that follow a login, with these words in `machinestatus` since. Only a door that was closed can be proved open. */
export const settled = (first: JsonObject, ...words: readonly string[]): Controlled =>
  words.reduce(
    (book, status) => book.receives({ cmd: 'machinestatus', status }),
    controlled(first).after(20_000),
  );

export class Controlled {
  readonly world = new World();
  /** In the order of `gives`. */
  readonly ids: number[] = [];
  readonly #login: JsonObject;
  readonly #commands = new Map<number, Command>();
  /** Steps already asserted, by command. */
  readonly #seen = new Map<number, number>();
  /** Written but not yet asserted: messages of commands, and answers to the machine. */
  #written: { readonly body: JsonObject; readonly entry: number | null }[] = [];
  #answered: readonly string[] = [];
  /** Callers that wait for the disk; `null`: the disk accepts everything at once. */
  #recording: ((isKept: boolean) => void)[] | null = null;
  #packageFacts: JsonObject = {};
  #doubts = new VersionDoubts();
  #sessions = 0;
  #queue: CommandQueue;
  #link: TestConnection | null = null;
  /** Wake-up calls that the queue requested. */
  readonly timers: { readonly at: number; readonly run: () => void }[] = [];

  constructor(login: JsonObject) {
    this.#login = login;
    this.#queue = this.#newQueue(0);
    this.world.entryLog.onEntry((entry, change) => this.#queue.onEntry(entry, change));
  }

  /** The machine logs in on a new connection, which replaces an older open connection. */
  connects(first: JsonObject = this.#login, answer = 'login_r', address?: string): this {
    this.#goesOn();
    this.#link = connection(
      { paymentTypes: ['wx_pub'], ...(address !== undefined && { address }) },
      this.world,
    );
    return this.#hears(() => this.#link?.receives({ vmc_no: vmcNo, ...first })).answers(answer);
  }

  /** A text is a raw body. */
  receives(body: JsonObject | string): this {
    this.#goesOn();
    const whole = typeof body === 'string' ? body : { vmc_no: vmcNo, ...body };
    return this.#hears(() => this.#link?.receives(whole));
  }

  /** A person sends a custom message to the machine. */
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

  /** The clock of this computer changes, as the running server notices. */
  setsClock(ms: number): this {
    this.#goesOn();
    if (this.#link?.isOpen === true) this.#link.setsClock(ms);
    else this.world.now += ms;
    this.#queue.clockSet(ms);
    return this;
  }

  /** This computer sleeps for this time, and the running server notices. */
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

  /** A file is uploaded to the address of the command, or data that is not accepted as a file. */
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

  /** The machine sends the product list that it was just asked for: a column beside the numbers, with its cells unchanged. */
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

  /** The package host reports this about the newest command's package. */
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

  /** The pause after the last message to the machine. */
  rests(): this {
    return this.after(1_000);
  }

  #due(end: number): (typeof this.timers)[number] | undefined {
    const first = this.timers.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end);
    if (first !== undefined) this.timers.splice(this.timers.indexOf(first), 1);
    return first;
  }

  /** The stored facts about the package that upgrades name. */
  offering(facts: JsonObject): this {
    this.#packageFacts = facts;
    return this;
  }

  /** `line`: the machine of a run, if a run gives the command. */
  gives(name: CommandName, input: JsonObject = {}, line?: number): this {
    this.#goesOn();
    const given = this.#queue.give(vmcNo, name, input, line === undefined ? {} : { line });
    if ('code' in given) throw new Error(`refused: ${JSON.stringify(given)}`);
    this.ids.push(given.id);
    return this;
  }

  /** A linux machine gets a reboot, and answers the preceding query, or not. */
  reboots(isAlive = true): this {
    return this.gives('reboot').sendsReboot(this.ids.length, isAlive);
  }

  /** The same for the nth command, when its turn has come. */
  sendsReboot(nth = this.ids.length, isAlive = true): this {
    return this.sendsAsked('reboot', nth, isAlive);
  }

  /** A door on linux is opened. */
  opensDoor(spelling = 'opendoor', isAlive = true): this {
    return this.gives('openDoor', { spelling }).sendsAsked(spelling, this.ids.length, isAlive);
  }

  /** The nth command is sent after a query, which the machine answers if it is alive. */
  sendsAsked(cmd: string, nth = this.ids.length, isAlive = true): this {
    this.sends({ cmd: 'statusquery', vmc_no: vmcNo });
    if (isAlive) this.receives({ cmd: 'machinestatus', status: 'normal' }).showsOf(nth, 'sent', 'linkAlive');
    return this.after(500).sends({ cmd, vmc_no: vmcNo });
  }

  /** A message that no command writes, as a person or another server sends it. */
  writes(message: WireMessage): this {
    this.#goesOn();
    this.#link?.tells(message);
    return this;
  }

  /** The state that a run reads about the machine before it gives this command. */
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

  /** A person changes how much longer the command may wait for sending, ms. */
  waits(ms: number, error: Partial<AppError> | null = null, nth = this.ids.length): this {
    this.#goesOn();
    const refused = this.#queue.setWait(this.command(nth).id, ms);
    if (error === null) expect(refused).toBeNull();
    else expect(refused).toMatchObject(error);
    return this;
  }

  /** From now on a record is on disk only after `records`. */
  holdsDisk(): this {
    this.#recording = [];
    return this;
  }

  /** All records so far are on disk, or the disk refused them. */
  records(isKept = true): this {
    for (const then of this.#recording?.splice(0) ?? []) then(isKept);
    return this;
  }

  /** Crema closes and starts again; `isCopy`: on a copy of its data folder. */
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

  /** Packages that may not change now. */
  needs(...packageIds: readonly string[]): this {
    expect([...this.#queue.wantedPackages]).toEqual(packageIds);
    return this;
  }

  /** The command that precedes a custom message which may be one of these. */
  goesFirst(...names: readonly CommandName[]): CommandName | null {
    return this.#queue.goesFirst(vmcNo, names)?.name ?? null;
  }

  /** Resolves when a custom message may be written. */
  turn(): Promise<void> {
    return this.#queue.turn(vmcNo);
  }

  /** This time passes, and the awaited promise settles. */
  async passing(ms: number, awaited: Promise<unknown>): Promise<void> {
    // A timer may just have requested another.
    await new Promise((resolve) => setImmediate(resolve));
    this.after(ms);
    await awaited;
  }

  /** The newest command (or another) was written in exactly these frames, and nothing else was written. */
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

  /** These messages answered the machine's message. */
  answers(...cmds: readonly string[]): this {
    expect(this.#answered).toEqual(cmds);
    this.#answered = [];
    return this;
  }

  /** The newest command (or the nth) is in this state, after exactly these new steps. */
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

  /** The test ends. */
  ends(): void {
    this.#goesOn();
    // Every step with an entry names an entry that exists.
    const entries = new Set(this.world.entries.map(({ id }) => id));
    for (const { steps } of this.#commands.values())
      expect(steps.filter(({ entry }) => entry !== null && !entries.has(entry))).toEqual([]);
  }

  #fresh(id: number): readonly CommandStep[] {
    return this.#commands.get(id)?.steps.slice(this.#seen.get(id) ?? 0) ?? [];
  }

  /** Fails if an effect so far was not asserted. */
  #goesOn(): void {
    expect(this.#written.map(({ body }) => body)).toEqual([]);
    expect(this.#answered).toEqual([]);
    const unsaid = [...this.#commands.values()].flatMap(({ id, name }) =>
      this.#fresh(id).map(({ what }) => `${name}: ${what}`),
    );
    expect(unsaid).toEqual([]);
  }

  /** Runs the action of the machine and notes the answers. */
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
        // Only `after` passes time.
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
