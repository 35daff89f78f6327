/**
 * Virtual machines and the command queue in one world, without sockets and without a clock.
 * Every command is written, read, obeyed (or not) and judged by its effects.
 * HTTP is simulated too: the package, and android's notices.
 */
import type { CommandName } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import type { Answering } from '#shared/model/simulator';
import { CommandQueue } from '../../src/main/machines/commands/commandQueue';
import { Machine } from '../../src/main/tools/simulator/machine';
import { Random } from '../../src/main/tools/simulator/random';
import type { Dial } from '../../src/main/tools/simulator/transport';
import type { Fetch, Post } from '../../src/main/tools/simulator/web';
import { readNotice } from '../../src/main/packages/host/notice';
import { connection, World, type TestConnection } from './connection';
import { pkg } from './rows';
import { FakeClock } from './simulatedMachine';

/** ms */
const second = 1_000;
const version = '9.9';
/** A ZIP without members. */
const zip = Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1');

export class Commanded {
  readonly clock = new FakeClock();
  readonly world = new World();
  readonly queue: CommandQueue;
  readonly #platform: Platform;
  readonly #machines = new Map<number, Machine>();
  readonly #links = new Map<number, TestConnection>();
  readonly #commands = new Map<number, Command>();
  readonly #heard: Uint8Array[] = [];
  /** Frames of commands, as the queue wrote them. */
  readonly written: JsonObject[] = [];

  constructor(platform: Platform) {
    this.#platform = platform;
    const { world, clock } = this;
    world.now = clock.now();
    let sessions = 0;
    this.queue = new CommandQueue({
      now: () => world.now,
      newSessionId: () => `s${(sessions += 1)}`,
      isOnline: (vmcNo) => this.#linkOf(vmcNo) !== undefined,
      contextOf: (vmcNo) => ({
        machine: world.fleet.machine(vmcNo),
        platform,
        packages: [pkg()],
        now: world.now,
      }),
      send: (vmcNo, message) => {
        this.written.push(message);
        return this.#linkOf(vmcNo)?.tells(message) ?? null;
      },
      remark: (vmcNo, finding) => this.#linkOf(vmcNo)?.remarks(finding) ?? null,
      packageFacts: () => ({ facts: { version, fileName: 'jl.zip', field: 'version' } }),
      offer: ({ id, vmcNo }) => ({
        dir: `http://192.0.2.1/u/${vmcNo}/${id}${platform === 'linux' ? '' : `/jl-${version}.zip`}`,
        type: 'app',
      }),
      later: (ms, run) => void clock.after(ms, run),
      kept: (then) => then(true),
      changed: (command) => this.#commands.set(command.id, command),
    });
    world.entryLog.onEntry((entry, change) => this.queue.onEntry(entry, change));
  }

  /** Switched on, logged in, and past the reports that follow a login. */
  async machine(vmcNo: number, answering: Answering): Promise<Machine> {
    const machine = new Machine({
      number: vmcNo,
      platform: this.#platform,
      head: null,
      code: 'ABCD1234',
      random: new Random(vmcNo),
      pace: 1,
      clock: this.clock,
      dial: this.#dial,
      counters: { sent: 0, received: 0, lost: 0 },
      notifyBase: 'http://192.0.2.1',
      rareSpelling: false,
      answering,
      fetch: this.#fetch,
      post: this.#post,
      lives: false,
      onPort: () => undefined,
    });
    this.#machines.set(vmcNo, machine);
    machine.start();
    await this.passes(20 * second);
    return machine;
  }

  gives(vmcNo: number, name: CommandName, input: JsonObject): number {
    const given = this.queue.give(vmcNo, name, input);
    if ('code' in given) throw new Error(`refused: ${JSON.stringify(given)}`);
    return given.id;
  }

  refusal(vmcNo: number, name: CommandName, input: JsonObject): AppError | null {
    const given = this.queue.give(vmcNo, name, input);
    return 'code' in given ? given : null;
  }

  command(id: number): Command {
    const command = this.#commands.get(id);
    if (command === undefined) throw new Error('no such command');
    return command;
  }

  /** The outcome in a line: `confirmed: sent, accepted, doorOpened`. */
  story(id: number): string {
    const { state, steps } = this.command(id);
    const named = steps.map(({ what, params: { reason } }) =>
      what === 'machineSaidFailed' ? `${what} ${String(reason)}` : what,
    );
    return `${state}: ${named.join(', ')}`;
  }

  /** The connection breaks. The machine reconnects when it notices. */
  drops(vmcNo: number): void {
    this.#linkOf(vmcNo)?.hangsUp('reset');
  }

