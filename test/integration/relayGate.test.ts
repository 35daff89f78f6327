/** The entry to the relay: the server chosen for a machine, and behaviour before that is known. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { RelaySockets } from '../../src/main/machines/relay/relaySockets';
import { bodyOfTotal, frame, lyingFrame } from '../builders/frames';
import { RealServer, Relayed, waiting } from '../builders/relayed';

const vmc_no = 33232;
const loginOf = (number: number): Buffer =>
  frame({ cmd: 'login', vmc_no: number, timestamp: 20150624, sign: 'x', version: '1.2.8.8' });
const login = loginOf(vmc_no);

/** An address without a listener. */
async function nowhere(): Promise<RealServer['target']> {
  const real = await RealServer.start();
  const { target } = real;
  await real.stop();
  return target;
}

/** Machines wait for their number, because some have their own server. */
const waitingFor = async (real: RealServer, others: RealServer): Promise<Relayed> =>
  Relayed.start({ upstream: others.target, ofMachines: [{ vmcNo: vmc_no, ...real.target }] });

it('an address that leads back to Crema is not a server: the machine is not relayed, and that is reported', async () => {
  const relayed = await Relayed.start({});
  const self = { host: '127.0.0.1', port: relayed.crema.port };
  relayed.set({ upstream: self });
  const machine = await relayed.machine();
  await expect.poll(() => machine.hasEnded, waiting).toBe(true);
  expect(relayed.relaying.state).toMatchObject({ calling: 0, unreachable: [{ ...self, detail: 'SELF' }] });
  expect(relayed.lines.filter((line) => line === 'opened').length).toBeLessThan(4);
});

it('a setting changed while a machine waits for its server applies to that machine too', async () => {
  const [real, others] = [await RealServer.start(), await RealServer.start()];
  const relayed = await waitingFor(real, others);
  const machine = await relayed.machine();
  await expect.poll(() => relayed.relaying.state.calling, waiting).toBe(1);
  relayed.set({ isOn: false });
  machine.socket.write(login);
  await expect.poll(() => machine.text, waiting).toContain('login_r');
  expect([real.ends, others.ends]).toEqual([[], []]);
});

it('also while its server is called', async () => {
  const [first, second] = [await RealServer.start(), await RealServer.start()];
  const relayed = await Relayed.start({ upstream: first.target });
  const { upstreams } = relayed.crema.server;
  const call = upstreams.call.bind(upstreams);
  // As slow as a server far away: meanwhile the person sets another server.
  upstreams.call = async (target) => {
    upstreams.call = call;
    const reached = await call(target);
    relayed.set({ upstream: second.target });
    return reached;
  };
  const machine = await relayed.machine();
  machine.socket.write(login);
  await expect.poll(async () => (await second.end()).bytes, waiting).toBe(login.length);
  expect((await first.end()).bytes).toBe(0);
});

it('a machine that cuts its connection while it waits is not reported as closed by its server', async () => {
  const [real, others] = [await RealServer.start(), await RealServer.start()];
  const relayed = await waitingFor(real, others);
  const machine = await relayed.machine();
  await expect.poll(() => relayed.relaying.state.calling, waiting).toBe(1);
  machine.socket.resetAndDestroy();
  await expect.poll(() => relayed.lines.at(-1), waiting).toBe('closed reset');
  expect(relayed.relaying.state).toMatchObject({ calling: 0, connections: { relayed: 0 } });
});

it('a machine that sends its number after the relay has begun is disconnected, to connect again', async () => {
  const [real, others] = [await RealServer.start(), await RealServer.start()];
  const relayed = await waitingFor(real, others);
  const machine = await relayed.machine();
  machine.socket.write(Buffer.concat([...Array<Buffer>(8).fill(frame(bodyOfTotal(9_000))), login]));
  await expect.poll(() => machine.hasEnded, waiting).toBe(true);
  expect(relayed.lines.slice(-2)).toEqual(['finding relay.otherServer', 'closed relaySwitched']);
  (await relayed.machine()).socket.write(login);
  await expect.poll(async () => (await real.end()).bytes, waiting).toBe(login.length);
});

const loginText = `{"cmd":"login","vmc_no":${vmc_no},"timestamp":20150624,"sign":"x","version":"1.2.8.8"`;
it.each([
  ['says a length that is a little too great', lyingFrame(`${loginText}}`, loginText.length + 16)],
  ['has a comma too many and no head', Buffer.from(`${loginText},}`)],
])('a login that %s, which only quiet shows to be whole, names the machine’s server', async (_, bytes) => {
  const [real, others] = [await RealServer.start(), await RealServer.start()];
  const relayed = await waitingFor(real, others);
  const machine = await relayed.machine();
  machine.socket.write(bytes);
  await expect.poll(() => real.ends.length + others.ends.length, waiting).toBe(1);
  expect(others.ends).toEqual([]);
  await expect.poll(async () => (await real.end()).bytes, waiting).toBe(bytes.length);
});

