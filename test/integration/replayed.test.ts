/** Recorded frames are sent again over real connections: to Crema itself, and to a server without Crema's code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Entry, JsonObject } from '#shared/model/frame';
import { failureMessage } from '../../src/main/tools/captures/cliMessages';
import { journalOf, queryOf } from '../../src/main/tools/captures/cliReads';
import { replay } from '../../src/main/tools/replay/replayCli';
import { readArguments } from '../../src/main/tools/captures/switches';
import { exportJsonl } from '../../src/main/core/captures/out/exportJsonl';
import { frame } from '../builders/frames';
import { ownPort } from '../builders/ports';
import { said } from '../builders/replayed';
import { withStandardError } from '../builders/standardError';
import { RawClient, startServer, type TestServer } from '../builders/server';
import { useFolder } from '../builders/useFolder';

const root = resolve(import.meta.dirname, '../..');
const directory = useFolder('all');
const day = directory('day.jsonl');
const order = '594f803b380a41396ed63dca39503542';
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function serving(): Promise<TestServer> {
  const server = await startServer();
  ends.push(() => server.stop());
  return server;
}

async function keep(entries: readonly Entry[], file: string): Promise<void> {
  const out = createWriteStream(file);
  await exportJsonl(
    (async function* () {
      await Promise.resolve();
      yield entries;
    })(),
    (chunk) => new Promise((done) => out.write(chunk, () => done())),
    { markOf: () => null },
  );
  out.end();
  await once(out, 'close');
}

/** The messages of a machine during a morning, with Crema's recorded answers. */
const morning: readonly JsonObject[] = [
  { cmd: 'login', timestamp: 20_250_318, sign: 'x', version: '1.2.8.8', linuxDriverVersion: '1.3' },
  { cmd: 'hb' },
  { cmd: 'qrcode', qr_type: 'all', product_id: 810, Amount: 1550, order_no: order },
  {
    cmd: 'productdone',
    ProductName: 'Latte',
    ProductId: 810,
    ProductAmount: 1550,
    PayType: 'wx_pub',
    isok: true,
    order_no: order,
  },
];

beforeAll(async () => {
  const server = await startServer();
  const client = await RawClient.open(server.port);
  for (const [index, body] of morning.entries()) {
    client.send(frame({ vmc_no: 33_232, ...body }));
    const answers = index + 1 + (index >= 2 ? 1 : 0);
    await client.until(
      () => server.entries.filter((one) => 'dir' in one && one.dir === 'out').length >= answers,
    );
  }
  client.socket.end();
  await client.until(() => server.entries.some(({ kind }) => kind === 'closed'));
  await server.stop();
  await keep(server.entries, day);
});

const built = (name: string): string => join(root, 'out/main', name);
const started = (...args: string[]) => spawn(process.execPath, [built('journalCli.js'), 'replay', ...args]);
const linesOf = (printed: string): readonly string[] => printed.split('\n').filter((line) => line !== '');

async function replayInProcess(...args: string[]) {
  const child = started(...args);
  child.stdin.end();
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number | null];
  return { code, lines: linesOf(stdout), stderr };
}

/** The same without a process. `isSame`: `null` if it was refused or failed. */
async function replayHere(...args: string[]) {
  const command = readArguments(['replay', ...args], Date.now());
  if (typeof command === 'string' || 'problem' in command || command.command !== 'replay')
    throw new Error(JSON.stringify(command));
  const { filter } = command;
  let printed = '';
  let failure = '';
  const { value: isSame, stderr } = await withStandardError(() =>
    replay(command, {
      journalWorker: built('journalWorker.js'),
      serverThread: built('serverThread.js'),
      journalOf,
      print: (chunk) => Promise.resolve(void (printed += Buffer.from(chunk).toString())),
      cancel: new AbortController().signal,
      query: (dataDir) => queryOf({ filter, dataDir }),
    }).catch((error: unknown) => {
      failure = failureMessage(error);
      return null;
    }),
  );
  return { isSame, lines: linesOf(printed), stderr: stderr + failure };
}

