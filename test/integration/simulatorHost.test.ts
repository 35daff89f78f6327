/** The built worker thread of the app's virtual machines, and `npm run sim` as a process. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { SimulatorState } from '#shared/model/simulator';
import { SimulatorHost, type Announce } from '../../src/main/tools/simulator/host';
import { TestServer } from './simulatorServer';
import { useFolder } from '../builders/useFolder';

const root = resolve(import.meta.dirname, '../..');
const ends: (() => unknown)[] = [];
const folder = useFolder('all');
const entry = join(root, 'out/main/simulatorWorker.js');

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function server() {
  const started = await TestServer.start();
  ends.push(() => started.stop());
  return started;
}

function host(worker = entry, announce: Announce = () => Promise.resolve()) {
  const made = new SimulatorHost(worker, announce);
  const states: SimulatorState[] = [];
  const problems: string[] = [];
  made.onState((state) => states.push(state));
  made.onProblem((detail) => problems.push(detail));
  ends.push(() => made.stop());
  return { host: made, states, problems };
}

describe('the simulator host', () => {
  test('starts, misbehaves, reports its ports, stops', async () => {
    const machines = await server();
    const announced: ReadonlySet<number>[] = [];
    const { host: simulator, problems } = host(entry, (ports) => {
      announced.push(ports);
      return Promise.resolve();
    });
    await simulator.start({ host: '127.0.0.1', port: machines.port, count: 20, platform: 'mixed', seed: 7 });
    await machines.until(() => simulator.state.connected === 20, 'twenty connected');
    expect(simulator.state).toEqual({
      running: 20,
      connected: 20,
      seed: 7,
      platform: 'mixed',
      misbehaviours: [],
    });
    expect(announced.at(-1)).toEqual(new Set(machines.ports));

    simulator.setMisbehaviour(null, 'jsonComment', true);
    await machines.until(
      () => machines.findings.filter((code) => code === 'json.lenient').length >= 20,
      'the misbehaviour',
    );
    await machines.until(
      () => simulator.state.misbehaviours.includes('jsonComment'),
      'the misbehaviour in the state',
    );

    await simulator.stop();
    expect(simulator.state).toMatchObject({ running: 0, connected: 0, misbehaviours: [] });
    expect(announced.at(-1)).toEqual(new Set());
    await machines.until(() => machines.open === 0, 'everybody gone');
    expect(problems).toEqual([]);
  });

  test('machines send nothing before their local ports are known', async () => {
    const machines = await server();
    const told: ReadonlySet<number>[] = [];
    let know = (): void => undefined;
    const isKnown = new Promise<void>((done) => (know = done));
    const { host: simulator } = host(entry, async (ports) => {
      told.push(ports);
      await isKnown;
    });
    await simulator.start({ host: '127.0.0.1', port: machines.port, count: 3, platform: 'mixed' });
    await machines.until(() => machines.open === 3 && told.length === 1, 'three connected and one told');
    // The thread has done other work since.
    simulator.setMisbehaviour(null, 'jsonComment', true);
    await machines.until(() => simulator.state.misbehaviours.length === 1, 'the state of the thread');
    expect({ bytes: machines.bytes, told: told.length }).toEqual({ bytes: 0, told: 1 });
    know();
    await machines.until(() => machines.of('login').length === 3, 'three logins');
    expect(told.at(-1)).toEqual(new Set(machines.ports));
  });

  test('starts again, after a stop and while it runs', async () => {
    const machines = await server();
    const { host: simulator, problems } = host();
    const options = { host: '127.0.0.1', port: machines.port, platform: 'linux' } as const;
    await simulator.start({ ...options, count: 2 });
    await machines.until(() => machines.open === 2, 'two');
    const stopping = simulator.stop();
    await simulator.start({ ...options, count: 3, first: 500 });
    await stopping;
    await machines.until(() => machines.open === 3 && simulator.state.connected === 3, 'three');
    await simulator.start({ ...options, count: 1, first: 700, platform: 'android' });
    await machines.until(() => machines.open === 1 && simulator.state.connected === 1, 'one');
    expect(machines.of('login').at(-1)?.body['vmc_no']).toBe(700);
    expect(simulator.state).toMatchObject({ running: 1, platform: 'android' });
    expect(problems).toEqual([]);
  });

  test('reports at most every 200 ms, however much happens', async () => {
    const machines = await server();
    const { host: simulator, states } = host();
    const began = performance.now();
    await simulator.start({ host: '127.0.0.1', port: machines.port, count: 60, platform: 'mixed' });
    await machines.until(() => simulator.state.connected === 60, 'sixty', 30_000);
    // 60 logins are 60 changes; two are reported at the start.
    expect(states.length).toBeLessThan(4 + (performance.now() - began) / 200);
  });

  test('a worker that dies is reported, not thrown, and start works again', async () => {
    const broken = folder('broken.mjs');
    await writeFile(
      broken,
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { throw new Error('boom'); });",
    );
    const { host: simulator, problems } = host(broken);
    const options = { host: '127.0.0.1', port: 9, count: 1, platform: 'linux' } as const;
    await simulator.start(options);
    expect(problems).toEqual(['boom']);
    expect(simulator.state.running).toBe(0);
    await simulator.start(options);
    expect(problems).toEqual(['boom', 'boom']);
    await simulator.stop();
  });

  test('an entry that is not there is reported too', async () => {
    const { host: simulator, problems } = host(folder('missing.mjs'));
    await simulator.start({ host: '127.0.0.1', port: 9, count: 1, platform: 'linux' });
    expect(problems).toHaveLength(1);
  });
});

describe('npm run sim', () => {
  function sim(...args: readonly string[]) {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main/tools/simulator/cli.ts', ...args], {
      cwd: root,
    });
    ends.push(() => child.kill('SIGKILL'));
    const printed = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed.err += chunk.toString()));
    const code = new Promise<number | null>((done) => child.once('close', done));
    return { child, printed, code };
  }

  test('runs machines until Ctrl+C and prints a summary', async () => {
    const machines = await server();
    const { child, printed, code } = sim(
      '--port',
      String(machines.port),
      '--machines',
      '30',
      '--fault',
      'junkBefore',
    );
    await machines.until(() => machines.of('login').length === 30, 'thirty logins', 45_000);
    expect(machines.findings).toContain('junk.noFrame');
    child.kill('SIGINT');
    expect(await code).toBe(0);
    expect(printed.out).toMatch(/^30 machines from 90001, seed 1, to 127\.0\.0\.1:\d+\n/);
    expect(printed.out).toMatch(/ended: 30 of 30 connected, \d+ frames sent, \d+ received\n$/);
    expect(printed.err).toBe('');
    await machines.until(() => machines.open === 0, 'all gone');
  });

  test('--seconds ends it, --help helps, a wrong value ends with code 2', async () => {
    const machines = await server();
    const timed = sim('--port', String(machines.port), '--seconds', '2');
    const help = sim('--help');
    const wrong = sim('--port', '70000');
    expect(await timed.code).toBe(0);
    expect(timed.printed.out).toContain('ended: 1 of 1 connected');
    expect(await help.code).toBe(0);
    expect(help.printed.out).toContain('--machines N');
    expect(await wrong.code).toBe(2);
    expect(wrong.printed).toEqual({
      out: '',
      err: 'crema: --port takes a port from 1 to 65535, not "70000". --help shows all switches.\n',
    });
  });
});
