/** Crema's side of a scenario: real connection cores, fleet, claims and command queue in virtual time, and its HTTP addresses. */
import type { GivenFrom } from '#shared/commands/kit/given';
import type { AcceptableReason } from '#shared/commands/kit/possible';
import type { AppError } from '#shared/contract/errors';
import type { CommandName } from '#shared/commands/index';
import type { Command } from '#shared/model/command';
import type { Entry, JsonObject } from '#shared/model/frame';
import { defaultMachineConfig, type MachineState, type Platform } from '#shared/model/machine';
import { verificationOf } from '#shared/model/verified';
import { CommandQueue } from '../../src/main/machines/commands/commandQueue';
import type { Fetch, Post } from '../../src/main/tools/simulator/web';
import { readNotice } from '../../src/main/packages/host/notice';
import { connection, World, type TestConnection } from '../builders/connection';
import { pkg } from '../builders/rows';
import type { VirtualClock } from './clock';
import type { Accept } from './network';
import type { Upstream } from './upstream';

/** The package that machines are offered. */
const offeredVersion = '9.9';
/** A ZIP without a member. */
const zip = Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1');

export interface CremaOptions {
  readonly clock: VirtualClock;
  readonly platform: Platform;
  /** The stored verification code; `null`: none is stored. */
  readonly code: string | null;
  /** 32 hexadecimal digits. */
  readonly sessionId: () => string;
  readonly changed: (command: Command) => void;
  /** The server that machines are relayed to; `null`: Crema serves them. */
  readonly upstream: Upstream | null;
}

export class Crema {
  readonly world = new World();
  queue: CommandQueue;
  readonly #o: CremaOptions;
  readonly #links = new Map<number, TestConnection>();
  #isTicking = false;

  constructor(options: CremaOptions) {
    this.#o = options;
    const { clock } = options;
    const { world } = this;
    world.now = clock.now();
    this.queue = this.#newQueue();
    world.entryLog.onEntry((entry, change) => this.queue.onEntry(entry, change));
  }

  /** As after a kill: the queue continues with what is on disk. */
  restart(earlier: readonly Command[]): void {
    this.#now();
    this.queue = this.#newQueue(this.queue.lastId);
    this.queue.restore(earlier);
    this.#tick();
  }

  #newQueue(lastId = 0): CommandQueue {
    const { clock, platform, code, sessionId, changed } = this.#o;
    const { world } = this;
    const packages = [
      pkg({ version: offeredVersion, platform, androidType: platform === 'linux' ? null : 'app' }),
    ];
    const isCurrent = (): boolean => this.queue === queue;
    const queue: CommandQueue = new CommandQueue(
      {
        now: () => this.#now(),
        isOnline: (vmcNo) => this.#linkOf(vmcNo) !== undefined,
        contextOf: (vmcNo) => ({
          machine: world.fleet.machine(vmcNo),
          platform: world.fleet.machine(vmcNo)?.platform ?? null,
          packages,
          now: clock.now(),
        }),
        send: (vmcNo, message) => (isCurrent() ? this.#tell(vmcNo, message) : null),
        remark: (vmcNo, finding) => {
          this.#now();
          return this.#linkOf(vmcNo)?.remarks(finding) ?? null;
        },
        packageFacts: () => ({ facts: { version: offeredVersion, fileName: 'jl.zip', field: 'version' } }),
        offer: ({ id, vmcNo }) => ({
          dir: `http://192.0.2.1/u/${vmcNo}/${id}${platform === 'linux' ? '' : `/jl-${offeredVersion}.zip`}`,
          type: 'app',
        }),
        newSessionId: sessionId,
        verification: (vmcNo) =>
          verificationOf(world.fleet.machine(vmcNo), {
            hasCode: code !== null,
            signPolicy: defaultMachineConfig.signPolicy,
            platform: world.fleet.machine(vmcNo)?.platform ?? null,
          }),
        later: (ms, run) => void clock.after(ms, () => isCurrent() && run()),
        kept: (then) => then(true),
        changed,
      },
      lastId,
    );
    return queue;
  }

  machine(vmcNo: number): MachineState | null {
    return this.world.fleet.machine(vmcNo);
  }

  give(
    vmcNo: number,
    name: CommandName,
    input: JsonObject,
    accepted: readonly AcceptableReason[] = [],
    from?: GivenFrom,
  ): Command | AppError {
    this.#now();
    const given = this.queue.give(vmcNo, name, input, { accepted, ...(from !== undefined && { from }) });
    this.#tick();
    return given;
  }

  onEntry(listener: (entry: Entry) => void): void {
    this.world.entryLog.onEntry(listener);
  }

