/** The app as users run it: packed, with its fuses, started by a user other than root, with Chromium's sandbox. Linux only. */
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, copyFile, cp, link, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ownDisplay } from './app';
import { newFolder, removed } from './folders';

const root = join(import.meta.dirname, '..', '..');

/** The user nobody, who owns nothing on this computer. A user other than root stays themselves. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** The name of the program on the desktop: `crema`, or `crema-test-build`. */
export interface Packaged {
  readonly executable: string;
  readonly name: string;
  readonly productName: string;
  /** Does the system allow this user to create a sandbox? */
  readonly canSandbox: boolean;
  readonly remove: () => Promise<void>;
}

/**
 * `CREMA_PACKAGED` names an installed test build, such as /usr/bin/crema-test-build. Without it the unpacked app is built from
 * these sources, unless it exists.
 */
export async function packagedApp(): Promise<Packaged> {
  const executable = process.env['CREMA_PACKAGED'] ?? (await unpackedApp());
  const name = basename(executable);
  const canRun = spawnSync('test', ['-x', executable], nobody).status === 0;
  const copy = canRun ? null : newFolder();
  if (copy !== null) {
    await chmod(copy, 0o755);
    await cp(dirname(executable), join(copy, 'app'), { recursive: true });
  }
  return {
    executable: copy === null ? executable : join(copy, 'app', name),
    name,
    productName: name === 'crema' ? 'Crema' : 'Crema Test Build',
    canSandbox: spawnSync('unshare', ['--user', 'true'], nobody).status === 0,
    remove: async () => {
      if (copy !== null) await removed(copy);
    },
  };
}

async function unpackedApp(): Promise<string> {
  const args = [join(root, 'scripts', 'dist.mjs'), '--linux', 'dir', '--fallback', '--test-build', '--reuse'];
  await promisify(execFile)(process.execPath, args, { cwd: root });
  const folder = join(root, 'dist', process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked');
  const name = (await readdir(folder)).find((file) => file === 'crema' || file === 'crema-test-build');
  if (name === undefined) throw new Error(`there is no app in ${folder}`);
  return join(folder, name);
}

/** The mark of a test build, and that of a release in the same number of bytes. */
const [asTest, asRelease] = ['"kind": "test",\n  ', '"kind":"release", '] as const;

/** The same app as a release; gives its program, beside the test build's. */
export async function releaseOf({ executable, name }: Packaged): Promise<string> {
  const from = dirname(executable);
  const to = `${from}-release`;
  await mkdir(to);
  await cp(join(from, 'resources'), join(to, 'resources'), { recursive: true });
  for (const file of await readdir(from, { withFileTypes: true }))
    if (file.isFile()) await link(join(from, file.name), join(to, file.name));
    else if (file.name !== 'resources')
      await cp(join(from, file.name), join(to, file.name), { recursive: true });
  const archive = join(to, 'resources', 'app.asar');
  const bytes = await readFile(archive);
  const at = bytes.indexOf(asTest);
  if (at < 0) throw new Error(`${archive} is no test build`);
  bytes.write(asRelease, at);
  await writeFile(archive, bytes);
  return join(to, name);
}

/** A user with a home folder and the environment that a desktop gives to programs. */
export interface Person {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** A folder of this user. */
  readonly folder: (...parts: string[]) => Promise<string>;
  /** Runs a program to its end. */
  readonly run: (
    command: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
  readonly leave: () => Promise<void>;
}

export async function somebody(): Promise<Person> {
  const home = newFolder();
  const own = async (path: string): Promise<void> => {
    if (nobody.uid !== undefined) await chown(path, nobody.uid, nobody.gid);
  };
  await own(home);
  const { DISPLAY = '', XAUTHORITY = '', PATH = '', LANG = 'C.UTF-8' } = ownDisplay();
  const cookie = join(home, '.Xauthority');
  if (XAUTHORITY !== '' && existsSync(XAUTHORITY)) {
    await copyFile(XAUTHORITY, cookie);
    await own(cookie);
  }
  const folder = async (...parts: string[]): Promise<string> => {
    let path = home;
    for (const part of parts) {
      path = join(path, part);
      if (existsSync(path)) continue;
      await mkdir(path, { mode: 0o700 });
      await own(path);
    }
    return path;
  };
  const env = {
    HOME: home,
    XDG_RUNTIME_DIR: await folder('.run'),
    XDG_CURRENT_DESKTOP: 'GNOME',
    // A program started there must not use the D-Bus of the user who runs the tests.
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    DISPLAY,
    XAUTHORITY: cookie,
    PATH,
    LANG,
  };
  return {
    home,
    env,
    folder,
    run: async (command, args, more = {}) => {
      const child = spawn(command, args, { ...nobody, cwd: home, env: { ...env, ...more } });
      const said = listen(child);
      const code = await ended(child);
      return { code, out: said.out(), err: said.err() };
    },
    leave: () => removed(home),
  };
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });

/** The output of a process. `until` waits for a match on one of its streams. */
interface Said {
  readonly out: () => string;
  readonly err: () => string;
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>;
}

function listen(child: ChildProcess): Said {
  let out = '';
  let err = '';
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const one of waiting) one();
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    tell();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    tell();
  });
  return {
    out: () => out,
    err: () => err,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(out) ?? pattern.exec(err);
          if (match === null) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        child.once('close', () =>
          reject(new Error(`it ended before it said ${pattern.source}: ${out}${err}`)),
        );
        look();
      }),
  };
}

