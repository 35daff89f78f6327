/** Relays that pass machines on to each other, over real sockets: each connection would open the next, endlessly. */
import { expect, it } from 'vitest';
import { frame } from '../builders/frames';
import { RealServer, Relayed, waiting, type End } from '../builders/relayed';

const vmc_no = 33232;
const loginAt = (timestamp: number): Buffer =>
  frame({ cmd: 'login', vmc_no, timestamp, sign: 'x', version: '1.2.8.8' });
const login = loginAt(20150624);

const opened = ({ lines }: Relayed): number => lines.filter((line) => line === 'opened').length;

/** Each is the other's real server. The limit of places bounds the connections of a failing test. */
async function loop(): Promise<readonly [Relayed, Relayed]> {
  const [one, other] = [
    await Relayed.start({}, true, { places: 100 }),
    await Relayed.start({}, true, { places: 100 }),
  ];
  one.set({ upstream: { host: '127.0.0.1', port: other.crema.port } });
  other.set({ upstream: { host: '127.0.0.1', port: one.crema.port } });
  return [one, other];
}

const isFound = ({ relaying }: Relayed): boolean =>
  relaying.state.unreachable.some(({ detail }) => detail === 'LOOP');

it('two that relay to each other: a silent machine costs a few connections, and its login shows the loop', async () => {
  const [one, other] = await loop();
  const machine = await one.machine();
  const both = (): object =>
    [one, other].map(({ relaying: { state } }) => [state.connections.relayed, state.calling]);
  await expect.poll(both, waiting).toEqual([
    [4, 1],
    [4, 0],
  ]);
  machine.socket.write(login);
  await expect.poll(() => machine.hasEnded, waiting).toBe(true);
  await expect.poll(() => isFound(one) || isFound(other), waiting).toBe(true);
  await expect.poll(both, waiting).toEqual([
    [0, 0],
    [0, 0],
  ]);
  expect(opened(one) + opened(other)).toBeLessThan(20);
  expect([...one.lines, ...other.lines]).toContain('finding relay.loop');
});

it('a machine that logs in at once shows it as well, and reaches its server once one of them relays no more', async () => {
  const [one, other] = await loop();
  const machine = await one.machine();
  machine.socket.write(login);
  await expect.poll(() => machine.hasEnded, waiting).toBe(true);
  await expect.poll(() => isFound(one) || isFound(other), waiting).toBe(true);
  expect(opened(one) + opened(other)).toBeLessThan(12);
  other.set({ isOn: false });
  one.crema.server.upstreams.retry({ host: '127.0.0.1', port: other.crema.port });
  expect(one.relaying.state.unreachable).toEqual([]);
  const again = await one.machine();
  again.socket.write(login);
  await expect.poll(() => again.text, waiting).toContain('login_r');
});

it.each([
  ['junk', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['frames without a number', frame({ cmd: 'hb', timestamp: 20150624 })],
])('a machine that sends only %s costs a few connections as well, and ends at 64 KB', async (_, bytes) => {
  const [one, other] = await loop();
  const machine = await one.machine();
  machine.socket.write(bytes);
  const both = (): readonly (readonly number[])[] =>
    [one, other].map(({ relaying: { state } }) => [state.connections.relayed, state.calling]);
  const isFull = [
    [4, 1],
    [4, 0],
  ];
  await expect.poll(both, waiting).toEqual(isFull);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(both()).toEqual(isFull);
  for (let sent = 0; sent <= 65_536; sent += bytes.length) machine.socket.write(bytes);
  await expect.poll(() => machine.hasEnded, waiting).toBe(true);
  machine.socket.end();
  await expect.poll(() => both().flat(), waiting).toEqual([0, 0, 0, 0]);
  expect(opened(one) + opened(other)).toBeLessThan(20);
  expect([...one.lines, ...other.lines]).toContain('finding relay.loop');
});

it('while machines are silent, others are relayed after their first message', async () => {
  const real = await RealServer.start();
  const relayed = await Relayed.start({ upstream: real.target });
  const machines: End[] = [];
  const passed = (): number => relayed.relaying.state.connections.relayed;
  for (let nr = 1; nr <= 7; nr += 1) {
    machines.push(await relayed.machine());
    await expect.poll(passed, waiting).toBe(Math.min(nr, 4));
  }
  await expect
    .poll(() => relayed.relaying.state, waiting)
    .toMatchObject({
      connections: { relayed: 4 },
      calling: 3,
    });
  for (const [nr, machine] of machines.entries()) machine.socket.write(loginAt(nr));
  await expect.poll(() => real.ends.map(({ bytes }) => bytes > 0), waiting).toEqual(Array(7).fill(true));
});

it('one machine may have eight connections: the oldest is closed', async () => {
  const real = await RealServer.start();
  const relayed = await Relayed.start({ upstream: real.target });
  const machines: End[] = [];
  for (let nr = 1; nr <= 9; nr += 1) {
    const machine = await relayed.machine();
    machine.socket.write(loginAt(nr));
    await expect.poll(async () => (await real.end(nr - 1)).bytes, waiting).toBeGreaterThan(0);
    machines.push(machine);
  }
  await expect
    .poll(() => machines.map(({ hasEnded }) => hasEnded), waiting)
    .toEqual([true, ...Array<false>(8).fill(false)]);
  expect(relayed.lines).toContain('closed replaced');
  expect(relayed.relaying.state.unreachable).toEqual([]);
});
