/** Machines that Crema serves in place of an unreachable server go back to it, once it works and no order is open. */
import { expect, it } from 'vitest';
import { frame } from '../builders/frames';
import { RealServer, Relayed, waiting } from '../builders/relayed';

const login = (vmc_no: number) =>
  frame({ cmd: 'login', vmc_no, timestamp: '20150624', sign: 'x', version: '1.2.8.8' });

/** Machines that are served in place of a server that is gone. */
async function served(...numbers: readonly number[]) {
  const real = await RealServer.start();
  const { target } = real;
  await real.stop();
  const relayed = await Relayed.start({ upstream: target, serveMeanwhile: true });
  const machines = [];
  for (const vmc_no of numbers) {
    const machine = await relayed.machine();
    machine.socket.write(login(vmc_no));
    await expect.poll(() => machine.text, waiting).toContain('login_r');
    machines.push(machine);
  }
  const retry = (): void => relayed.crema.server.upstreams.retry(target);
  const closed = (): number => relayed.lines.filter((line) => line === 'closed upstreamBack').length;
  return { relayed, target, machines, retry, closed };
}

const asks = (vmc_no: number) =>
  frame({ cmd: 'qrcode', vmc_no, order_no: '9', product_id: 3, amount: 500, qr_type: 'all' });
const done = (vmc_no: number) =>
  frame({ cmd: 'productdone', vmc_no, order_no: '9', product_id: 3, amount: 500, isok: true });

it('only after the server has answered two heartbeats; each machine after its own order', async () => {
  const { relayed, target, machines, retry, closed } = await served(1, 2);
  machines[1]?.socket.write(asks(2));
  await expect.poll(() => machines[1]?.text, waiting).toContain('qrcode_r');
  const real = await RealServer.start({ port: target.port });
  retry();
  await expect.poll(closed, waiting).toBe(1);
  expect(real.asked).toBe(2);
  expect(machines[0]?.hasEnded).toBe(true);
  expect(machines[1]?.hasEnded).toBe(false);
  expect(relayed.relaying.state.waiting).toEqual([2]);
  relayed.relaying.tick();
  expect(closed()).toBe(1);
  machines[1]?.socket.write(done(2));
  await expect.poll(() => relayed.crema.fleet.machine(2)?.orders[0]?.doneTimes, waiting).toBe(1);
  relayed.relaying.tick();
  expect(closed()).toBe(2);
  expect(relayed.relaying.state.waiting).toEqual([]);
});

it('a server that only accepts connections gets none, until it answers', async () => {
  const { relayed, target, retry, closed } = await served(1);
  const real = await RealServer.start({ port: target.port });
  real.isAlive = false;
  retry();
  await expect.poll(() => relayed.relaying.state.unproven, waiting).toEqual([target]);
  // It was asked, and closes the connection instead of an answer.
  await expect.poll(() => real.ends.some((end) => end.text.includes('{"cmd":"hb"}')), waiting).toBe(true);
  for (const { socket } of real.ends) socket.destroy();
  expect(closed()).toBe(0);
  real.isAlive = true;
  await expect.poll(closed, waiting).toBe(1);
  expect(relayed.relaying.state.unproven).toEqual([]);
});

it('a person gives them back at once, without proof; one with an open order follows, and an unreachable server gets none', async () => {
  const { relayed, target, machines, retry, closed } = await served(1, 2);
  expect(relayed.relaying.giveBack()).toEqual({ given: 0, waiting: 0, unreachable: 2 });
  machines[1]?.socket.write(asks(2));
  await expect.poll(() => machines[1]?.text, waiting).toContain('qrcode_r');
  const real = await RealServer.start({ port: target.port });
  real.isAlive = false;
  retry();
  await expect.poll(() => relayed.relaying.state.unproven, waiting).toEqual([target]);
  expect(relayed.relaying.giveBack()).toEqual({ given: 1, waiting: 1, unreachable: 0 });
  expect(closed()).toBe(1);
  expect(relayed.relaying.state.waiting).toEqual([2]);
  machines[1]?.socket.write(done(2));
  await expect.poll(() => relayed.crema.fleet.machine(2)?.orders[0]?.doneTimes, waiting).toBe(1);
  relayed.relaying.tick();
  expect(closed()).toBe(2);
});