  /** Repeats all reports since the last call, on this machine's connection. */
  saysAgain(vmcNo: number): void {
    for (const bytes of this.#heard.splice(0)) this.#linkOf(vmcNo)?.receivesBytes(bytes);
  }

  /** Earlier reports are not repeated. */
  forgets(): void {
    this.#heard.length = 0;
  }

  /** Passes the time a second at a time, with everything that is due. */
  async passes(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= second) {
      this.clock.advance(Math.min(second, left));
      this.#follows();
      this.queue.tick();
      // A file exists when the machine requests it.
      for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
    }
  }

  /** Passes the time until the command has ended, at most this long. */
  async passesUntilEnd(id: number, ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    while (this.command(id).endedAt === null && this.clock.now() < end) await this.passes(second);
  }

  /** Longest wait for the command, ms. */
  waitOf(name: CommandName): number {
    return rowOf(name).stages[this.#platform].reduce((sum, { within }) => sum + within, 0);
  }

  ends(): void {
    for (const machine of this.#machines.values()) machine.stop();
  }

  #linkOf(vmcNo: number): TestConnection | undefined {
    const link = this.#links.get(this.world.claims.holder(vmcNo) ?? -1);
    return link?.isOpen === true ? link : undefined;
  }

  #follows(): void {
    const { world, clock } = this;
    for (const link of world.connections) if (link.isOpen) link.after(0);
    world.now = Math.max(world.now, clock.now());
  }

  readonly #dial: Dial = (events) => {
    let link: TestConnection | null = null;
    let isDead = false;
    const { clock } = this;
    const soon = (run: () => void): void =>
      void clock.after(1, () => {
        if (isDead) return;
        this.#follows();
        run();
      });
    const closes = (): void => {
      if (isDead) return;
      isDead = true;
      events.closed();
    };
    soon(() => {
      link = connection({}, this.world);
      this.#links.set(link.conn, link);
      link.onOutput((output) => {
        if (output.type === 'sent') soon(() => events.received(output.bytes));
        if (output.type === 'close') void clock.after(2, closes);
      });
      events.opened(40_000 + link.conn);
    });
    const leaves = (how: 'end' | 'reset') => (): void => {
      void clock.after(1, () => {
        this.#follows();
        isDead = true;
        if (link?.isOpen === true) link.hangsUp(how);
      });
    };
    return {
      write: (bytes) => {
        const copy = Uint8Array.from(bytes);
        this.#heard.push(copy);
        soon(() => link?.isOpen === true && link.receivesBytes(copy));
        return true;
      },
      end: leaves('end'),
      reset: leaves('reset'),
    };
  };

  /** As the package host reports it. */
  readonly #post: Post = (url, { name, bytes }, number) => {
    const [, , , id] = new URL(url).pathname.split('/');
    this.#follows();
    const about = { id: Number(id), vmcNo: number, at: this.world.now, bytes: bytes.length };
    const file = {
      ...about,
      remoteAddress: '192.0.2.7',
      type: 'log',
      day: null,
      askedAt: 0,
      sha256: '',
      fileName: name,
    };
    this.queue.onUpload({ ok: true, file: { ...file, type: 'log' } });
    return Promise.resolve();
  };

  readonly #fetch: Fetch = (url, { after = null, reader }) => {
    const { pathname, searchParams } = new URL(url);
    this.#follows();
    const { now } = this.world;
    if (pathname === '/api/control/notify') {
      const notice = readNotice(searchParams, now, '192.0.2.7');
      if (notice?.sign !== 'matched') throw new Error(`no good notice: ${url}`);
      this.queue.onNotice(notice);
      return Promise.resolve({ status: 200, text: 'ok' });
    }
    const [, , vmcNo, offer] = pathname.split('/');
    const isXml = pathname.endsWith('/update.xml');
    const text = `<Jetinno><vendui_version>${version}</vendui_version><package_path>jl.zip</package_path></Jetinno>`;
    const from = after?.at ?? 0;
    const total = isXml ? text.length : zip.length - from;
    reader?.begins({ status: from === 0 ? 200 : 206, etag: null, whole: zip.length });
    const isTaken = reader?.takes(zip.subarray(from)) !== false;
    this.queue.onTransfer({
      offer: Number(offer),
      vmcNo: Number(vmcNo),
      what: isXml ? 'update.xml' : 'package',
      remoteAddress: '192.0.2.7',
      startedAt: now,
      endedAt: now,
      sent: isTaken ? total : Math.floor(total / 2),
      total,
      status: from === 0 ? 200 : 206,
      complete: isTaken,
      straySpaces: false,
      from,
      size: isXml ? text.length : zip.length,
      movedAt: now,
    });
    return Promise.resolve({ status: 200, text });
  };
}