it('beside a direct link only its machine is passed on', async () => {
  const real = await RealServer.start();
  const directLink = { vmcNo: vmc_no, tells: false };
  const relayed = await Relayed.start({ upstream: real.target }, true, { directLink });
  const other = await relayed.machine();
  other.socket.write(loginOf(7));
  await expect.poll(() => other.hasEnded, waiting).toBe(true);
  expect([real.ends, other.bytes]).toEqual([[], 0]);
  expect(relayed.lines.at(-1)).toBe('closed reserved');
  const machine = await relayed.machine();
  machine.socket.write(login);
  const server = await real.end();
  await expect.poll(() => server.bytes, waiting).toBe(login.length);
  // Nor can it change its number on this connection.
  machine.socket.write(loginOf(7));
  await expect.poll(() => relayed.lines.at(-1), waiting).toBe('closed reserved');
});

it('many machines at once cause one attempt at an unreachable server', async () => {
  const relayed = await Relayed.start({ upstream: await nowhere() });
  const machines = await Promise.all(Array.from({ length: 20 }, () => relayed.machine()));
  await expect.poll(() => machines.every(({ hasEnded }) => hasEnded), waiting).toBe(true);
  expect(relayed.relaying.state.unreachable).toMatchObject([{ tries: 1 }]);
});

it('a failed call after the relay was switched off is the last', async () => {
  const target = await nowhere();
  const relayed = await Relayed.start({ upstream: target });
  const call = relayed.crema.server.upstreams.call(target);
  relayed.set({ isOn: false });
  expect(await call).toMatchObject({ detail: 'ECONNREFUSED' });
  expect(relayed.relaying.state.unreachable).toEqual([]);
});

it('a machine that waited takes one place, not two', async () => {
  const real = await RealServer.start();
  const relayed = await Relayed.start({ upstream: real.target }, true, { places: 2 });
  await relayed.machine();
  await relayed.machine();
  await real.end(1);
  await expect.poll(() => relayed.relaying.state.connections.relayed, waiting).toBe(2);
  expect(relayed.crema.crowds).toEqual([]);
});

it('unrecorded relayed bytes are reported, also if the connection ends meanwhile', async () => {
  const real = await RealServer.start({ isKept: false });
  let hasBacklog = true;
  const relayed = await Relayed.start({ upstream: real.target }, true, { hasBacklog: () => hasBacklog });
  const machine = await relayed.machine();
  const server = await real.end();
  const all = Buffer.concat(Array<Buffer>(700).fill(frame(bodyOfTotal(9_000))));
  machine.socket.end(all);
  await expect.poll(() => server.hasEnded, waiting).toBe(true);
  server.socket.end();
  await expect.poll(() => server.isClosed && machine.isClosed, waiting).toBe(true);
  hasBacklog = false;
  relayed.crema.server.goOn();
  await expect.poll(() => relayed.lines.at(-1), waiting).toMatch(/^closed/);
  const said = relayed.crema.entries.map((entry) => {
    if (entry.kind === 'frame' || entry.kind === 'junk') return entry.bytes.length;
    const isGap = entry.kind === 'finding' && entry.finding.code === 'relay.unrecorded';
    return isGap ? Number(entry.finding.params?.['bytes']) : 0;
  });
  expect(relayed.lines).toContain('finding relay.unrecorded');
  expect(said.reduce((sum, bytes) => sum + bytes, 0)).toBe(all.length);
});

it('an end that does not read its answers is not read from', async () => {
  const pair = async (): Promise<readonly [Socket, Socket]> => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const there = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
    const here = await new Promise<Socket>((resolve) => server.once('connection', resolve));
    onTestFinished(() => {
      for (const socket of [here, there]) socket.destroy();
      server.close();
    });
    return [here, there];
  };
  const [machine, farMachine] = await pair();
  const [server] = await pair();
  const passing = new RelaySockets(machine, server, {
    received: () => undefined,
    halfClosed: () => undefined,
    gone: () => undefined,
  });
  const block = Buffer.alloc(1_048_576);
  while (!machine.isPaused()) passing.write('machine', block, true);
  expect(server.isPaused()).toBe(true);
  farMachine.resume();
  await expect.poll(() => machine.isPaused() || server.isPaused(), waiting).toBe(false);
});