/** The bodies that a server of ours received. */
const cameTo = (server: TestServer): readonly JsonObject[] =>
  server.entries.flatMap((one) =>
    one.kind === 'frame' && one.dir === 'in' ? [JSON.parse(one.text) as JsonObject] : [],
  );

describe('as the machine', () => {
  it('to another Crema: the answers are the same except for orders, times and numbers', async () => {
    const server = await serving();
    const to = `127.0.0.1:${server.port}`;
    const { isSame, lines, stderr } = await replayHere(day, '--to', to, '--vmc', '40001', '--speed', '60');
    expect(stderr).toContain('4 frames of 33232');
    expect(stderr).toContain('0 different, 0 not in the recording; 0 missing');
    expect(isSame).toBe(true);
    expect(lines.filter((line) => line.includes('sent ')).length).toBe(4);
    expect(lines.join('\n')).toMatch(/qrcode_r {2}same but for rules and clocks[^]*qrcode_r/);
    const came = cameTo(server);
    expect(came.map(({ cmd }) => cmd)).toEqual(['login', 'hb', 'qrcode', 'productdone']);
    expect(new Set(came.map(({ vmc_no }) => vmc_no))).toEqual(new Set([40_001]));
    const [, , qr, done] = came;
    expect(qr?.['order_no']).toMatch(/^[0-9a-f]{32}$/);
    expect(qr?.['order_no']).not.toBe(order);
    expect(done?.['order_no']).toBe(qr?.['order_no']);
    await expect.poll(() => server.entries.at(-1)).toMatchObject({ kind: 'closed', reason: 'machineClosed' });
    expect(server.problems).toEqual([]);
  });

  it('nothing is written again if all of it is kept', async () => {
    const server = await serving();
    const kept = ['--keep', 'numbers,orders,times,heads', '--speed', '60'];
    expect(await replayHere(day, '--to', `127.0.0.1:${server.port}`, ...kept)).toMatchObject({
      isSame: true,
    });
    expect(cameTo(server)).toEqual(morning.map((body) => ({ vmc_no: 33_232, ...body })));
  });

  it('to a server of another kind: missing answers give code 1', async () => {
    const bare = spawn(process.execPath, [join(root, 'test/peers/bare.mjs')]);
    ends.push(() => bare.kill());
    const [port] = (await once(createInterface(bare.stdout), 'line')) as [string];
    const { code, lines, stderr } = await replayInProcess(
      day,
      '--to',
      `127.0.0.1:${port}`,
      '--speed',
      '60',
      '--filter',
      'cmd:hb OR cmd:login',
    );
    expect(code).toBe(1);
    expect(
      lines.map((line) =>
        line
          .trim()
          .split(/\s{2,}/)
          .slice(1, 4)
          .join(' '),
      ),
    ).toEqual(['sent login (entry 2)', 'answer login_r MISSING', 'sent hb (entry 4)', 'answer hb same']);
    expect(stderr).toContain('1 missing');
  });

  it('a server that ends the connection is reported with the last frame before the end', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.end());
    });
    server.listen(0, '127.0.0.1');
    ends.push(() => server.close());
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { isSame, stderr } = await replayHere(day, '--to', `127.0.0.1:${port}`, '--speed', '60');
    expect(isSame).toBeNull();
    expect(stderr).toContain('ended the connection after frame 1');
  });

  it('an unreachable server is reported in a sentence, and nothing is left behind', async () => {
    const server = await startServer();
    await server.stop();
    const { isSame, lines, stderr } = await replayHere(day, '--to', `127.0.0.1:${server.port}`);
    expect({ isSame, lines }).toEqual({ isSame: null, lines: [] });
    expect(stderr).toContain(`The server can't be reached. 127.0.0.1:${server.port}: ECONNREFUSED`);
  });

  it('a recording without machine frames, or with several machines for one number, is refused before anything is sent', async () => {
    const to = ['--to', '127.0.0.1:1'];
    const none = await replayHere(day, ...to, '--filter', 'dir:out');
    expect(none).toMatchObject({ isSame: null, lines: [] });
    expect(none.stderr).toContain('There is no frame of a machine');
    expect((await replayHere(directory('gone.pcap'), ...to)).stderr).toContain('There is no such file');
    expect(existsSync(day)).toBe(true);
  });

  it('step by step each Enter sends one', async () => {
    const server = await serving();
    const args = [day, '--to', `127.0.0.1:${server.port}`, '--step'];
    const child = started(...args);
    const asks = createInterface(child.stderr)[Symbol.asyncIterator]();
    const asked: string[] = [];
    for (let step = 0; step < morning.length; step += 1) {
      for (let line = await asks.next(); ; line = await asks.next()) {
        asked.push(String(line.value));
        if (String(line.value).startsWith('Enter sends')) break;
      }
      // It is sent, and may still be in transit.
      await expect.poll(() => cameTo(server)).toHaveLength(step);
      child.stdin.write('\n');
    }
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(asked.filter((line) => line.startsWith('Enter')).map((line) => line.split(' ')[2])).toEqual([
      'login',
      'hb',
      'qrcode',
      'productdone',
    ]);
  });
});

