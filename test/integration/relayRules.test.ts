/** User actions on a relayed conversation: rules, held frames, and frames that we insert. */
import { describe, expect, it } from 'vitest';
import type { Head } from '#shared/model/frame';
import type { RelayRule } from '#shared/model/relay';
import { FrameDecoder, type DecodedFrame } from '../../src/main/core/protocol/frame';
import { frame } from '../builders/frames';
import { RealServer, Relayed, waiting, type End } from '../builders/relayed';

const vmc_no = 33232;
const login = { cmd: 'login', vmc_no, timestamp: 20150624, sign: 'x', version: '1.2.8.8' };
const hb = { cmd: 'hb', vmc_no };

let lastRule = 0;
const rule = (patch: Partial<RelayRule>): RelayRule => {
  lastRule += 1;
  return {
    id: lastRule,
    name: '',
    filter: '',
    when: 'always',
    does: 'drop',
    answer: '',
    isOn: true,
    ...patch,
  };
};

const commandOf = ({ json }: DecodedFrame): string => (typeof json?.['cmd'] === 'string' ? json['cmd'] : '');

/** Commands that arrived at an end, with their sequence numbers if any. */
function got({ received }: End, preferred: Head = 'decimal'): string[] {
  return new FrameDecoder({ preferred })
    .push(received)
    .map((item) =>
      item.kind === 'frame'
        ? `${commandOf(item)}${item.sequence === null ? '' : ` ${item.sequence}`}`
        : item.kind,
    );
}

/** A machine that has logged in to its server. */
async function standing(rules: readonly RelayRule[], head: Head = 'decimal') {
  const real = await RealServer.start();
  const relayed = await Relayed.start({ upstream: real.target, rules: [...rules] });
  const machine = await relayed.machine();
  const server = await real.end();
  let sequence = 0;
  let told = 0;
  const says = (body: Parameters<typeof frame>[0]): void =>
    void machine.socket.write(frame(body, head, sequence++));
  const tells = (body: Parameters<typeof frame>[0]): void =>
    void server.socket.write(frame(body, head, told++));
  says(login);
  await expect.poll(() => relayed.crema.fleet.machine(vmc_no) !== null, waiting).toBe(true);
  const of = (end: 'machine' | 'server') => () => got(end === 'machine' ? machine : server, head);
  return { real, relayed, machine, server, says, tells, atServer: of('server'), atMachine: of('machine') };
}

