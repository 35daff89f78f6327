/**
 * A user's journey with the packed app. With an installed build: `CREMA_PACKAGED=/usr/bin/crema-test-build npx vitest run
 * --project e2e test/e2e/packaged.test.ts`.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFailed, vi } from 'vitest';
import { checkNames, worstOf, type DoctorResult } from '#shared/doctor';
import {
  packagedApp,
  processesOf,
  releaseOf,
  runRelease,
  somebody,
  startPackaged,
  type Packaged,
  type Person,
  type StartedPackage,
} from '../builders/packaged';
import { zipOf } from '../builders/zips';

const has = (program: string): boolean => spawnSync('which', [program]).status === 0;
const onLinux = process.platform === 'linux';

/** An android machine in another language with its standard library (test/peers/ritual.py). */
class Ritual {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  constructor(port: number, vmcNo: number) {
    this.#child = spawn('python3', ['test/peers/ritual.py', String(port), String(vmcNo)]);
    if (this.#child.stdout === null) throw new Error('no output');
    this.#lines = createInterface({ input: this.#child.stdout });
  }
  do(act: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#lines.once('line', resolve);
      this.#child.once('exit', (code) => reject(new Error(`the machine ended with ${code}`)));
      this.#child.stdin?.write(`${act}\n`);
    });
  }
  end(): void {
    this.#child.kill();
  }
}

