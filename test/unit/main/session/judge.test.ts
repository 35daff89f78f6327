/** Whatever a machine says, in whatever order: a command is confirmed only by what its row names as its proof. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commandNames, type CommandName } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import { messages } from '#shared/messages/index';
import { secondOf } from '#shared/messages/times';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/json';
import type { Platform } from '#shared/model/machine';
import type { ControlNotice } from '#shared/model/upgrade';
import { CommandQueue } from '../../../../src/main/session/commandQueue';
import { connection, World, type TestConnection } from '../../../builders/connection';
import { pkg } from '../../../builders/rows';

const vmcNo = 7;
const examples = messages
  .filter(({ direction }) => direction === 'in')
  .map(({ example }) => example as JsonObject);

/** What proves one command or another, where it names the right thing. */
const proofs: readonly JsonObject[] = [
  { cmd: 'machinestatus', status: 'dooropen' },
  { cmd: 'machinestatus', status: 'doorclose' },
  { cmd: 'machinestatus', status: 'normal' },
  { cmd: 'machinestatus', status: 'supply', supply: { '10007': '100' } },
  { cmd: 'paydone_r', status: 1 },
  { cmd: 'productdone', isok: true },
  { cmd: 'productdone', isok: true, ProductId: 801, PayType: 'fastcode' },
  { cmd: 'rinsingrecord', isok: true, rinsing_way: 'remote' },
  { cmd: 'feedrecord', timestamp: '20150624120001', supply: { '10009': '200', '10016': '-50' } },
  { cmd: 'machinestatus', status: 'supply', supply: { '10009': '620', '10016': '0' } },
];

type Event =
  | { readonly does: 'says'; readonly body: JsonObject; readonly names: 'own' | 'other' | 'none' }
  | { readonly does: 'drops' | 'restarts' | 'accepts' | 'asks' }
  /** Anybody in the network, by a notice. */
  | { readonly does: 'lies'; readonly done: boolean; readonly how: Partial<ControlNotice> }
  | { readonly does: 'waits'; readonly ms: number };

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    does: fc.constant('says' as const),
    body: fc.oneof(fc.constantFrom(...examples), fc.constantFrom(...proofs)),
    names: fc.constantFrom('own' as const, 'other' as const, 'none' as const),
  }),
  fc.record({
    does: fc.constantFrom('drops' as const, 'restarts' as const, 'accepts' as const, 'asks' as const),
  }),
  fc.record({
    does: fc.constant('lies' as const),
    done: fc.boolean(),
    how: fc.constantFrom<Partial<ControlNotice>>(
      { sign: 'absent' },
      { sign: 'wrong' },
      { remoteAddress: '198.51.100.9' },
    ),
  }),
  fc.record({ does: fc.constant('waits' as const), ms: fc.constantFrom(10, 2_000, 59_000, 61_000, 400_000) }),
);

class Play {
  readonly world = new World();
  command: Command | null = null;
  readonly #platform: Platform;
  readonly #queue: CommandQueue;
  #link: TestConnection | null = null;
  #logins = 2;

  constructor(platform: Platform, name: CommandName) {
    this.#platform = platform;
    const machine = () => this.world.fleet.machine(vmcNo);
    this.#queue = new CommandQueue({
      now: () => this.world.now,
      newSessionId: () => 's1',
      isOnline: () => this.#link?.isOpen === true,
      circumstances: () => ({ machine: machine(), platform, packages: [pkg()], now: this.world.now }),
      send: (_vmcNo, message) => this.#link?.tells(message) ?? null,
      remark: () => null,
      packageFacts: () => ({ facts: { version: '1.1', fileName: 'x.zip', field: 'version' } }),
      offer: () => ({ dir: 'http://192.0.2.1/u', type: null }),
      later: () => {},
      kept: (then) => then(true),
      changed: (command) => {
        this.command = command;
      },
    });
    this.world.entryLog.onEntry((entry, change) => this.#queue.onEntry(entry, change));
    this.#logsIn();
    // The pause after the answer to its login.
    this.world.now += 1_000;
    this.#queue.give(vmcNo, name, rowOf(name).examples[0] ?? {});
  }

  run(next: Event): void {
    switch (next.does) {
      case 'says':
        return void this.#link?.receives({ ...next.body, vmc_no: vmcNo, ...this.#naming(next.names) });
      case 'drops':
        this.#logins += 2;
        return this.#reconnects();
      case 'restarts':
        this.#logins = 2;
        return this.#reconnects();
      case 'accepts':
        return this.#notifies({});
      case 'lies':
        return this.#notifies({ ...next.how, done: next.done, reason: next.done ? null : 'Z0024' });
      case 'asks':
        return this.#queue.flush(vmcNo);
      case 'waits':
        this.world.now += next.ms;
        return this.#queue.tick();
    }
  }

  #notifies(how: Partial<ControlNotice>): void {
    this.#queue.onNotice({
      vmcNo,
      sessionId: this.command?.sessionId ?? '',
      done: true,
      reason: null,
      sign: 'matched',
      at: this.world.now,
      remoteAddress: '192.0.2.7',
      ...how,
    });
  }

  /** Members by which a message names what it is about. */
  #naming(names: 'own' | 'other' | 'none'): JsonObject {
    const { command } = this;
    if (command === null || names === 'none') return {};
    const order = command.input['orderNo'] ?? command.sessionId;
    return {
      order_no: names === 'own' ? order : 'another',
      c_uid: `C${secondOf(this.world.now - (names === 'own' ? 0 : 3_600_000))}1`,
    };
  }

  #reconnects(): void {
    this.#link?.hangsUp();
    this.#logsIn();
  }

  #logsIn(): void {
    this.#link = connection({}, this.world);
    const own =
      this.#platform === 'linux'
        ? { linuxDriverVersion: '1' }
        : { io_version: '9', login_count: this.#logins };
    this.#link.receives({ cmd: 'login', vmc_no: vmcNo, version: '1.0', ...own });
  }
}

it('for any conversation', () => {
  let confirmations = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...commandNames),
      fc.constantFrom<Platform>('linux', 'android'),
      fc.array(event, { maxLength: 12 }),
      (name, platform, events) => {
        const play = new Play(platform, name);
        for (const next of events) play.run(next);
        const { command } = play;
        // What fails here is a message of the machine: nobody else's notice is believed.
        if (command?.state === 'failed') expect(command.steps.at(-1)?.entry).not.toBeNull();
        if (command?.state !== 'confirmed') return;
        confirmations += 1;
        const proof = command.steps.at(-1);
        // Of what no message tells, the machine's word over HTTP is all there is.
        if (proof?.what === 'doneReported' && events.some(({ does }) => does === 'accepts')) return;
        const entry = play.world.entries.find(({ id }) => id === proof?.entry);
        expect(entry).toMatchObject({ kind: 'frame', dir: 'in' });
        if (entry?.kind !== 'frame') return;
        const { stages } = rowOf(name);
        expect(stages[platform].flatMap(({ messages: named }) => named)).toContain(entry.message.body.cmd);
        expect(entry.at).toBeGreaterThanOrEqual(command.sentAt ?? Infinity);
      },
    ),
    { numRuns: 600 },
  );
  // It is not that nothing is ever confirmed: some dozen are.
  expect(confirmations).toBeGreaterThan(1);
});