describe('a rule', () => {
  it('drops frames, counts them, and can be switched off', async () => {
    const never = rule({ filter: 'cmd:upgrade' });
    const { relayed, tells, atMachine } = await standing([never]);
    tells({ cmd: 'upgrade', vmc_no, dir: 'http://x' });
    tells({ cmd: 'hb', vmc_no });
    await expect.poll(atMachine, waiting).toEqual(['hb']);
    expect(relayed.lines).toContain('out upgrade [relay.dropped]');
    expect(relayed.relaying.state.hits).toEqual({ [never.id]: 1 });
    // It never reached the machine, so the state does not count it as sent.
    expect(relayed.crema.fleet.machine(vmc_no)?.counts.framesOut).toBe(1);
    relayed.set({ rules: [{ ...never, isOn: false }] });
    tells({ cmd: 'upgrade', vmc_no, dir: 'http://x' });
    await expect.poll(atMachine, waiting).toEqual(['hb', 'upgrade']);
    expect(relayed.relaying.state.hits).toEqual({ [never.id]: 1 });
  });

  it('has frames answered here, as by Crema or with a person’s text', async () => {
    const { relayed, machine, says, atServer, atMachine } = await standing([
      rule({ filter: 'cmd:hb', does: 'answer' }),
      rule({ filter: 'cmd:checkorder', does: 'answer', answer: '{"cmd":"checkorder_r","ret":9}' }),
    ]);
    says(hb);
    says({ cmd: 'checkorder', vmc_no, orderNo: '5' });
    says({ cmd: 'error', vmc_no, error_code: 'EC_2', isSet: true });
    await expect.poll(atServer, waiting).toEqual(['login', 'error']);
    await expect.poll(atMachine, waiting).toEqual(['hb', 'checkorder_r']);
    expect(machine.text).toContain('"ret":9');
    expect(relayed.lines).toEqual([
      'opened',
      'in login',
      'in hb [relay.answered]',
      'out hb [relay.ours]',
      'in checkorder [relay.answered]',
      'out checkorder_r [relay.ours]',
      'in error',
    ]);
  });

  it('answers a machine with an unreachable server, and sends nothing else', async () => {
    const real = await RealServer.start();
    const { target } = real;
    await real.stop();
    const relayed = await Relayed.start({
      upstream: target,
      rules: [rule({ filter: 'cmd:hb', does: 'answer', when: 'gone' })],
    });
    const machine = await relayed.machine();
    machine.socket.write(frame(login));
    machine.socket.write(frame(hb));
    await expect.poll(() => got(machine), waiting).toEqual(['hb']);
    expect(relayed.lines).toEqual([
      'opened',
      'finding relay.unreachable',
      'in login [relay.notPassed]',
      'in hb [relay.answered]',
      // Only our answers go out on this connection.
      'out hb',
    ]);
    // The rule does not apply to machines with a reachable server.
    await RealServer.start({ port: target.port });
    relayed.crema.server.upstreams.retry(target);
    await expect.poll(() => relayed.lines.at(-1), waiting).toBe('closed upstreamBack');
  });

  it('that is met first is followed', async () => {
    const { says, atServer, atMachine } = await standing([
      rule({ filter: 'cmd:nothing' }),
      rule({ filter: 'cmd:hb', does: 'answer', answer: '{"cmd":"first"}' }),
      rule({ filter: 'cmd:hb' }),
    ]);
    says(hb);
    await expect.poll(atMachine, waiting).toEqual(['first']);
    expect(atServer()).toEqual(['login']);
  });
});

