/** Rules that change, delay or pass on a frame, over real sockets. */
import { describe, expect, it } from 'vitest';
import type { FrameEntry } from '#shared/model/frame';
import type { RelayRule } from '#shared/model/relay';
import { FrameDecoder } from '../../src/main/core/protocol/frame';
import { frame, rawFrame } from '../builders/frames';
import { RealServer, Relayed, waiting, type End } from '../builders/relayed';

const vmc_no = 33_232;
const login = { cmd: 'login', vmc_no, timestamp: '20150624', sign: 'x', version: '1.2.8.8' };
const base = { name: '', filter: '', when: 'always', answer: '', isOn: true } as const;
const changing = (member: string, value: string, filter: string): RelayRule => ({
  ...base,
  id: 1,
  filter,
  does: 'rewrite',
  change: { member, value },
});
const delaying = (ms: number, filter = 'cmd:error'): RelayRule => ({
  ...base,
  id: 2,
  filter,
  does: 'delay',
  ms,
});

const commands = ({ received }: End): string[] =>
  new FrameDecoder({ preferred: 'decimal' })
    .push(received)
    .map((item) =>
      item.kind === 'frame' && typeof item.json?.['cmd'] === 'string' ? item.json['cmd'] : item.kind,
    );

/** A machine that has logged in to its server. */
async function standing(rules: readonly RelayRule[]) {
  const real = await RealServer.start();
  const relayed = await Relayed.start({ upstream: real.target, rules: [...rules] });
  const machine = await relayed.machine();
  const server = await real.end();
  const says = (body: Parameters<typeof frame>[0]): void => void machine.socket.write(frame(body));
  says(login);
  await expect.poll(() => relayed.crema.fleet.machine(vmc_no) !== null, waiting).toBe(true);
  const frames = (): readonly FrameEntry[] =>
    relayed.crema.entries.filter((entry): entry is FrameEntry => entry.kind === 'frame');
  return { relayed, machine, server, says, frames };
}

const error = { cmd: 'error', vmc_no, error_code: 'EC_2', isSet: true };
const done = (orderNo: string) => ({
  cmd: 'productdone',
  vmc_no,
  order_no: orderNo,
  product_id: 3,
  amount: 500,
  isok: true,
});

describe('a rule that changes a member', () => {
  it('sends other bytes than it received, and both are recorded with the rule', async () => {
    const { relayed, machine, server, frames } = await standing([
      changing('supply.1', '7', 'cmd:machinestatus'),
    ]);
    const body = (amount: string): Buffer =>
      Buffer.concat([
        Buffer.from(
          `{ "cmd":"machinestatus",  "vmc_no":${vmc_no},"status":"supply", "supply":{"1": ${amount}}, "n":"`,
        ),
        Buffer.from([0xbf, 0xa7, 0xb7, 0xc8]),
        Buffer.from('" }'),
      ]);
    const [before, after] = [rawFrame(body('"1500"'), 'decimal', 0), rawFrame(body('7'), 'decimal', 0)];
    machine.socket.write(before);
    await expect.poll(() => server.received, waiting).toEqual(Buffer.concat([frame(login), after]));
    expect(frames().map(({ bytes }) => Buffer.from(bytes))).toEqual([frame(login), before, after]);
    expect(relayed.lines).toEqual([
      'opened',
      'in login',
      'in machinestatus [relay.replaced]',
      'in machinestatus [relay.rewritten]',
    ]);
    expect(frames()[2]?.findings).toContainEqual({
      code: 'relay.rewritten',
      params: { rule: 1, member: 'supply.1' },
    });
    expect(relayed.relaying.state).toMatchObject({ hits: { 1: 1 }, waived: {} });
    // The changed frame is not a message of the machine.
    expect(relayed.crema.fleet.machine(vmc_no)?.supplies).toMatchObject({ 1: { value: '1500' } });
  });

  it('passes a frame without the member on, which the record and the count say', async () => {
    const { relayed, server, says } = await standing([changing('Amount', '1', 'cmd:error')]);
    says(error);
    await expect.poll(() => commands(server), waiting).toEqual(['login', 'error']);
    expect(relayed.lines.at(-1)).toBe('in error [relay.memberMissing]');
    expect(relayed.relaying.state).toMatchObject({ hits: {}, waived: { 1: 1 } });
  });

  it('tells the server an order, but a changed payment is not its money', async () => {
    const { relayed, server, says } = await standing([
      changing('amount', '1', 'cmd:productdone OR cmd:pay_done'),
    ]);
    const orders = () => relayed.crema.fleet.machine(vmc_no)?.orders ?? [];
    says(done('1'));
    await expect.poll(orders, waiting).toMatchObject([{ orderNo: '1', untold: false, doneTimes: 1 }]);
    says({ cmd: 'qrcode', vmc_no, order_no: '2', product_id: 3, amount: 500, qr_type: 'all' });
    await expect.poll(() => orders().length, waiting).toBe(2);
    server.socket.write(
      frame({ cmd: 'pay_done', vmc_no, order_no: '2', amount: 500, paydone: true, paytype: 'wx_pub' }),
    );
    await expect.poll(() => orders().at(-1)?.payment, waiting).toMatchObject({ value: { paid: true } });
    expect(orders().at(-1)).toMatchObject({ orderNo: '2', paidByServer: false });
  });
});