describe.skipIf(!onLinux)('the packed app', () => {
  let packaged: Packaged;
  let person: Person;
  let app: StartedPackage | null = null;
  const machines: Ritual[] = [];
  beforeAll(async () => {
    packaged = await packagedApp();
    person = await somebody();
  });
  afterEach(() => {
    for (const one of machines.splice(0)) one.end();
  });
  afterAll(async () => {
    await end();
    await person.leave();
    await packaged.remove();
  });

  /** The open app, which is not reused after a failed test. */
  async function started(): Promise<StartedPackage> {
    onTestFailed(async () => {
      const said = app?.said.err();
      const code = await end();
      process.stderr.write(`the packed app, which ended with ${code}, had said: ${said}\n`);
    });
    app ??= await startPackaged(packaged, person);
    return app;
  }
  async function end(how?: () => Promise<unknown>): Promise<number | null> {
    const one = app;
    app = null;
    return one === null ? null : one.close(how);
  }
  async function machine(port: number, vmcNo: number): Promise<Ritual> {
    const one = new Ritual(port, vmcNo);
    machines.push(one);
    await one.do('login');
    return one;
  }
  /** A file of this user. */
  async function file(name: string, content: string | Buffer): Promise<string> {
    const path = join(person.home, name);
    await writeFile(path, content);
    if (process.getuid?.() === 0) await chown(path, 65_534, 65_534);
    return path;
  }
  const hash = (place: string): Promise<void> | undefined =>
    app?.page.evaluate((to) => {
      location.hash = to;
    }, place);

  it('checks its computer from a terminal and creates no folder; no fuse lets another program in', async () => {
    const script = await file('evil.cjs', 'process.stdout.write("let in")');
    // Plain Node would reject the option, and an inspector would print its address.
    const looked = await person.run(packaged.executable, ['--inspect=127.0.0.1:0', '--doctor', '--json'], {
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: `--require=${script}`,
    });
    const found = JSON.parse(looked.out) as readonly { readonly check: string; readonly level: string }[];
    expect(looked.code).toBe(worstOf(found as readonly DoctorResult[]));
    expect(new Set(found.map(({ check }) => check))).toEqual(new Set(checkNames));
    // It finds its database, its threads and its own files in the package.
    for (const check of ['runtime', 'folder', 'machines', 'packages'])
      expect(found.find((one) => one.check === check)?.level, looked.out).not.toBe('problem');
    expect(looked.out + looked.err).not.toMatch(/let in|Debugger listening/);
    expect(existsSync(join(person.home, '.config', packaged.productName))).toBe(false);
  });

  it('serves an independent machine, and its journal survives a restart and the closing of the window', async () => {
    const first = await started();
    const one = await machine(first.machinePort, 45_001);
    await one.do('ritual');
    await hash('#/machines/45001/overview');
    await first.page.getByRole('heading', { name: /45001/ }).first().waitFor();
    await first.page.getByText('2.10.33').first().waitFor();
    // An environment variable can't name another page.
    expect(first.page.url()).toBe('crema://app/#/machines/45001/overview');
    one.end();
    // As a user closes it: after its last window it quits in order.
    expect(await end(() => first.page.evaluate(() => window.close()))).toBe(0);
    expect(first.said.err()).not.toContain('crema:');
    // In this system's place for such data, and only there.
    const journal = join(person.home, '.config', packaged.productName, 'journal.sqlite');
    expect((await readFile(journal)).toString('latin1', 0, 15)).toBe('SQLite format 3');

    const second = await started();
    const frames = await second.page.evaluate(() =>
      window.crema.request('frames', {
        filter: { vmcNo: 45_001, dir: 'in', cmd: 'login', text: '' },
        place: { before: null },
        limit: 10,
      }),
    );
    expect(frames).toMatchObject({ ok: true, value: { rows: [{ vmcNo: 45_001 }] } });
  });

  it('runs with its sandbox, and shows its version and its switches', async () => {
    const { pid, page } = await started();
    const processes = await processesOf(pid);
    const renderers = processes.filter(({ type }) => type === 'renderer');
    expect(renderers.length).toBeGreaterThan(0);
    // Some containers do not allow a sandbox, so the app must be started without one.
    const apart = packaged.canSandbox;
    for (const one of renderers) expect(one).toMatchObject({ filtered: apart, apart });
    expect(processes.map(({ user }) => user)).not.toContain(0);
    await hash('#/settings/about');
    const about = page.getByText(/^Crema \d+\.\d+\.\d+/);
    await about.waitFor();
    // The name shows the kind of build.
    expect(await about.textContent()).toMatch(packaged.name === 'crema' ? /\d$/ : /test build/);
    const help = await person.run(packaged.executable, ['--help']);
    expect(help).toMatchObject({
      code: 0,
      out: expect.stringContaining(`  ${packaged.name} [switches]`) as string,
    });
    for (const name of ['machine-listen', 'update-listen', 'data-dir', 'lang', 'simulate', 'help'])
      expect(help.out).toContain(`--${name}`);
  });

  it('a capture and a link opened on the desktop reach the running Crema', async () => {
    const { page } = await started();
    const isDesktop = ['xdg-open', 'gio', 'update-mime-database', 'update-desktop-database'].every(has);
    if (isDesktop) await installFor(person, packaged);
    const capture = await file(
      'lobby.jsonl',
      '{"kind":"frame","id":1,"time":"2026-01-02T03:04:05.000Z","at":1767323045000,"machine":33232,"connection":1,"direction":"in","head":"decimal","sequence":null,"findings":[],"text":"{\\"cmd\\":\\"hb\\",\\"vmc_no\\":33232}","body":{"cmd":"hb","vmc_no":33232}}\n',
    );
    const opener = isDesktop ? 'xdg-open' : packaged.executable;
    await person.run(opener, [capture]);
    await page.getByRole('button', { name: 'lobby.jsonl', exact: true }).waitFor();
    await page.waitForFunction(() => location.hash === '#/inspector');
    await person.run(opener, ['crema://errors']);
    await page.waitForFunction(() => location.hash === '#/errors');
  });

  it.skipIf(!has('xdotool'))(
    'an upgrade package is chosen in the system’s dialog, and a virtual machine downloads and runs it',
    async () => {
      const { page } = await started();
      const zip = await file('vendui_9.8.7.zip', await zipOf({ 'vendui/main': randomBytes(300_000) }));
      await page.evaluate(() => window.crema.request('simulate', { count: 1, platform: 'linux' }));
      await hash('#/upgrades');
      await choosePackage(person, page, zip);
      const chosen = page.getByRole('region', { name: 'Packages' });
      await page.getByRole('region', { name: 'Chosen package' }).getByText('Linux', { exact: true }).click();
      await chosen.getByText('ready', { exact: true }).waitFor();
      const list = page.getByRole('region', { name: 'Machines' });
      await list.getByRole('list', { name: 'Machines by version' }).getByRole('button').first().click();
      await list.getByRole('button', { name: 'Upgrade 1 machine…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Start on 1 machine' }).click();
      const progress = page.getByRole('region', { name: 'Machine by machine' }).getByRole('listitem');
      await progress.filter({ hasText: '90001' }).getByText('confirmed by login').waitFor();
    },
  );

  it('a window’s killed process returns with a note', async () => {
    const { pid, said } = await started();
    // No error so far.
    expect(said.err()).not.toContain('crema:');
    const data = join(person.home, '.config', packaged.productName);
    const rendererOf = async (): Promise<number | undefined> =>
      (await processesOf(pid)).find(({ type }) => type === 'renderer')?.pid;
    const before = await rendererOf();
    process.kill(before ?? 0, 'SIGKILL');
    await vi.waitFor(
      async () => {
        const notes = await readdir(join(data, 'crashes'));
        expect(notes.filter((name) => name.endsWith('-window.json'))).toHaveLength(1);
        const now = await rendererOf();
        expect(now).toBeDefined();
        expect(now).not.toBe(before);
      },
      { timeout: 30_000, interval: 200 },
    );
    const log = await readFile(join(data, 'logs', 'crema.log'), 'utf8');
    expect(log).toMatch(/ info main: Crema \d+\.\d+\.\d+\S* \((?:release|test), electron \d/);
    expect(log).toMatch(/ info server: machines: listening on 127\.0\.0\.1:\d+/);
    expect(log).toContain(' error main: crash.window: ');
    const toldOfIt = said.err().length;
    expect(await end()).toBe(0);
    expect(said.err().slice(toldOfIt)).not.toContain('crema:');
  });

  describe.skipIf(process.env['CREMA_PACKAGED'] !== undefined)('as a release', () => {
    let release: string;
    beforeAll(async () => {
      await end();
      release = await releaseOf(packaged);
    });
    afterAll(() => rm(dirname(release), { recursive: true, force: true }));

    it('allows no debugger, ignores variables of the runtime, and ends in order at a log-out', async (context) => {
      // Without its sandbox it does not start.
      if (!packaged.canSandbox) context.skip();
      const crashes = join(person.home, '.config', packaged.productName, 'crashes');
      const before = await readdir(crashes);
      const written = await person.folder('written');
      const { code, err, debugged } = await runRelease(release, person, {
        ELECTRON_NO_ASAR: '1',
        NODE_V8_COVERAGE: join(written, 'coverage'),
        SSLKEYLOGFILE: join(written, 'keys'),
      });
      expect(debugged).toBe('');
      expect(err).not.toContain('DevTools listening');
      expect(err).toContain('--remote-debugging-pipe is ignored');
      expect(err).toContain('--remote-debugging-port is ignored');
      expect(code).toBe(0);
      expect(await readdir(crashes)).toEqual(before);
      const files = await readdir(written, { recursive: true, withFileTypes: true });
      expect(files.filter((one) => one.isFile())).toEqual([]);
    });

    it('does not start with a switch or a variable that already weakens it', async () => {
      const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
        person.run(release, [...args, '--log-level=3', '--disable-gpu'], env);
      const refused = (err: string): object => ({ code: 2, err: expect.stringContaining(err) as string });
      expect(await run(['--no-sandbox'])).toMatchObject(refused('--no-sandbox turns off the sandbox'));
      for (const name of ['ELECTRON_DISABLE_SANDBOX', 'ELECTRON_LOG_FILE'])
        expect(await run([], { [name]: join(person.home, 'x') })).toMatchObject(refused(name));
      // Switches before the path of its code count too.
      const archive = join(dirname(release), 'resources', 'app.asar');
      for (const name of ['--js-flags=--prof', '--renderer-cmd-prefix=x', '--enable-logging', '-no-sandbox'])
        expect(await run([name, archive]), name).toMatchObject({ code: 2 });
    });
  });
});

/** Installs the files of the package for one user instead of the system. */
async function installFor(person: Person, packaged: Packaged): Promise<void> {
  if (process.env['CREMA_PACKAGED'] !== undefined) return;
  const { executable, name } = packaged;
  const applications = await person.folder('.local', 'share', 'applications');
  const types = ['application/x-crema-jsonl', 'application/x-pcapng', 'x-scheme-handler/crema'];
  await writeFile(
    join(applications, `${name}.desktop`),
    `[Desktop Entry]\nType=Application\nName=${name}\nExec="${executable}" -- %U\nMimeType=${types.join(';')};\n`,
  );
  const packages = await person.folder('.local', 'share', 'mime', 'packages');
  await writeFile(
    join(packages, 'crema.xml'),
    '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info"><mime-type type="application/x-crema-jsonl"><glob pattern="*.jsonl"/></mime-type></mime-info>',
  );
  await person.run('update-mime-database', [join(person.home, '.local', 'share', 'mime')]);
  await person.run('update-desktop-database', [applications]);
}

/**
 * Uses the system's own file dialog, which no page can reach, by keys, as a user pastes a copied path. Its readiness is invisible
 * from outside. Keys that come too early are lost, and the dialog then gives no file or no ZIP. So it is opened
 * and filled in again until the package is there. The path is pasted, because a partly typed path would be wrong.
 */
async function choosePackage(person: Person, page: Page, path: string): Promise<void> {
  await page.evaluate((text) => window.crema.request('copyText', { text }), path);
  const dialog = async (): Promise<string | undefined> => {
    const { out } = await person.run('xdotool', ['search', '--onlyvisible', '--name', '^Open File$']);
    return out.trim().split('\n').find(Boolean);
  };
  await vi.waitFor(
    async () => {
      const snapshot = await page.evaluate(() => window.crema.request('snapshot', undefined));
      const { packages, staging } = snapshot.ok ? snapshot.value : { packages: [], staging: null };
      if (packages[0]?.fileName === basename(path)) return;
      const open = await dialog();
      if (open !== undefined) {
        await person.run('xdotool', ['windowfocus', '--sync', open]);
        await person.run('xdotool', ['key', 'ctrl+l', 'ctrl+a', 'ctrl+v', 'Return']);
      } else if (staging === null) await page.getByRole('button', { name: 'Choose ZIP…' }).click();
      throw new Error(`no package yet: ${JSON.stringify({ packages, staging, open })}`);
    },
    { timeout: 60_000, interval: 500 },
  );
}