describe('a frame that is held', () => {
  it('waits while others pass, and continues, changed or unchanged; the end of its sender waits too', async () => {
    const { relayed, machine, server, says, atServer } = await standing([
      rule({ filter: 'cmd:productdone', does: 'hold' }),
    ]);
    says({ cmd: 'productdone', vmc_no, orderNo: '1', productId: 1, isok: true });
    says({ cmd: 'productdone', vmc_no, orderNo: '2', productId: 1, isok: true });
    says(hb);
    await expect.poll(atServer, waiting).toEqual(['login', 'hb']);
    const { held } = relayed.relaying.state;
    expect(held).toMatchObject([
      { vmcNo: vmc_no, from: 'machine', key: 1 },
      { key: 2, text: expect.stringContaining('"orderNo":"2"') as string },
    ]);
    machine.socket.end();
    await expect.poll(() => relayed.lines.at(-1), waiting).toBe('finding relay.machineEnds');
    expect(server.hasEnded).toBe(false);
    const { conn } = held[0] ?? { conn: 0 };
    expect(relayed.relaying.release({ conn, key: 2, as: { type: 'pass' } })).toBeNull();
    await expect.poll(atServer, waiting).toEqual(['login', 'hb', 'productdone']);
    expect(
      relayed.relaying.release({ conn, key: 1, as: { type: 'edit', text: '{"cmd":"mine"}' } }),
    ).toBeNull();
    await expect.poll(() => server.hasEnded, waiting).toBe(true);
    expect(atServer()).toEqual(['login', 'hb', 'productdone', 'mine']);
    expect(relayed.relaying.state.held).toEqual([]);
    expect(relayed.relaying.release({ conn, key: 1, as: { type: 'drop' } })).toMatchObject({
      code: 'heldGone',
    });
    // The machine sent each order once; the relay treated them differently.
    expect(relayed.crema.fleet.machine(vmc_no)?.orders).toMatchObject([
      // Its server received another message instead of the first.
      { orderNo: '1', doneTimes: 1, untold: true },
      { orderNo: '2', doneTimes: 1, untold: false },
    ]);
  });

  it('ends with its connection when both ends have ended: there is no receiver', async () => {
    const { relayed, machine, server, says, atServer } = await standing([
      rule({ filter: 'cmd:productdone', does: 'hold' }),
    ]);
    says({ cmd: 'productdone', vmc_no, orderNo: '1', productId: 1, isok: true });
    await expect.poll(() => relayed.relaying.state.held.length, waiting).toBe(1);
    server.socket.end();
    await expect.poll(() => machine.hasEnded, waiting).toBe(true);
    machine.socket.end();
    await expect.poll(() => server.hasEnded, waiting).toBe(true);
    await expect.poll(() => relayed.relaying.state.held, waiting).toEqual([]);
    expect(atServer()).toEqual(['login']);
    expect(relayed.lines).toContain('finding relay.heldAtEnd');
    expect(relayed.relaying.state.connections.relayed).toBe(0);
  });

  it.each(['pay_done', 'checkorder_r'])(
    '%s counts as sent once it is released, with its author as the sender',
    async (cmd) => {
      const { relayed, says, tells, atMachine } = await standing([
        rule({ filter: `cmd:${cmd}`, does: 'hold' }),
      ]);
      const done = (orderNo: string) => ({
        cmd,
        vmc_no,
        orderNo,
        amount: 500,
        paydone: true,
        paytype: 'wx_pub',
      });
      const orders = () => relayed.crema.fleet.machine(vmc_no)?.orders ?? [];
      for (const orderNo of ['1', '2', '3']) {
        says({ cmd: 'qrcode', vmc_no, orderNo, productId: 3, amount: 500, qrType: 'all' });
        tells(done(orderNo));
      }
      await expect.poll(() => relayed.relaying.state.held.length, waiting).toBe(3);
      expect(orders().map(({ payment }) => payment)).toEqual([null, null, null]);
      const { conn } = relayed.relaying.state.held[0] ?? { conn: 0 };
      relayed.relaying.release({ conn, key: 1, as: { type: 'pass' } });
      relayed.relaying.release({ conn, key: 2, as: { type: 'edit', text: JSON.stringify(done('2')) } });
      relayed.relaying.release({ conn, key: 3, as: { type: 'drop' } });
      await expect.poll(atMachine, waiting).toEqual([cmd, cmd]);
      expect(orders()).toMatchObject([
        { orderNo: '1', payment: { value: { paid: true } }, paidByServer: true },
        { orderNo: '2', payment: { value: { paid: true } }, paidByServer: false },
        { orderNo: '3', payment: null },
      ]);
      expect(relayed.lines.at(-1)).toBe('finding relay.heldDropped');
    },
  );
});