it('a rule that answers a frame which Crema does not answer passes it on, and says so', async () => {
  const { relayed, server, says } = await standing([
    { ...base, id: 3, filter: 'cmd:strange', does: 'answer' },
  ]);
  says({ cmd: 'strange', vmc_no });
  await expect.poll(() => commands(server), waiting).toEqual(['login', 'strange']);
  expect(relayed.lines.at(-1)).toBe('in strange [relay.noOwnAnswer]');
  expect(relayed.relaying.state).toMatchObject({ hits: {}, waived: { 3: 1 } });
});

describe('a rule that delays', () => {
  it('keeps the order of its direction, and its removal sends all at once', async () => {
    const { relayed, machine, server, says } = await standing([delaying(60_000)]);
    says(error);
    says({ cmd: 'hb', vmc_no });
    says(done('1'));
    await expect.poll(() => relayed.relaying.state.delayed, waiting).toEqual({ 2: 3 });
    // The other direction does not wait.
    server.socket.write(frame({ cmd: 'login_r', vmc_no, ret: 0 }));
    await expect.poll(() => commands(machine), waiting).toEqual(['login_r']);
    expect(commands(server)).toEqual(['login']);
    expect(relayed.crema.fleet.machine(vmc_no)?.orders).toMatchObject([{ orderNo: '1', untold: true }]);
    relayed.set({ rules: [] });
    await expect.poll(() => commands(server), waiting).toEqual(['login', 'error', 'hb', 'productdone']);
    expect(relayed.lines).toEqual([
      'opened',
      'in login',
      'in error [relay.delayed]',
      'in hb [relay.queued]',
      'in productdone [relay.queued]',
      'out login_r',
      'in error [relay.sentLate]',
      'in hb [relay.sentLate]',
      'in productdone [relay.sentLate]',
    ]);
    expect(relayed.relaying.state.delayed).toEqual({});
    expect(relayed.crema.fleet.machine(vmc_no)?.orders).toMatchObject([
      { orderNo: '1', untold: false, doneTimes: 1 },
    ]);
  });

  it('sends when the time is over, and the end of the sender only after it', async () => {
    const { machine, server, relayed, says } = await standing([delaying(300)]);
    says(error);
    machine.socket.end();
    await expect.poll(() => server.hasEnded, waiting).toBe(true);
    expect(commands(server)).toEqual(['login', 'error']);
    const [received, sent] = relayed.crema.entries.filter(
      (entry): entry is FrameEntry => entry.kind === 'frame' && entry.message.body.cmd === 'error',
    );
    expect((sent?.at ?? 0) - (received?.at ?? 0)).toBeGreaterThanOrEqual(300);
  });

  it('loses nothing when Crema closes the connection', async () => {
    const { server, relayed, says } = await standing([delaying(60_000)]);
    says(error);
    says({ cmd: 'hb', vmc_no });
    await expect.poll(() => relayed.relaying.state.delayed, waiting).toEqual({ 2: 2 });
    relayed.set({ isOn: false });
    await expect.poll(() => server.hasEnded, waiting).toBe(true);
    expect(commands(server)).toEqual(['login', 'error', 'hb']);
    expect(relayed.lines.at(-1)).toBe('closed relaySwitched');
    expect(relayed.relaying.state.delayed).toEqual({});
  });

  it('counts what a cut connection loses', async () => {
    const { server, relayed, says } = await standing([delaying(60_000)]);
    says(error);
    says({ cmd: 'hb', vmc_no });
    await expect.poll(() => relayed.relaying.state.delayed, waiting).toEqual({ 2: 2 });
    server.socket.resetAndDestroy();
    await expect.poll(() => relayed.lines.at(-1), waiting).toBe('closed serverClosed');
    expect(relayed.crema.entries).toContainEqual(
      expect.objectContaining({ finding: { code: 'relay.delayedAtEnd', params: { frames: 2 } } }),
    );
    expect(relayed.relaying.state.delayed).toEqual({});
  });

  it('stops reading instead of keeping ever more', async () => {
    const { machine, server, relayed, says } = await standing([delaying(60_000)]);
    says(error);
    const flood = Buffer.concat(Array<Buffer>(20_000).fill(frame({ cmd: 'hb', vmc_no, x: 'x'.repeat(400) })));
    machine.socket.write(flood);
    await expect.poll(() => relayed.relaying.state.delayed[2] ?? 0, waiting).toBeGreaterThan(90);
    let before = -1;
    const isStill = (): boolean => {
      const now = relayed.relaying.state.delayed[2] ?? 0;
      const isSame = now === before;
      before = now;
      return isSame;
    };
    await expect.poll(isStill, { ...waiting, interval: 300 }).toBe(true);
    // 64 KiB, and one portion that had been read.
    expect(before * flood.length).toBeLessThan(20_000 * 4 * 65_536);
    expect(machine.socket.writableLength).toBeGreaterThan(0);
    relayed.set({ rules: [] });
    const all = frame(login).length + frame(error).length + flood.length;
    await expect.poll(() => server.bytes, waiting).toBe(all);
  });
});
