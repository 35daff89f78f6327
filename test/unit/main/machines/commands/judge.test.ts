/** For any messages in any order, only the proof that its row names confirms a command. */
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
import { CommandQueue } from '../../../../../src/main/machines/commands/commandQueue';
import { connection, World, type TestConnection } from '../../../../builders/connection';
import { pkg } from '../../../../builders/rows';

const vmcNo = 7;
const examples = messages
  .filter(({ direction }) => direction === 'in')
  .map(({ example }) => example as JsonObject);

const supply = (amounts: JsonObject): JsonObject => ({
  cmd: 'machinestatus',
  status: 'supply',
  supply: amounts,
});
const drink = (payType: string): JsonObject => ({
  cmd: 'productdone',
  isok: true,
  ProductId: 801,
  PayType: payType,
});

/** Messages of a machine that obeys the command: proof, if the rest of the conversation fits. */
const proofs: Partial<Record<CommandName, readonly JsonObject[]>> = {
  openDoor: [
    { cmd: 'machinestatus', status: 'normal' },
    { cmd: 'machinestatus', status: 'dooropen' },
  ],
  makeDrink: [drink('fastcode'), drink('remoteproduction')],
  rinse: [{ cmd: 'rinsingrecord', isok: true, rinsing_way: 'remote' }],
  payResult: [{ cmd: 'paydone_r', status: 1 }, drink('wx_pub')],
  queryStatus: [{ cmd: 'machinestatus', status: 'normal' }],
  querySupplies: [supply({ '10007': '100' })],
  sync: [supply({ '10007': '100' })],
  refill: [
    { cmd: 'feedrecord', timestamp: '20150624120001', supply: { '10009': '200', '10016': '-50' } },
    supply({ '10009': '620', '10016': '0' }),
  ],
};
const allProofs = Object.values(proofs).flat();

type Naming = 'own' | 'other' | 'none';
type Event =
  | { readonly does: 'says'; readonly body: JsonObject; readonly names: Naming }
  | { readonly does: 'obeys'; readonly nth: number; readonly names: Naming }
  | { readonly does: 'drops' | 'restarts' | 'accepts' | 'asks' }
  /** A notice that any host in the network can send. */
  | { readonly does: 'lies'; readonly done: boolean; readonly how: Partial<ControlNotice> }
  | { readonly does: 'waits'; readonly ms: number };

const names = fc.constantFrom('own' as const, 'other' as const, 'none' as const);
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    does: fc.constant('says' as const),
    body: fc.oneof(fc.constantFrom(...examples), fc.constantFrom(...allProofs)),
    names,
  }),
  { weight: 2, arbitrary: fc.record({ does: fc.constant('obeys' as const), nth: fc.nat(1), names }) },
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
  readonly #name: CommandName;
  readonly #queue: CommandQueue;
  #link: TestConnection | null = null;
  #logins = 2;

  constructor(platform: Platform, name: CommandName, isSettled: boolean) {
    this.#platform = platform;
    this.#name = name;
    const machine = () => this.world.fleet.machine(vmcNo);
    this.#queue = new CommandQueue({
      now: () => this.world.now,
      newSessionId: () => 's1',
      isOnline: () => this.#link?.isOpen === true,
      contextOf: () => ({ machine: machine(), platform, packages: [pkg()], now: this.world.now }),
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
    if (isSettled) this.#settles();
    this.#queue.give(vmcNo, name, rowOf(name).examples[0]);
  }

  run(next: Event): void {
    switch (next.does) {
      case 'says':
        return this.#says(next.body, next.names);
      case 'obeys': {
        // An earlier message cannot be its answer.
        this.world.now += 300;
        const bodies = proofs[this.#name] ?? [];
        const body = bodies[next.nth % bodies.length];
        return body === undefined ? undefined : this.#says(body, next.names);
      }
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

  /** After the reports that follow a login, with the door closed. */
  #settles(): void {
    this.world.now += 20_000;
    this.#says({ cmd: 'machinestatus', status: 'doorclose' }, 'none');
    this.world.now += 1_000;
  }

  #says(body: JsonObject, named: Naming): void {
    this.#link?.receives({ ...body, vmc_no: vmcNo, ...this.#naming(named) });
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

  /** Members of a message that name its subject. */
  #naming(named: Naming): JsonObject {
    const { command } = this;
    if (command === null || named === 'none') return {};
    const order = command.input['orderNo'] ?? command.sessionId;
    return {
      order_no: named === 'own' ? order : 'another',
      c_uid: `C${secondOf(this.world.now - (named === 'own' ? 0 : 3_600_000))}1`,
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
  /** Confirmed commands, by name and platform. */
  const confirmed = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.constantFrom(...commandNames),
      fc.constantFrom<Platform>('linux', 'android'),
      fc.boolean(),
      fc.array(event, { maxLength: 12 }),
      (name, platform, isSettled, events) => {
        const play = new Play(platform, name, isSettled);
        for (const next of events) play.run(next);
        const { command } = play;
        // A failure here is a message of the machine: notices of others are not believed.
        expect(command?.state !== 'failed' || command.steps.at(-1)?.entry !== null).toBe(true);
        if (command?.state !== 'confirmed') return;
        const kind = `${name} ${platform}`;
        confirmed.set(kind, (confirmed.get(kind) ?? 0) + 1);
        const proof = command.steps.at(-1);
        // Without a message as proof, a notice is the only evidence.
        if (proof?.what === 'doneReported' && events.some(({ does }) => does === 'accepts')) return;
        const entry = play.world.entries.find(({ id }) => id === proof?.entry);
        expect(entry).toMatchObject({ kind: 'frame', dir: 'in' });
        if (entry?.kind !== 'frame') return;
        const { stages } = rowOf(name);
        expect(stages[platform].flatMap(({ messages: named }) => named)).toContain(entry.message.body.cmd);
        expect(entry.at).toBeGreaterThanOrEqual(command.sentAt ?? Infinity);
      },
    ),
    // A fixed seed: the counts below are the same in every run.
    { numRuns: 600, seed: 4 },
  );
  // Enough conversations lead to proof, including those of doors, drinks and payments.
  const kinds = [...confirmed.keys()];
  expect(kinds).toEqual(
    expect.arrayContaining(['openDoor linux', 'openDoor android', 'makeDrink linux', 'payResult android']),
  );
  expect(kinds.length).toBeGreaterThanOrEqual(8);
  expect([...confirmed.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(30);
});
