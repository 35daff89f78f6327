/**
 * A hundred sites with a hundred machines each, at the rate of the recorded day, read by one window that shows all of them.
 * Measured: how long the window needs until it has all machines. Then: frames drawn a second, long tasks, CPU and memory.
 *
 *   npm run bench -- manySites        (needs a build; SITES, MACHINES and SECONDS change it)
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { headers as newHeaders, type NatsConnection } from '@nats-io/transport-node';
import { packEntries } from '../../src/main/journal/api';
import { encodeBatch } from '../../src/main/sites/wire/batch';
import { headers, subjectOf } from '../../src/main/sites/wire/names';
import { newDataFolder, startApp } from '../builders/app';
import { hasBroker, makeStream, startBroker, type Account } from '../builders/broker';
import { connection, World, type TestConnection } from '../builders/connection';
import { newFolder } from '../builders/folders';

const setting = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const sites = setting('SITES', 100);
const machines = setting('MACHINES', 100);
const seconds = setting('SECONDS', 20);
/** Of each machine, as on the recorded day. */
const entriesAnHour = 396;
const folder = newFolder();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A site that only sends: the connections of its machines are real, its journal is not on disk. */
class SentSite {
  readonly account: Account;
  readonly #journal = randomUUID();
  readonly #world = new World();
  readonly #machines: readonly TestConnection[];
  #client: NatsConnection | null = null;
  #stream: JetStreamClient | null = null;
  #sent = 0;
  #turn = 0;
  #due = 0;

  constructor(n: number) {
    this.account = { name: `SITE_${n}`, user: `u${n}`, password: `p${n}` };
    this.#world.now = Date.now();
    this.#machines = Array.from({ length: machines }, (_, i) =>
      connection({}, this.#world).receives({ cmd: 'login', vmc_no: this.vmcNo(n, i), version: '1.0' }),
    );
  }

  vmcNo(n: number, i: number): number {
    return 100_000 + n * 1_000 + i;
  }

  async connect(open: (account: Account) => Promise<NatsConnection>): Promise<void> {
    this.#client = await open(this.account);
    await makeStream(this.#client);
    this.#stream = jetstream(this.#client);
  }

  /** Heartbeats of a second, and their answers. */
  beats(): void {
    this.#world.now = Date.now();
    // A heartbeat and its answer are two entries.
    this.#due += (machines * entriesAnHour) / 3_600 / 2;
    for (; this.#due >= 1; this.#due -= 1) {
      const i = (this.#turn += 1) % machines;
      this.#machines[i]?.receives({ cmd: 'hb', vmc_no: this.#vmcOf(i) });
    }
  }

  #vmcOf(i: number): number {
    return this.vmcNo(Number(this.account.name.slice(5)), i);
  }

  async send(): Promise<number> {
    const { entries } = this.#world;
    const fresh = entries.splice(0);
    const last = fresh.at(-1)?.id;
    if (last === undefined) return 0;
    const own = newHeaders();
    own.set(headers.last, String(last));
    const message = encodeBatch({ after: this.#sent, entries: packEntries(fresh) });
    await this.#stream?.publish(subjectOf(this.#journal), message, { headers: own });
    this.#sent = last;
    return fresh.length;
  }

  async close(): Promise<void> {
    await this.#client?.close();
  }
}

/** CPU seconds and MB of a process and its children, from /proc. */
function usage(root: number): { readonly cpu: number; readonly mb: number } {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const [user, system, pages] = [rest[9], rest[10], rest[19]].map(Number);
        const cpu = ((user ?? 0) + (system ?? 0)) / 100;
        return [{ pid: Number(pid), parent: Number(parent), cpu, mb: ((pages ?? 0) * 4_096) / 1e6 }];
      } catch {
        return [];
      }
    });
  const family = new Set([root]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  const own = processes.filter(({ pid }) => family.has(pid));
  return { cpu: own.reduce((sum, { cpu }) => sum + cpu, 0), mb: own.reduce((sum, { mb }) => sum + mb, 0) };
}

const watch = `new Promise((done) => {
  const seen = { frames: 0, longest: 0, tasks: [] };
  let [on, before] = [true, 0];
  const begin = performance.now();
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(Math.round(duration));
  });
  observer.observe({ type: 'longtask' });
  requestAnimationFrame(function frame(now) {
    seen.frames += 1;
    if (before > 0) seen.longest = Math.max(seen.longest, now - before);
    before = now;
    if (on) requestAnimationFrame(frame);
  });
  window.benchEnds = () => {
    on = false;
    observer.disconnect();
    done({ ...seen, frames: (seen.frames * 1000) / (performance.now() - begin) });
  };
})`;
interface Drawn {
  readonly frames: number;
  readonly longest: number;
  readonly tasks: readonly number[];
}

if (!hasBroker || process.env['CREMA_ELECTRON'] === undefined || !existsSync('out/main/index.js'))
  say('left out: there is no nats-server, CREMA_ELECTRON names no Electron, or the app is not built');
else {
  const all = Array.from({ length: sites }, (_, n) => new SentSite(n));
  const broker = await startBroker(
    join(folder, 'broker'),
    '',
    all.map(({ account }) => account),
  );
  for (const site of all) await site.connect(broker.client);
  let entries = 0;
  for (const site of all) entries += await site.send();
  say(`${sites} sites with ${machines} machines each; ${entries} entries of their logins`);
  const dataDirectory = await newDataFolder();
  const servers = `127.0.0.1:${broker.port}`;
  const read = all.map(({ account: { name, user, password } }) => ({
    name,
    role: 'read',
    servers,
    credentials: `${user}:${password}`,
  }));
  writeFileSync(join(dataDirectory, 'sites.json'), JSON.stringify({ sites: read }));
  const ending = new AbortController();
  let beats = 0;
  const sending = (async () => {
    for (let at = performance.now(); !ending.signal.aborted; at += 1_000) {
      for (const site of all) {
        site.beats();
        beats += await site.send();
      }
      await pause(Math.max(0, at + 1_000 - performance.now()));
    }
  })();
  const begun = performance.now();
  const app = await startApp({ dataDirectory, size: { width: 1366, height: 768 } });
  try {
    const { page } = app;
    await page.getByRole('button', { name: 'Sites', exact: true }).click();
    await page.getByRole('button', { name: 'All sites' }).click();
    const wanted = sites * machines;
    await page.getByText(wanted.toLocaleString('en'), { exact: false }).first().waitFor({ timeout: 300_000 });
    say(
      `all ${wanted} machines are in the window ${((performance.now() - begun) / 1_000).toFixed(0)} s after its start`,
    );
    await pause(5_000);
    const root = app.electron.process().pid ?? 0;
    const [before, from, beatsBefore] = [usage(root), performance.now(), beats];
    const result = page.evaluate<Drawn>(watch);
    await pause(seconds * 1_000);
    await page.evaluate('window.benchEnds()');
    const { frames, longest, tasks } = await result;
    const took = (performance.now() - from) / 1_000;
    const after = usage(root);
    say(`${((beats - beatsBefore) / took).toFixed(0)} entries/s in ${sites} messages/s`);
    say(
      `window: ${frames.toFixed(0)} frames/s, longest ${longest.toFixed(0)} ms, tasks over 50 ms: ${tasks.length}`,
    );
    say(
      `the app: ${(((after.cpu - before.cpu) / took) * 100).toFixed(0)}% of a core, ${after.mb.toFixed(0)} MB`,
    );
  } finally {
    ending.abort();
    await sending;
    await app.close();
    await Promise.all(all.map((site) => site.close()));
    await broker.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
