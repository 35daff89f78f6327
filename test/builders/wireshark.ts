/** Wireshark's programs as peers of the tests. The Debian packages are `tshark` and `tcpdump`. Without them those tests are skipped. */
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newFolder } from './folders';
import { measured, type Measured } from './measured';

const run = promisify(execFile);

/** Whether a program exists. Prints its absence, so that a skipped test does not surprise. */
export function hasProgram(name: string): boolean {
  if (spawnSync(name, ['--version']).error === undefined) return true;
  process.stderr.write(
    `${name} is not installed (Debian packages tshark and tcpdump): its tests are skipped\n`,
  );
  return false;
}

/** Wireshark runs no scripts for root. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const dissector = join(import.meta.dirname, '../../resources/crema.lua');

/** A directory that other users may read, with the dissector in it. */
export class CaptureFolder {
  readonly path = newFolder();

  constructor() {
    chmodSync(this.path, 0o755);
    copyFileSync(dissector, this.file('crema.lua'));
    chmodSync(this.file('crema.lua'), 0o644);
  }

  file(name: string): string {
    return join(this.path, name);
  }

  #options(): { readonly env: NodeJS.ProcessEnv; readonly cwd: string } {
    return { ...unprivileged, env: { ...process.env, HOME: this.path }, cwd: this.path };
  }

  #arguments(name: string, args: readonly string[]): string[] {
    return ['-n', '-X', `lua_script:${this.file('crema.lua')}`, '-r', this.file(name), ...args];
  }

  /** tshark's duration for the file. */
  measuredTshark(name: string, ...args: string[]): Promise<Measured> {
    return measured('tshark', this.#arguments(name, args), this.#options());
  }

  /** tshark's output for the file, line by line. A complaint of tshark fails the test. */
  async tshark(name: string, ...args: string[]): Promise<string[]> {
    const options = { ...this.#options(), maxBuffer: 64 * 1_048_576 };
    const { stdout, stderr } = await run('tshark', this.#arguments(name, args), options);
    if (/lua|error/i.test(stderr)) throw new Error(stderr);
    return stdout.split('\n').filter((line) => line !== '');
  }

  /** The named fields of every packet with a frame of ours, in columns. */
  async fields(
    name: string,
    fields: readonly string[],
    filter = 'crema',
    ...options: readonly string[]
  ): Promise<string[][]> {
    const columns = fields.flatMap((field) => ['-e', field]);
    const printed = ['-T', 'fields', '-E', 'occurrence=a', ...columns];
    const lines = await this.tshark(name, ...options, '-Y', filter, ...printed);
    return lines.map((line) => line.split('\t'));
  }

  /** editcap, mergecap or reordercap. */
  async tool(program: string, ...args: string[]): Promise<void> {
    await run(program, args, { cwd: this.path });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** tcpdump on an interface of this computer. */
export class Tcpdump {
  readonly #child: ChildProcess;
  readonly #chunks: Buffer[] = [];
  #said = '';
  #lastAt = Date.now();

  private constructor(args: readonly string[]) {
    // A smaller buffer (KiB) holds only a handful of packets.
    const child = spawn('tcpdump', ['-n', '-U', '--immediate-mode', '-B', '32768', '-w', '-', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#lastAt = Date.now();
    });
    child.stderr.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    this.#child = child;
  }

  /** Starts recording, or returns the reason why it can't. Recording needs privileges. */
  static async start(...args: string[]): Promise<Tcpdump | string> {
    const tcpdump = new Tcpdump(args);
    for (let waited = 0; waited < 5000; waited += 50) {
      if (tcpdump.#said.includes('listening on')) return tcpdump;
      if (tcpdump.#child.exitCode !== null) return tcpdump.#said;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    tcpdump.#child.kill();
    return `tcpdump does not start: ${tcpdump.#said}`;
  }

  /** The file, after the last packet, and the number of packets that this computer was too busy to record. */
  async stop(): Promise<{ file: Buffer; dropped: number }> {
    for (let waited = 0; waited < 20_000 && Date.now() - this.#lastAt < 1_500; waited += 100)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGINT');
    await ended;
    const dropped = Number(/(\d+) packets? dropped by kernel/.exec(this.#said)?.[1] ?? 0);
    return { file: Buffer.concat(this.#chunks), dropped };
  }
}
