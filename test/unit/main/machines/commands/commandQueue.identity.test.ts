/** Commands to a machine number whose connection has not proved its identity, although a code is stored. */
import { describe, expect, it } from 'vitest';
import { commands, type CommandName } from '#shared/commands/index';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import { verificationOf } from '#shared/model/verified';
import { makeSign } from '../../../../../src/main/core/protocol/sign';
import { CommandQueue } from '../../../../../src/main/machines/commands/commandQueue';
import { connection, World, type TestConnection } from '../../../../builders/connection';
import { android, controlled, remote, type Controlled } from '../../../../builders/controlled';
import { login, vmc_no } from '../../../../builders/loggedIn';

const code = '12345678';
const signed = { ...login, sign: makeSign('codeNumber', { timestamp: null, vmcNo: vmc_no }, code) };
const forged = { ...login, sign: 'ffffffffffffffffffffffffffffffff' };
const hb = { cmd: 'hb', vmc_no };
const door = (status: string) => ({ cmd: 'machinestatus', vmc_no, status });
const second = 1_000;

class Bench {
  readonly world = new World();
  readonly written: string[] = [];
  readonly queue: CommandQueue;
  readonly #commands = new Map<number, Command>();

  constructor(hasCode = true) {
    const { world } = this;
    const machine = () => world.fleet.machine(vmc_no);
    const holder = () => world.connections[(world.claims.holder(vmc_no) ?? 0) - 1];
    this.queue = new CommandQueue({
      now: () => world.now,
      newSessionId: () => `s${this.#commands.size}`,
      isOnline: () => holder() !== undefined,
      verification: () => verificationOf(machine(), { hasCode, signPolicy: null, platform: 'linux' }),
      contextOf: () => ({ now: world.now, machine: machine(), platform: 'linux', packages: [] }),
      send: (_vmcNo, message) => {
        this.written.push(message.cmd);
        return holder()?.tells(message) ?? null;
      },
      remark: (_vmcNo, finding) => holder()?.remarks(finding) ?? null,
      packageFacts: () => ({ facts: {} }),
      offer: () => ({ dir: '', type: null }),
      later: () => undefined,
      kept: (then) => then(true),
      changed: (command) => this.#commands.set(command.id, command),
    });
    world.entryLog.onEntry((entry, change) => this.queue.onEntry(entry, change));
  }

  connects(body: JsonObject, address = '192.168.1.77', withCode = true): TestConnection {
    this.passes(second);
    return connection({ address, ...(withCode && { code }) }, this.world).receives(body);
  }

  passes(ms: number): this {
    for (let left = ms; left > 0; left -= second) {
      this.world.now += Math.min(second, left);
      this.queue.tick();
    }
    return this;
  }

  gives(name: CommandName, input: JsonObject = {}, isAnyway = false): number {
    const given = this.queue.give(vmc_no, name, input, isAnyway ? { accepted: ['notVerified'] } : {});
    if ('code' in given) throw new Error(`refused: ${JSON.stringify(given)}`);
    return given.id;
  }

  steps(id: number): readonly string[] {
    return this.#commands.get(id)?.steps.map(({ what }) => what) ?? [];
  }

  state(id: number): string | undefined {
    return this.#commands.get(id)?.state;
  }
}

const open = { spelling: 'opendoor' };
/** The answer to the question before it. */
const normal = { cmd: 'machinestatus', vmc_no, status: 'normal' };
const refused = { code: 'commandNotPossible', params: { why: 'notVerified' } };

