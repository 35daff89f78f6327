/** A machine sends a requested file after Crema was killed and started again. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { fastClock } from '../builders/fastClock';
import { Machine } from '../../src/main/tools/simulator/machine';
import { Random } from '../../src/main/tools/simulator/random';
import { tcpDial } from '../../src/main/tools/simulator/transport';
import { fetchPlain, postFile, type Post } from '../../src/main/tools/simulator/web';
import { AskedCrema, bundleAsked } from '../builders/asked';
import type { Bundles } from '../builders/bundles';
import { ownPort } from '../builders/ports';
import { useFolder } from '../builders/useFolder';

const vmcNo = 72_001;
let bundles: Bundles;
const folder = useFolder();
let machine: Machine | null = null;
let crema: AskedCrema | null = null;
beforeAll(async () => {
  bundles = await bundleAsked();
});
afterEach(async () => {
  machine?.stop();
  await crema?.kill();
});
afterAll(() => bundles.remove());

async function start(ports: { readonly machines: number; readonly updates: number }): Promise<AskedCrema> {
  const started = new AskedCrema(bundles.directory, [
    `--machine-listen=127.0.0.1:${ports.machines}`,
    `--update-listen=127.0.0.1:${ports.updates}`,
    `--data-dir=${folder('data')}`,
  ]);
  crema = started;
  await started.started;
  return started;
}

const android = (port: number, post: Post): Machine =>
  new Machine({
    number: vmcNo,
    platform: 'android',
    head: null,
    code: '00000000',
    random: new Random(vmcNo),
    pace: 1,
    clock: fastClock(20),
    dial: tcpDial('127.0.0.1', port),
    counters: { sent: 0, received: 0, lost: 0 },
    notifyBase: null,
    rareSpelling: false,
    answering: 'truly',
    fetch: fetchPlain,
    post,
    lives: false,
    onPort: () => undefined,
  });

it('is taken at the address that the machine was given, and proves the command', async () => {
  const ports = { machines: await ownPort(), updates: await ownPort() };
  const first = await start(ports);
  /** Lets the machine send the file. */
  let send: () => void = () => undefined;
  const may = new Promise<void>((resolve) => (send = resolve));
  const isHeld = new Promise<void>((resolve) => {
    machine = android(ports.machines, async (...all) => {
      resolve();
      await may;
      await postFile(...all);
    });
    machine.start();
  });
  const state = async (asked: AskedCrema) =>
    (await asked.ask('commands', { vmcNo, before: null, limit: 1 }))[0]?.state;
  // The command may be given while the machine is away, but not before the machine is known.
  await expect
    .poll(async () => (await first.ask('snapshot', undefined)).machines.map((row) => row.online))
    .toEqual([true]);
  await first.ask('command', { vmcNo, name: 'fetchFile', input: { type: 'recipe', day: '' } });
  await isHeld;
  await expect.poll(() => state(first)).toBe('sent');
  await first.kill();

  const second = await start(ports);
  // A file counts only from its machine's address, and the machine notices late that its server was gone.
  await expect
    .poll(async () => (await second.ask('snapshot', undefined)).machines.map((row) => row.online))
    .toEqual([true]);
  send();
  await expect.poll(() => state(second)).toBe('confirmed');
}, 120_000);