export interface StartedPackage {
  readonly pid: number;
  readonly page: Page;
  readonly machinePort: number;
  readonly said: Said;
  /** Gives the exit code after `how` has ended the process. */
  readonly close: (how?: () => Promise<unknown>) => Promise<number | null>;
}

/** The inspect fuse is off, so a test attaches to the page as developer tools do. */
export async function startPackaged(
  { executable, canSandbox }: Packaged,
  { home, env }: Person,
  switches: readonly string[] = [],
): Promise<StartedPackage> {
  const args = ['--remote-debugging-port=0', '--log-level=3', '--disable-gpu'];
  const listens = ['--machine-listen', '127.0.0.1:0', '--update-listen', '127.0.0.1:0', '--lang', 'en'];
  const sandbox = canSandbox ? [] : ['--no-sandbox'];
  const child = spawn(executable, [...sandbox, ...args, ...listens, ...switches], {
    ...nobody,
    cwd: home,
    // For development only.
    env: { ...env, ELECTRON_RENDERER_URL: 'data:text/html,another page' },
  });
  const said = listen(child);
  const end = ended(child);
  let browser: Browser | null = null;
  try {
    const [, address = ''] = await said.until(/DevTools listening on (ws:\S+)/);
    const [, port] = await said.until(/^machines: listening on 127\.0\.0\.1:(\d+)$/m);
    browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (page === undefined) throw new Error('no window');
    await page.locator('html[data-ready="true"]').waitFor();
    return {
      pid: child.pid ?? 0,
      page,
      machinePort: Number(port),
      said,
      close: async (how = () => Promise.resolve(child.kill('SIGTERM'))) => {
        // The window closes while it answers.
        await how().catch(() => undefined);
        const code = await end;
        await browser?.close();
        return code;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    await end;
    throw error;
  }
}

/**
 * Starts a release, which no test can attach to, and ends it as a log-out does: with a signal to each of its processes.
 * Gives the output that another program received on the pipe of a debugger.
 */
export async function runRelease(
  executable: string,
  { home, env }: Person,
  more: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly err: string; readonly debugged: string }> {
  const debuggers = ['--remote-debugging-pipe', '--remote-debugging-port=0'];
  const listens = ['--machine-listen', '127.0.0.1:0', '--update-listen', '127.0.0.1:0'];
  const quiet = ['--log-level=3', '--disable-gpu'];
  const child = spawn(executable, [...debuggers, ...quiet, ...listens], {
    ...nobody,
    cwd: home,
    env: { ...env, ...more },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const said = listen(child);
  const end = ended(child);
  const [, , , asks, answers] = child.stdio;
  let debugged = '';
  answers?.on('data', (chunk: Buffer) => (debugged += chunk.toString()));
  if (asks instanceof Writable) {
    asks.on('error', () => undefined);
    asks.write('{"id":1,"method":"Browser.getVersion"}\0');
  }
  await said.until(/^machines: listening/m);
  await said.until(/^updates: listening/m);
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  return { code: await end, err: said.err(), debugged };
}

/** A process of Chromium, as the kernel sees it. */
interface Seen {
  readonly pid: number;
  readonly type: string;
  readonly user: number;
  /** Its system calls are filtered. */
  readonly filtered: boolean;
  /** It lives in its own user namespace. */
  readonly apart: boolean;
}

/** The app's processes, from /proc. */
export async function processesOf(pid: number): Promise<readonly Seen[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=']);
  const parents = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
  );
  const isBelow = (one: number): boolean =>
    one === pid || (parents.has(one) && one > 1 && isBelow(parents.get(one) ?? 0));
  const namespace = (one: number): Promise<string> =>
    promisify(execFile)('readlink', [`/proc/${one}/ns/user`]).then(({ stdout: text }) => text);
  const mine = await namespace(process.pid);
  return Promise.all(
    [...parents.keys()].filter(isBelow).map(async (one) => {
      const command = (await readFile(`/proc/${one}/cmdline`, 'utf8')).replaceAll('\0', ' ');
      const status = await readFile(`/proc/${one}/status`, 'utf8');
      return {
        pid: one,
        type: /--type=(\S+)/.exec(command)?.[1] ?? 'main',
        user: Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]),
        filtered: /^Seccomp:\s+2$/m.test(status),
        apart: (await namespace(one)) !== mine,
      };
    }),
  );
}
