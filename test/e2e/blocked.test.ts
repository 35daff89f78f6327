/** Nothing that holds up the app's main thread or draws delays a machine: the server has a thread of its own, which goes first. */
import { readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { givingWay } from '../../src/main/worker/priority';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();

const beat = decimalFrame('{"cmd":"hb","vmc_no":33232}');

it('while the main thread is blocked for two seconds, machines are answered as before', async () => {
  const app = await shared();
  const client = await RawClient.open(app.machinePort);
  client.send(decimalFrame('{"cmd":"login","vmc_no":33232,"version":"1","linuxDriverVersion":"1"}'));
  await client.until(() => client.received.includes('login_r'));
  client.received = Buffer.alloc(0);
  const blocked = app.electron.evaluate(() => {
    const from = Date.now();
    // Busy on purpose: no timer, no message, no window is served meanwhile.
    while (Date.now() - from < 2_000);
    return { from, to: Date.now() };
  });
  const answers: number[] = [];
  for (let n = 0; n < 60; n += 1) {
    client.send(beat);
    await client.expects(beat);
    answers.push(Date.now());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  client.socket.destroy();
  const { from, to } = await blocked;
  const during = answers.filter((at) => at > from && at < to);
  // One every 50 ms and a little; a quarter of that on the busiest computer.
  expect(during.length).toBeGreaterThan(10);
});

it.runIf(process.platform === 'linux')(
  'whatever draws gives way to what answers, in later windows too',
  async () => {
    const app = await shared();
    const main = app.electron.process().pid ?? Number.NaN;
    const drawing = async (): Promise<readonly number[]> =>
      (await app.electron.evaluate(({ app: running }) => running.getAppMetrics()))
        .filter(({ type }) => type === 'Browser' || type === 'Tab' || type === 'GPU')
        .map(({ pid }) => pid);
    const rushing = async (): Promise<readonly number[]> =>
      (await drawing()).filter((pid) => getPriority(pid) < givingWay);
    await expect.poll(rushing).toEqual([]);
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.reload(),
    );
    await expect.poll(rushing).toEqual([]);
    const goesFirst = (thread: number): boolean => {
      try {
        return getPriority(thread) < givingWay;
      } catch {
        // It has ended since.
        return false;
      }
    };
    expect(readdirSync(`/proc/${main}/task`).map(Number).filter(goesFirst)).not.toEqual([]);
  },
);