describe('with a stored code, on an unverified connection', () => {
  it('commands that open, brew, pay or set prices are refused unless the user confirmed them; others are not', () => {
    const bench = new Bench();
    bench.connects(forged);
    const drink = { ...commands.makeDrink.examples[0] };
    const prices = { prices: [{ productId: 801, price: 900, type: 0 }] };
    expect(bench.queue.give(vmc_no, 'openDoor', open)).toMatchObject(refused);
    expect(bench.queue.give(vmc_no, 'makeDrink', drink)).toMatchObject(refused);
    expect(bench.queue.give(vmc_no, 'setPrices', prices)).toMatchObject(refused);
    expect(bench.queue.give(vmc_no, 'setDiscount', { percent: 90 })).toMatchObject(refused);
    expect(bench.queue.refusal(vmc_no, 'openDoor', open)).toMatchObject(refused);
    expect(bench.written).toEqual([]);
    bench.gives('queryStatus');
    bench.passes(5 * second).gives('openDoor', open, true);
    bench.passes(5 * second);
    expect(bench.written).toEqual(['statusquery', 'statusquery', 'opendoor']);
  });

  it('a queued command is not sent to an impostor, and is sent to the machine after its verification', () => {
    const bench = new Bench();
    bench.connects(signed).hangsUp();
    const id = bench.gives('openDoor', open);
    const impostor = bench.connects(hb, '192.168.1.66');
    bench.passes(5 * second);
    expect(bench.written).toEqual([]);
    expect(bench.steps(id)).toEqual(['queued', 'waitsForProof']);
    bench.connects(signed);
    expect(impostor.isOpen).toBe(false);
    bench.passes(5 * second);
    expect(bench.written).toEqual(['statusquery', 'opendoor']);
    expect(bench.steps(id)).toEqual(['queued', 'waitsForProof', 'sent', 'sent']);
  });

  it('a command that waits for verification does not block others, and expires with its reason', () => {
    const bench = new Bench();
    bench.connects(signed).hangsUp();
    const id = bench.gives('openDoor', open);
    const other = bench.gives('queryStatus');
    const impostor = bench.connects(hb, '192.168.1.66');
    bench.passes(5 * second);
    expect(bench.written).toEqual(['statusquery']);
    expect(bench.state(other)).toBe('sent');
    for (let n = 0; n < 3; n += 1) {
      bench.passes(25 * second);
      impostor.receives(hb);
    }
    expect(bench.state(id)).toBe('expired');
    expect(bench.steps(id).at(-1)).toBe('notVerified');
    expect(bench.queue.sendAnyway(id)).toMatchObject({ code: 'unknownCommand' });
  });

  it('the user may send it anyway', () => {
    const bench = new Bench();
    bench.connects(signed).hangsUp();
    const id = bench.gives('openDoor', open);
    bench.connects(hb);
    bench.passes(5 * second);
    expect(bench.queue.sendAnyway(id)).toBeNull();
    bench.passes(second);
    expect(bench.written).toEqual(['statusquery', 'opendoor']);
    expect(bench.steps(id)).toEqual(['queued', 'waitsForProof', 'sentAnyway', 'sent', 'sent']);
    expect(bench.queue.sendAnyway(id)).toMatchObject({ code: 'commandSent' });
  });

  it('its proof shows that the connection is unverified', () => {
    const bench = new Bench();
    const machine = bench.connects(forged).receives(door('doorclose'));
    bench.passes(20 * second);
    const id = bench.gives('openDoor', open, true);
    machine.receives(normal);
    bench.passes(5 * second);
    machine.receives(door('dooropen'));
    // Runs, rollouts, the Upgrades screen and the audit trail only use the state.
    expect(bench.state(id)).toBe('unconfirmable');
    expect(bench.steps(id)).toEqual([
      'sentAnyway',
      'sent',
      'linkAlive',
      'sent',
      'provedUnverified',
      'doorOpened',
    ]);
  });

  describe('a payment result that waits for its answer', () => {
    const orderNo = '20150624120000712345';
    const asked = {
      cmd: 'qrcode',
      vmc_no,
      qr_type: 'wx_pub',
      product_id: 801,
      Amount: 1_000,
      order_no: orderNo,
    };
    const answer = (status: string): JsonObject => ({ cmd: 'paydone_r', vmc_no, order_no: orderNo, status });
    /** Sent to the verified machine, which is offline now. */
    const waits = (): { readonly bench: Bench; readonly id: number } => {
      const bench = new Bench();
      const machine = bench.connects(signed).receives(asked);
      bench.passes(5 * second);
      const id = bench.gives('payResult', { orderNo, amount: 1_000, paid: true, payType: 'wx_pub' });
      bench.passes(5 * second);
      machine.hangsUp();
      return { bench, id };
    };

    it.each(['0', '1'])(
      'a stranger at another address neither fails nor confirms it: status %s',
      (status) => {
        const { bench, id } = waits();
        bench.connects(hb, '192.168.1.66').receives(answer(status));
        expect(bench.state(id)).toBe('sent');
        expect(bench.steps(id)).toEqual(['sent', 'otherAddress']);
      },
    );

    it('nor does a stranger at the address of the machine', () => {
      const { bench, id } = waits();
      bench.connects(hb).receives(answer('0'));
      expect(bench.state(id)).toBe('unconfirmable');
      expect(bench.steps(id)).toEqual(['sent', 'provedUnverified', 'refusedPayment']);
    });

    it('the machine itself proves it, also from another address', () => {
      const { bench, id } = waits();
      bench.connects(signed, '192.168.1.78').receives(answer('1'));
      expect(bench.state(id)).toBe('confirmed');
      expect(bench.steps(id)).toEqual(['sent', 'acknowledged']);
    });
  });
});

describe('for android, which no sign can verify', () => {
  const restarts = (after: number): Controlled =>
    controlled({ ...android, login_count: 40 })
      .gives('reboot')
      .sends(remote('reboot'))
      .notifies()
      .shows('sent', 'accepted')
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(after);

  it('a login from another address, while nobody held the number, proves no restart', () => {
    restarts(20 * second)
      .connects({ ...android, login_count: 2 }, 'login_r', '192.0.2.66')
      .shows('sent', 'otherAddress');
  });

  it('proof counts once the machine itself is back', () => {
    restarts(20 * second)
      .connects({ ...android, login_count: 2 }, 'login_r')
      .shows('confirmed', 'loggedIn');
  });
});

describe('for a verified machine', () => {
  it('an impostor receives no command and proves none', () => {
    const bench = new Bench();
    const machine = bench.connects(signed).receives(door('doorclose'));
    const impostor = bench.connects(forged, '192.168.1.66').receives(door('doorclose'));
    bench.passes(20 * second);
    machine.receives(hb);
    const id = bench.gives('openDoor', open);
    bench.passes(second);
    machine.receives(normal);
    bench.passes(5 * second);
    impostor.receives(door('dooropen'));
    expect(bench.state(id)).toBe('sent');
    const toImpostor = bench.world.entries.filter(
      (entry) => entry.conn === impostor.conn && entry.kind === 'frame' && entry.dir === 'out',
    );
    expect(toImpostor.map((entry) => entry.kind === 'frame' && entry.message.body.cmd)).toEqual(['login_r']);
    machine.receives(door('dooropen'));
    expect(bench.state(id)).toBe('confirmed');
    expect(bench.steps(id)).toEqual(['sent', 'linkAlive', 'sent', 'doorOpened']);
  });
});

describe('without a stored code', () => {
  it('nothing waits and nothing is marked', () => {
    const bench = new Bench(false);
    const machine = bench.connects(forged, '192.168.1.77', false).receives(door('doorclose'));
    bench.passes(20 * second);
    const id = bench.gives('openDoor', open);
    machine.receives(normal);
    bench.passes(5 * second);
    machine.receives(door('dooropen'));
    expect(bench.steps(id)).toEqual(['sent', 'linkAlive', 'sent', 'doorOpened']);
  });
});
