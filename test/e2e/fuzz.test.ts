/**
 * The running app under malformed inputs over every channel, while a valid client sends and every screen is opened. Inputs
 * that found a bug are kept in test/fixtures/fuzz and tried first. `npm run fuzz -- --seconds N --seed S`.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../builders/app';
import { go, logIn } from '../builders/captureScreens';
import { sample, type FuzzInput } from '../builders/fuzz';
import { decimalFrame, type RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';

const seconds = Number(process.env['CREMA_FUZZ_SECONDS'] ?? 0);
const firstSeed = Number(process.env['CREMA_FUZZ_SEED'] ?? Date.now() % 1_000_000_000);
const kept = join(import.meta.dirname, '../fixtures/fuzz');
const good = 33_232;

const folder = useFolder();
const open: TestApp[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** Writes the pieces, reads the answers, and closes after a moment without data. */
const write = (port: number, pieces: readonly Buffer[]): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const end = (): void => void socket.destroy();
    socket.setTimeout(40, end);
    socket.on('error', end);
    socket.on('close', () => resolve());
    socket.on('connect', () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.resume();
  });

class Fuzzed {
  readonly app: TestApp;
  readonly #updatePort: number;
  readonly #client: RawClient;
  readonly #problems: string[] = [];
  #captures: number[] = [];
  #log = '';
  #seen = 0;

  private constructor(app: TestApp, updatePort: number, client: RawClient) {
    this.app = app;
    this.#updatePort = updatePort;
    this.#client = client;
    app.electron.process().stderr?.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
    app.page.on('pageerror', (error) => this.#problems.push(`the window: ${error.stack ?? error.message}`));
    app.page.on('crash', () => this.#problems.push('the window crashed'));
  }

  static async start(): Promise<Fuzzed> {
    const app = await startApp({ size: { width: 1366, height: 768 } });
    open.push(app);
    await app.electron.evaluate(({ dialog }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
    });
    const snapshot = await app.page.evaluate(() => window.crema.request('snapshot', undefined));
    const updates = snapshot.ok ? snapshot.value.listeners.updates : null;
    return new Fuzzed(app, updates?.status === 'listening' ? updates.port : 0, await logIn(app, good));
  }

  async take(input: FuzzInput): Promise<void> {
    const { page, electron, machinePort } = this.app;
    switch (input.to) {
      case 'tcp':
        return write(
          machinePort,
          input.chunks.map((chunk) => Buffer.from(chunk, 'hex')),
        );
      case 'http':
        return write(this.#updatePort, [Buffer.from(input.bytes, 'hex')]);
      case 'capture': {
        const path = folder(input.name);
        await writeFile(path, Buffer.from(input.bytes, 'hex'));
        await electron.evaluate(({ dialog }, chosen) => {
          dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
        }, path);
        const reply = await page.evaluate(() => window.crema.request('openCapture', undefined));
        await electron.evaluate(({ dialog }) => {
          dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
        });
        if (!reply.ok && reply.error.code === 'internal') this.#problems.push('openCapture: internal');
        // One capture stays open for viewing.
        for (const id of this.#captures.splice(0))
          await page.evaluate((args) => window.crema.request('closeCapture', args), { id });
        if (reply.ok && reply.value !== null) this.#captures.push(reply.value.id);
        return;
      }
      case 'ipc': {
        const answer = await page.evaluate(
          async (asked) => {
            const { request } = window.crema as unknown as {
              readonly request: (...asked: readonly unknown[]) => Promise<unknown>;
            };
            const late = new Promise((resolve) => setTimeout(() => resolve('no answer in 60 s'), 60_000));
            return JSON.stringify(
              await Promise.race([request(...(JSON.parse(asked) as readonly unknown[])), late]),
            );
          },
          JSON.stringify([input.verb, input.args, input.capture]),
        );
        if (!/^\{"ok":(true|false)/.test(answer) || answer.includes('"code":"internal"'))
          this.#problems.push(`${input.verb}: ${answer.slice(0, 300)}`);
      }
    }
  }

  /** The valid client is answered, and every screen is intact. */
  async check(): Promise<readonly string[]> {
    const { page } = this.app;
    const before = this.#client.received.length;
    this.#client.send(decimalFrame(`{"cmd":"hb","vmc_no":${good}}`));
    await this.#client
      .until(() => this.#client.received.length > before)
      .catch(() => this.#problems.push('a good machine is not answered'));
    const screens = [
      'connect',
      'machines',
      `machines/${good}/overview`,
      'inspector',
      'errors',
      'orders',
      'upgrades',
      'settings',
    ];
    const odd = 60_001 + (this.#seen % 6);
    this.#seen += 1;
    for (const screen of [...screens, `machines/${odd}/overview`, `machines/${odd}/frames`]) {
      await go(this.app, `#/${screen}`);
      await page
        .locator(`main[data-screen="${screen.split('/')[0]}"]`)
        .waitFor({ timeout: 60_000 })
        .catch(() => this.#problems.push(`no screen ${screen}`));
      const broken = await page.getByText(/This (line|part) can’t be shown/).count();
      if (broken > 0) this.#problems.push(`${broken} broken on ${screen}`);
    }
    if (/\n\s+at .+:\d+:\d+/.test(this.#log))
      this.#problems.push(`a stack trace: ${this.#log.slice(0, 2_000)}`);
    return this.#problems;
  }
}

/** Folder of the inputs that found a bug. */
function keep(given: readonly FuzzInput[]): string {
  const text = JSON.stringify(given);
  const file = join(kept, `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`);
  writeFileSync(file, `${text}\n`);
  return file;
}

/** The screens are checked once a round, because the check costs more than all inputs of the round. */
const rounds = [
  ['tcp', 'ipc', 'http'],
  ['tcp', 'ipc', 'capture'],
] as const;
const count = { tcp: 80, http: 60, ipc: 80, capture: 2 } as const;

it(
  'keeps running, answers and shows every screen',
  // No retry: a bug that one input in a thousand finds would pass the second try.
  { timeout: (seconds + 120) * 1_000, retry: 0 },
  async () => {
    const fuzzed = await Fuzzed.start();
    mkdirSync(kept, { recursive: true });
    for (const name of readdirSync(kept).filter((file) => file.endsWith('.json'))) {
      for (const input of JSON.parse(readFileSync(join(kept, name), 'utf8')) as readonly FuzzInput[])
        await fuzzed.take(input);
      expect({ name, problems: await fuzzed.check() }).toEqual({ name, problems: [] });
    }
    const end = Date.now() + seconds * 1_000;
    let tried = 0;
    for (let round = 0; Date.now() < end || round < rounds.length; round += 1) {
      const seed = firstSeed + round;
      const given = (rounds[round % rounds.length] ?? []).flatMap((to) => sample(to, count[to], seed));
      await Promise.all(given.map(async (input) => fuzzed.take(input)));
      tried += given.length;
      const problems = await fuzzed.check();
      const file = problems.length > 0 ? keep(given) : null;
      expect({ seed, file, problems }).toEqual({ seed, file, problems: [] });
    }
    process.stdout.write(`fuzz: ${tried} inputs, first seed ${firstSeed}\n`);
  },
);