describe('a frame of ours', () => {
  it('goes to either end, between the others’, and is never taken for a message of the machine', async () => {
    const { relayed, says, tells, atServer, atMachine } = await standing([], 'le48');
    const connection = relayed.crema.server.connectionOf(vmc_no);
    tells({ cmd: 'login_r', vmc_no, ret: 0 });
    await expect.poll(atMachine, waiting).toEqual(['login_r 0']);
    connection?.send({ cmd: 'reboot', vmc_no });
    const before = relayed.crema.fleet.machine(vmc_no);
    connection?.sendByHand(
      {
        as: 'text',
        text: '{"cmd":"error","vmc_no":33232,"error_code":"EC_7","isSet":true}',
        head: 'machine',
      },
      'server',
    );
    expect(relayed.crema.fleet.machine(vmc_no)?.errors).toEqual(before?.errors);
    expect(relayed.crema.fleet.machine(vmc_no)?.counts.framesIn).toBe(before?.counts.framesIn);
    says(hb);
    tells({ cmd: 'hb', vmc_no });
    await expect.poll(atMachine, waiting).toEqual(['login_r 0', 'reboot 1', 'hb 2']);
    await expect.poll(atServer, waiting).toEqual(['login 0', 'error 1', 'hb 2']);
    expect(relayed.lines).toEqual([
      'opened',
      'in login',
      'out login_r',
      'out reboot [relay.ours]',
      'in error [relay.ours]',
      'in hb [relay.renumbered]',
      'out hb [relay.renumbered]',
    ]);
  });

  it('is not inserted into a frame that is being relayed', async () => {
    const { relayed, server, atMachine } = await standing([]);
    const connection = relayed.crema.server.connectionOf(vmc_no);
    const whole = frame({ cmd: 'hb', vmc_no });
    server.socket.write(whole.subarray(0, 20));
    await expect.poll(() => connection?.isBetweenFrames(), waiting).toBe(false);
    expect(connection?.send({ cmd: 'reboot', vmc_no })).toBeNull();
    // In the other direction no frame has begun.
    expect(connection?.isBetweenFrames('server')).toBe(true);
    server.socket.write(whole.subarray(20));
    await expect.poll(() => connection?.isBetweenFrames(), waiting).toBe(true);
    connection?.send({ cmd: 'reboot', vmc_no });
    await expect.poll(atMachine, waiting).toEqual(['hb', 'reboot']);
  });

  it('a payment reported by its server counts as money, whatever Crema reports after; a payment by Crema does not', async () => {
    const { relayed, says, tells } = await standing([]);
    const order = () => relayed.crema.fleet.machine(vmc_no)?.orders.at(-1);
    says({ cmd: 'qrcode', vmc_no, orderNo: '1', productId: 3, amount: 500, qrType: 'all' });
    const pay_done = {
      cmd: 'pay_done',
      vmc_no,
      order_no: '1',
      product_amount: 500,
      paydone: true,
      paytype: 'wx_pub',
    };
    tells(pay_done);
    await expect.poll(order, waiting).toMatchObject({ paidByServer: true, untold: false });
    relayed.crema.server.send(vmc_no, pay_done);
    expect(order()).toMatchObject({ told: { length: 2 }, paidByServer: true });
    says({ cmd: 'qrcode', vmc_no, orderNo: '2', productId: 3, amount: 500, qrType: 'all' });
    await expect.poll(order, waiting).toMatchObject({ orderNo: '2' });
    relayed.crema.server.send(vmc_no, { ...pay_done, order_no: '2' });
    expect(order()).toMatchObject({ paidByServer: false });
  });

  it('an order done without its server’s knowledge does not become known by its other messages', async () => {
    const { relayed, says } = await standing([rule({ filter: 'cmd:productdone', does: 'drop' })]);
    const order = () => relayed.crema.fleet.machine(vmc_no)?.orders.at(-1);
    const done = { cmd: 'productdone', vmc_no, orderNo: '1', productId: 3, amount: 500, isok: true };
    const ask = { cmd: 'qrcode', vmc_no, orderNo: '1', productId: 3, amount: 500, qrType: 'all' };
    says(ask);
    await expect.poll(order, waiting).toMatchObject({ untold: false });
    says(done);
    await expect.poll(order, waiting).toMatchObject({ untold: true, doneTimes: 1 });
    says(ask);
    await expect.poll(() => order()?.asked?.times, waiting).toBe(2);
    expect(order()).toMatchObject({ untold: true });
    relayed.set({ rules: [] });
    says(done);
    await expect.poll(() => order()?.doneTimes, waiting).toBe(2);
    expect(order()).toMatchObject({ untold: false });
  });

  it('nor an order of a connection that another of the same machine has followed', async () => {
    const { relayed, says } = await standing([rule({ filter: 'cmd:productdone', does: 'drop' })]);
    const newer = await relayed.machine();
    newer.socket.write(frame({ cmd: 'hb', vmc_no }));
    await expect.poll(() => relayed.crema.fleet.machine(vmc_no)?.link, waiting).toMatchObject({ conn: 2 });
    says({ cmd: 'productdone', vmc_no, orderNo: '1', productId: 3, amount: 500, isok: true });
    const order = () => relayed.crema.fleet.machine(vmc_no)?.orders.at(-1);
    await expect.poll(order, waiting).toMatchObject({ orderNo: '1', untold: true });
  });
});