describe('as the server', () => {
  const numbered = { vmc_no: 33_232 };
  const commands = directory('commands.jsonl');
  beforeAll(() =>
    keep(
      [
        said('out', { cmd: 'statusquery', ...numbered }, { id: 1, at: 1_000 }),
        said('in', { cmd: 'statusquery_r', ...numbered, status: 'doorclose' }, { id: 2, at: 1_100 }),
        said('out', { cmd: 'opendoor', ...numbered }, { id: 3, at: 1_200 }),
        said('in', { cmd: 'machinestatus', ...numbered, status: 'dooropen' }, { id: 4, at: 1_300 }),
      ],
      commands,
    ),
  );

  /** Lines of the standard error, up to a line with this text. */
  async function until(lines: AsyncIterator<string>, wanted: string): Promise<readonly string[]> {
    const read: string[] = [];
    for (;;) {
      const line = await lines.next();
      if (line.done === true) throw new Error(`${wanted} was never said: ${read.join('\n')}`);
      read.push(line.value);
      if (line.value.includes(wanted)) return read;
    }
  }

  it('asks once about the effects on the machine, waits for a machine, and sends all messages that are not answers', async () => {
    const port = await ownPort();
    const child = started(commands, '--listen', `127.0.0.1:${port}`, '--speed', '10');
    const told = createInterface(child.stderr)[Symbol.asyncIterator]();
    const asked = await until(told, 'Type yes');
    expect(asked).toContain('It opens the door.');
    child.stdin.write('yes\n');
    await until(told, 'Waiting for a machine');
    const client = await RawClient.open(port);
    ends.push(() => client.socket.destroy());
    client.send(frame({ cmd: 'hb', vmc_no: 7 }));
    await client.until(() => client.received.includes('"statusquery"'));
    client.send(frame({ cmd: 'statusquery_r', vmc_no: 7, status: 'doorclose' }));
    await client.until(() => client.received.includes('"opendoor"'));
    client.send(frame({ cmd: 'machinestatus', vmc_no: 7, status: 'dooropen' }));
    const printed = text(child.stdout);
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(await printed).toMatch(
      /statusquery_r {2}same but for rules[^]*machinestatus {2}same but for rules/,
    );
    expect(code).toBe(0);
    expect(client.received.toString('latin1')).toMatch(/"opendoor","vmc_no":7/);
  });

  it('sends nothing without a confirmation', async () => {
    const refused = await replayInProcess(commands, '--listen', `127.0.0.1:${await ownPort()}`);
    expect(refused).toMatchObject({ code: 1, lines: [] });
    expect(refused.stderr).toContain('Nothing was sent.');
    const none = await replayHere(commands, '--listen', '127.0.0.1:1', '--filter', 'dir:in');
    expect(none.stderr).toContain('no frames on the server’s own initiative');
  });

  it('an address in use is reported', async () => {
    const server = await serving();
    const taken = await replayHere(commands, '--listen', `127.0.0.1:${server.port}`, '--yes');
    expect(taken).toMatchObject({ isSame: null, lines: [] });
    expect(taken.stderr).toContain(`127.0.0.1:${server.port} can't be listened on (inUse)`);
  });
});
