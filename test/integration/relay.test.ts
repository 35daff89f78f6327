/** The relay over real sockets: each end gets the other's data byte for byte, with its ends, resets and back-pressure. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bodyOfTotal, frame, trafficMix } from '../builders/frames';
import { RealServer, Relayed, waiting, type End } from '../builders/relayed';

const vmc_no = 33232;
const login = frame({ cmd: 'login', vmc_no, timestamp: 20150624, sign: 'x', version: '1.2.8.8' });
const hb = frame({ cmd: 'hb', vmc_no });
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Random numbers, the same in each run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An hour of one machine and its server: 900 messages each way with both heads, and bytes outside of frames. */
function traffic(seed: number): Buffer {
  const random = chance(seed);
  return Buffer.concat(
    trafficMix(900).flatMap((body, index) => {
      const one = frame({ ...body, vmc_no }, random() < 0.5 ? 'le48' : 'decimal', index);
      return random() < 0.02 ? [one, Buffer.from('\u0000garbage {"cmd":')] : [one];
    }),
  );
}

/** Writes it in pieces of any size, some together in one turn, some alone. */
async function play(end: End, bytes: Buffer, seed: number): Promise<void> {
  const random = chance(seed);
  for (let at = 0; at < bytes.length;) {
    const size = 1 + Math.floor(random() * (random() < 0.1 ? 9_000 : 300));
    end.socket.write(bytes.subarray(at, at + size));
    at += size;
    if (random() < 0.3) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Reads bytes only now and then. */
function readsSlowly({ socket }: End, seed: number): void {
  const random = chance(seed);
  socket.on('data', () => {
    if (random() < 0.7) return;
    socket.pause();
    setImmediate(() => setImmediate(() => socket.resume()));
  });
}

async function both(patch: Parameters<typeof Relayed.start>[0] = {}): Promise<{
  readonly relayed: Relayed;
  readonly machine: End;
  readonly server: End;
  readonly real: RealServer;
}> {
  const real = await RealServer.start();
  const relayed = await Relayed.start({ upstream: real.target, ...patch });
  const machine = await relayed.machine();
  return { relayed, machine, server: await real.end(), real };
}

describe('byte for byte', () => {
  it.each([
    ['passed on at once', []],
    [
      'looked at first',
      [{ id: 1, name: '', filter: 'cmd:nothing', when: 'always', does: 'drop', answer: '', isOn: true }],
    ],
  ] as const)('both ways, %s, in chunks of any size, to ends that take them slowly', async (_how, rules) => {
    const { relayed, machine, server } = await both({ rules: [...rules] });
    const [said, told] = [traffic(1), traffic(2)];
    readsSlowly(machine, 3);
    readsSlowly(server, 4);
    await Promise.all([play(machine, said, 5), play(server, told, 6)]);
    machine.socket.end();
    server.socket.end();
    await expect.poll(() => machine.isClosed && server.isClosed, waiting).toBe(true);
    expect([server.hash, machine.hash]).toEqual([hash(said), hash(told)]);
    // All of it is in the record too, in order.
    await expect.poll(() => relayed.lines.at(-1), waiting).toMatch(/^closed /);
    const recorded = (dir: 'in' | 'out'): Buffer =>
      Buffer.concat(
        relayed.crema.entries.flatMap((entry) => {
          if (entry.kind === 'frame') return entry.dir === dir ? [entry.bytes] : [];
          if (entry.kind !== 'junk') return [];
          const isServers = entry.findings.some(({ code }) => code === 'capture.fromServer');
          return isServers === (dir === 'out') ? [entry.bytes] : [];
        }),
      );
    expect([hash(recorded('in')), hash(recorded('out'))]).toEqual([hash(said), hash(told)]);
    expect(relayed.lines.filter((line) => line.includes('[relay.'))).toEqual([]);
    expect(relayed.crema.problems).toEqual([]);
  });

  it('an end that sends no more still gets the other’s data', async () => {
    const { relayed, machine, server } = await both();
    machine.socket.end(login);
    await expect.poll(() => server.hasEnded, waiting).toBe(true);
    expect(server.text).toBe(login.toString('latin1'));
    server.socket.write(hb);
    await expect.poll(() => machine.text, waiting).toBe(hb.toString('latin1'));
    expect(machine.hasEnded).toBe(false);
    server.socket.end(hb);
    await expect.poll(() => machine.hasEnded, waiting).toBe(true);
    expect(machine.bytes).toBe(2 * hb.length);
    await expect.poll(() => relayed.lines.at(-1), waiting).toBe('closed machineClosed');
    expect(relayed.lines).toEqual([
      'opened',
      'in login',
      'finding relay.machineEnds',
      'out hb',
      'out hb',
      'finding relay.serverEnds',
      'closed machineClosed',
    ]);
  });

  it.each([
    ['machine', 'reset'],
    ['server', 'serverClosed'],
  ] as const)('a reset of the %s is one for the other', async (side, reason) => {
    const { relayed, ...ends } = await both();
    ends.machine.socket.write(hb);
    await expect.poll(() => ends.server.bytes, waiting).toBe(hb.length);
    ends[side].socket.resetAndDestroy();
    const other = ends[side === 'machine' ? 'server' : 'machine'];
    await expect.poll(() => other.isReset, waiting).toBe(true);
    await expect
      .poll(() => relayed.lines.slice(-2), waiting)
      .toEqual([
        side === 'machine' ? 'finding relay.machineCuts' : 'finding relay.serverCuts',
        `closed ${reason}`,
      ]);
  });

  it('an end that reads nothing blocks the other, and no further connection', async () => {
    const { relayed, machine, server, real } = await both();
    server.socket.pause();
    const block = Buffer.concat(Array<Buffer>(128).fill(frame(bodyOfTotal(8_192))));
    for (let n = 0; n < 16; n += 1) machine.socket.write(block);
    // The other direction still works.
    server.socket.write(hb);
    await expect.poll(() => machine.bytes, waiting).toBe(hb.length);
    const second = await relayed.machine();
    second.socket.write(login);
    const other = await real.end(1);
    await expect.poll(() => other.bytes, waiting).toBe(login.length);
    // Data that the receiver does not read stays with its sender, except for system buffers.
    expect(machine.socket.writableLength).toBeGreaterThan(0);
    server.socket.resume();
    await expect.poll(() => server.bytes, waiting).toBe(16 * block.length);
  });
});

describe('a server that can’t be reached', () => {
  it('is not visible to the machine: its connection is closed without an answer', async () => {
    const real = await RealServer.start();
    const { target } = real;
    await real.stop();
    const relayed = await Relayed.start({ upstream: target });
    const machine = await relayed.machine();
    machine.socket.write(login);
    await expect.poll(() => machine.hasEnded || machine.isReset, waiting).toBe(true);
    expect(machine.bytes).toBe(0);
    await expect.poll(() => relayed.lines.at(-1), waiting).toBe('closed noUpstream');
    expect(relayed.lines[1]).toBe('finding relay.unreachable');
    expect(relayed.relaying.state.unreachable).toMatchObject([
      { ...target, detail: 'ECONNREFUSED', tries: 1 },
    ]);
  });

  it('is replaced by Crema if a person chose so; sales are marked, and the machine returns when possible', async () => {
    const real = await RealServer.start();
    const { target } = real;
    await real.stop();
    const relayed = await Relayed.start({ upstream: target, serveMeanwhile: true });
    const machine = await relayed.machine();
    machine.socket.write(login);
    await expect.poll(() => machine.text, waiting).toContain('login_r');
    machine.socket.write(
      frame({
        cmd: 'productdone',
        vmc_no,
        orderNo: '1',
        productId: 3,
        amount: 500,
        isok: true,
        timestamp: '20250318165359',
      }),
    );
    await expect
      .poll(() => relayed.crema.fleet.machine(vmc_no)?.orders.at(-1))
      .toMatchObject({ orderNo: '1', untold: true });
    expect(relayed.lines).toContain('finding relay.servedMeanwhile');
    expect(relayed.relaying.state.connections).toEqual({ relayed: 0, meanwhile: 1, cutOff: 0 });
    const again = await RealServer.start({ port: target.port });
    relayed.crema.server.upstreams.retry(target);
    await expect.poll(() => machine.hasEnded, waiting).toBe(true);
    await expect.poll(() => relayed.lines.at(-1), waiting).toBe('closed upstreamBack');
    machine.socket.end();
    (await relayed.machine()).socket.write(login);
    await expect.poll(async () => (await again.end(again.ends.length - 1)).bytes, waiting).toBe(login.length);
  });

  it('does not take a machine away in the middle of a sale', async () => {
    const real = await RealServer.start();
    const { target } = real;
    await real.stop();
    const relayed = await Relayed.start({ upstream: target, serveMeanwhile: true });
    const machine = await relayed.machine();
    machine.socket.write(login);
    machine.socket.write(
      frame({ cmd: 'qrcode', vmc_no, orderNo: '9', productId: 3, amount: 500, qrType: 'all' }),
    );
    await expect.poll(() => machine.text, waiting).toContain('qrcode_r');
    await RealServer.start({ port: target.port });
    relayed.crema.server.upstreams.retry(target);
    await expect.poll(() => relayed.relaying.state.unreachable, waiting).toEqual([]);
    relayed.relaying.tick();
    expect(relayed.lines.at(-1)).not.toMatch(/^closed/);
    machine.socket.write(
      frame({
        cmd: 'productdone',
        vmc_no,
        orderNo: '9',
        productId: 3,
        amount: 500,
        isok: true,
        timestamp: '20250318165359',
      }),
    );
    await expect
      .poll(() => relayed.crema.fleet.machine(vmc_no)?.orders.at(-1)?.done, waiting)
      .toMatchObject({ value: true });
    relayed.relaying.tick();
    expect(relayed.lines.at(-1)).toBe('closed upstreamBack');
  });
});

describe('a server for each machine', () => {
  it('is found by its number; a machine without its own server uses the common server', async () => {
    const [own, ofAll] = [await RealServer.start(), await RealServer.start()];
    const relayed = await Relayed.start({
      upstream: ofAll.target,
      ofMachines: [{ vmcNo: vmc_no, ...own.target }],
    });
    const machine = await relayed.machine();
    machine.socket.write(login.subarray(0, 20));
    machine.socket.write(login.subarray(20));
    await expect.poll(() => own.ends[0]?.bytes, waiting).toBe(login.length);
    const other = await relayed.machine();
    const otherHb = frame({ cmd: 'hb', vmc_no: 7 });
    other.socket.end(otherHb);
    await expect.poll(() => ofAll.ends[0]?.bytes, waiting).toBe(otherHb.length);
    await expect.poll(() => ofAll.ends[0]?.hasEnded, waiting).toBe(true);
    expect(relayed.crema.entries.filter(({ kind }) => kind === 'opened')).toMatchObject([
      { peer: { relay: { ...own.target, is: 'relayed' } } },
      { peer: { relay: { ...ofAll.target, is: 'relayed' } } },
    ]);
  });

  it('and Crema without a configured server: it serves the machine itself', async () => {
    const own = await RealServer.start();
    const relayed = await Relayed.start({ ofMachines: [{ vmcNo: 7, ...own.target }] });
    const machine = await relayed.machine();
    machine.socket.write(login);
    await expect.poll(() => machine.text, waiting).toContain('login_r');
    expect(own.ends).toEqual([]);
    expect(relayed.lines).toEqual(['opened', 'in login', 'out login_r']);
  });
});

it('a connection that the new settings serve differently is closed', async () => {
  const { relayed, machine, real } = await both();
  machine.socket.write(login);
  await expect.poll(() => relayed.lines.at(-1), waiting).toBe('in login');
  // Rules without effect on the target leave the connection unchanged.
  relayed.set({ rules: [] });
  expect(relayed.lines.at(-1)).toBe('in login');
  relayed.set({ isOn: false });
  await expect.poll(() => machine.hasEnded, waiting).toBe(true);
  expect(relayed.lines.at(-1)).toBe('closed relaySwitched');
  await expect.poll(() => real.ends[0]?.hasEnded, waiting).toBe(true);
  const served = await relayed.machine();
  served.socket.write(login);
  await expect.poll(() => served.text, waiting).toContain('login_r');
  relayed.set({ isOn: true });
  await expect.poll(() => served.hasEnded, waiting).toBe(true);
});

it('of two connections of one machine the older is the machine’s again when the newer ends', async () => {
  const { relayed, machine, real } = await both();
  machine.socket.write(login);
  await expect.poll(async () => (await real.end()).bytes, waiting).toBe(login.length);
  const newer = await relayed.machine();
  newer.socket.write(login);
  await expect.poll(async () => (await real.end(1)).bytes, waiting).toBe(login.length);
  await expect.poll(() => relayed.crema.server.connectionOf(vmc_no)?.conn, waiting).toBe(2);
  const { crema } = relayed;
  const first = crema.server.connectionOf(vmc_no);
  newer.socket.resetAndDestroy();
  await expect.poll(() => crema.server.connectionOf(vmc_no)?.conn, waiting).toBe(1);
  expect(first?.conn).toBe(2);
  // It is online after its first message.
  expect(crema.fleet.machine(vmc_no)?.link.status).toBe('offline');
  machine.socket.write(hb);
  await expect
    .poll(() => crema.fleet.machine(vmc_no)?.link, waiting)
    .toMatchObject({ status: 'online', conn: 1 });
  expect(crema.server.send(vmc_no, { cmd: 'reboot', vmc_no })).not.toBeNull();
});