  readonly accept: Accept = (side) => {
    this.#now();
    const { clock, code, upstream } = this.#o;
    // An impostor is relayed too: its identity is not known yet.
    let toServer: (bytes: Uint8Array) => void = () => undefined;
    const link: TestConnection = connection(
      {
        address: side.address,
        ...(code !== null && { code }),
        ...(upstream !== null && {
          server: (bytes: Uint8Array) => toServer(bytes),
          upstream: { host: '192.0.2.200', port: 9700, is: 'relayed' as const },
        }),
      },
      this.world,
    );
    if (upstream !== null)
      toServer = upstream.connected((bytes) => {
        if (!link.isOpen) return;
        this.#now();
        link.receivesFromServer(bytes);
        wakes();
      });
    this.#links.set(link.conn, link);
    link.onOutput((output) => {
      if (output.type === 'sent' || output.type === 'passed') side.write(output.bytes);
      if (output.type !== 'close') return;
      this.#links.delete(link.conn);
      side.end();
    });
    const wakes = (): void => {
      const { wakeAt } = link;
      if (wakeAt === null || !link.isOpen) return;
      clock.after(wakeAt - clock.now(), () => {
        if (link.wakeAt !== wakeAt || !link.isOpen) return;
        this.#now();
        link.after(0);
        wakes();
      });
    };
    wakes();
    return {
      received: (bytes) => {
        if (!link.isOpen) return;
        this.#now();
        link.receivesBytes(bytes, true);
        wakes();
      },
      ended: (how) => {
        if (!link.isOpen) return;
        this.#now();
        link.hangsUp(how);
      },
    };
  };

  /** Crema acts at the world's time. */
  #now(): number {
    this.world.now = this.#o.clock.now();
    return this.world.now;
  }

  #linkOf(vmcNo: number): TestConnection | undefined {
    const link = this.#links.get(this.world.claims.holder(vmcNo) ?? -1);
    return link?.isOpen === true ? link : undefined;
  }

  #tell(vmcNo: number, message: JsonObject & { readonly cmd: string }): Entry | null {
    this.#now();
    return this.#linkOf(vmcNo)?.tells(message) ?? null;
  }

  /** Runs once a second while a command waits. */
  #tick(): void {
    if (this.#isTicking) return;
    this.#isTicking = true;
    const beat = (): void => {
      this.#now();
      this.queue.tick();
      this.world.entryLog.settle(this.#o.clock.now());
      if (this.queue.running.length === 0) this.#isTicking = false;
      else this.#o.clock.after(1_000, beat);
    };
    this.#o.clock.after(1_000, beat);
  }

  /** Where a machine's HTTP requests arrive. `isReached`: whether its network passes them. */
  http(address: string, isReached: () => boolean): { readonly fetch: Fetch; readonly post: Post } {
    return {
      fetch: (url, ask) =>
        isReached() ? this.#answer(new URL(url), address, ask) : Promise.reject(new Error('unreachable')),
      post: (url, file, number) =>
        isReached()
          ? this.#take(new URL(url), file.bytes.length, file.name, number, address)
          : Promise.reject(new Error('unreachable')),
    };
  }

  /** A notice, from any sender. */
  notice(query: URLSearchParams, address: string): void {
    const notice = readNotice(query, this.#now(), address);
    if (notice !== null) this.queue.onNotice(notice);
  }

  #answer(url: URL, address: string, { after = null, reader }: Parameters<Fetch>[1]): ReturnType<Fetch> {
    const now = this.#now();
    if (url.pathname === '/api/control/notify') {
      this.notice(url.searchParams, address);
      return Promise.resolve({ status: 200, text: 'ok' });
    }
    const [, , vmcNo, offer] = url.pathname.split('/');
    const isXml = url.pathname.endsWith('/update.xml');
    const text = `<Jetinno><vendui_version>${offeredVersion}</vendui_version><package_path>jl.zip</package_path></Jetinno>`;
    const from = after?.at ?? 0;
    const total = isXml ? text.length : zip.length - from;
    const status = from === 0 ? 200 : 206;
    reader?.begins({ status, etag: null, whole: zip.length });
    const isTaken = reader?.takes(zip.subarray(from)) !== false;
    this.queue.onTransfer({
      offer: Number(offer),
      vmcNo: Number(vmcNo),
      what: isXml ? 'update.xml' : 'package',
      remoteAddress: address,
      startedAt: now,
      endedAt: now,
      sent: isTaken ? total : Math.floor(total / 2),
      total,
      status,
      complete: isTaken,
      straySpaces: false,
      from,
      size: isXml ? text.length : zip.length,
      movedAt: now,
    });
    return Promise.resolve({ status: 200, text });
  }

  #take(url: URL, bytes: number, fileName: string, vmcNo: number, remoteAddress: string): Promise<void> {
    const at = this.#now();
    const id = Number(url.pathname.split('/')[3]);
    const file = { id, vmcNo, at, bytes, remoteAddress, day: null, askedAt: 0, sha256: '', fileName };
    // The machine has sent it when the server has it.
    this.#o.clock.after(1, () => {
      this.#now();
      this.queue.onUpload({ ok: true, file: { ...file, type: 'log' } });
    });
    return Promise.resolve();
  }
}
