/** The real app with its window open, under input: crashes, the waits of a good machine, and the window's longest task. */
import { constants, setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { go } from '../../builders/captureScreens';
import { removed } from '../../builders/folders';
import { startWindowed, type WindowedCrema } from '../crema';
import { goodMachine } from '../goodMachine';
import { MemoryWatch } from '../memory';
import { heartbeatsOf } from '../onRecord';
import { ProcessorWatch, type Span } from '../processor';
import type { Tally } from '../tally';
import type { World } from '../world';

const screens = [
  'machines',
  'inspector',
  'connect',
  'errors',
  'orders',
  'upgrades',
  'settings',
  `machines/${goodMachine}/overview`,
  'machines/60001/frames',
] as const;
/** ms between two screens. */
const every = 4_000;
/** ms within which requests must be answered. */
const patience = 60_000;

/** A request as text, and the verb where the text names none. */
export interface Asked {
  readonly text: string;
  readonly verb: string;
}

/**
 * Machines and strangers are other computers, so playing them must not take the app's processor. Elsewhere than on Linux the whole process
 * gives way. Without the rights to raise a priority again, a later app starts with the lower one too.
 */
function giveWay(isPlaying: boolean): void {
  try {
    setPriority(isPlaying ? constants.priority.PRIORITY_BELOW_NORMAL : constants.priority.PRIORITY_NORMAL);
  } catch {
    // No rights.
  }
}

declare global {
  interface Window {
    /** The window's tasks of 50 ms and more since the last count. */
    ordealTasks: Span[];
    /** Jobs that have ended. */
    ordealEnded: Set<number>;
    /** Crashes by their id, each as text. */
    ordealCrashes: Map<string, string>;
  }
}

export class Session {
  readonly crema: WindowedCrema;
  readonly #folder: string;
  readonly #tally: Tally;
  readonly #world: World;
  readonly #memory: MemoryWatch;
  readonly #processor: ProcessorWatch;
  readonly #crashes = new Set<string>();
  #screen = 0;
  #shown: string = screens[0];

  private constructor(world: World, folder: string, crema: WindowedCrema, windowPid: number, tally: Tally) {
    this.#world = world;
    this.#folder = folder;
    this.crema = crema;
    this.#tally = tally;
    this.#memory = new MemoryWatch(crema.pid);
    this.#processor = new ProcessorWatch(windowPid);
    const { page } = crema.app;
    page.on('pageerror', (error) => tally.die(`the window: ${error.stack ?? error.message}`));
    page.on('crash', () => tally.die('the window crashed'));
  }

  /** Plays with the real app. */
  static async play(world: World, tally: Tally, play: (session: Session) => Promise<void>): Promise<void> {
    const session = await Session.#open(world, tally);
    const over = new AbortController();
    const watching = session.#watch(over.signal);
    const failed = (error: unknown): void =>
      tally.die(error instanceof Error ? (error.stack ?? error.message) : String(error));
    await play(session).catch(failed);
    over.abort();
    await watching.catch(failed);
    await session.#close();
  }

  static async #open(world: World, tally: Tally): Promise<Session> {
    const folder = world.newFolder();
    const crema = await startWindowed(folder);
    giveWay(true);
    const windowPid = await crema.app.electron.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? Number.NaN,
    );
    const session = new Session(world, folder, crema, windowPid, tally);
    await world.good().begin(crema.port);
    // The driver's own work is in the window's tasks too: it reads no tables, and parses only the batches that it needs.
    await crema.app.page.evaluate(async () => {
      window.ordealTasks = [];
      window.ordealEnded = new Set();
      window.ordealCrashes = new Map();
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) {
          const start = performance.timeOrigin + startTime;
          window.ordealTasks.push({ start, end: start + duration });
        }
      }).observe({ type: 'longtask' });
      window.crema.onFeed((batch) => {
        if (!batch.includes('"jobs":') && !batch.includes('"crashes":')) return;
        const { jobs = [], crashes = [] } = JSON.parse(batch) as {
          readonly jobs?: readonly { readonly id: number; readonly state: string }[];
          readonly crashes?: readonly { readonly id: string }[];
        };
        for (const { id, state } of jobs) if (state !== 'running') window.ordealEnded.add(id);
        for (const crash of crashes) window.ordealCrashes.set(crash.id, JSON.stringify(crash));
      });
      const snapshot = await window.crema.request('snapshot', undefined);
      if (!snapshot.ok) throw new Error('no snapshot');
      for (const crash of snapshot.value.crashes) window.ordealCrashes.set(crash.id, JSON.stringify(crash));
    });
    return session;
  }

  /** Sends a request of the window; gives the answers that are invalid or reveal a bug. */
  async ask(verb: string, args: unknown): Promise<readonly string[]> {
    return this.askMutated([{ text: JSON.stringify([verb, args]), verb }], [verb]);
  }

  /**
   * Asks many at once, each in turn with others. They travel as one text and are parsed in the window.
   * The driver's own transfer of values costs more than Crema's answers.
   */
  async askMutated(asked: readonly Asked[], verbs: readonly string[]): Promise<readonly string[]> {
    return this.crema.app.page.evaluate(
      async ([given, known, ms]) => {
        const { request } = window.crema as unknown as {
          readonly request: (...asked: readonly unknown[]) => Promise<unknown>;
        };
        const wrong: string[] = [];
        const left = JSON.parse(given) as { readonly text: string; readonly verb: string }[];
        const waiting = new Set<string>();
        // Without names for functions: the bundler's helper for names is not in the window.
        const all = Promise.all(
          Array.from({ length: 16 }, async () => {
            for (let one = left.pop(); one !== undefined; one = left.pop()) {
              let { verb } = one;
              // Input that is not JSON any more is passed as one argument.
              let args: unknown = one.text;
              let capture: unknown;
              try {
                const [name, value, number] = JSON.parse(one.text) as readonly unknown[];
                args = value;
                capture = number;
                if (known.includes(String(name))) verb = String(name);
              } catch {
                args = one.text;
              }
              waiting.add(one.text);
              const answer = (await request(verb, args, capture).catch(String)) as
                | { readonly ok?: unknown; readonly error?: { readonly code?: unknown } }
                | string
                | undefined;
              waiting.delete(one.text);
              if (
                typeof answer !== 'object' ||
                typeof answer.ok !== 'boolean' ||
                answer.error?.code === 'internal'
              )
                wrong.push(`${verb} ${one.text.slice(0, 300)}: ${JSON.stringify(answer).slice(0, 300)}`);
            }
          }),
        );
        let late: ReturnType<typeof setTimeout> | undefined;
        const isDone = await Promise.race([
          all.then(() => true),
          new Promise<false>((resolve) => (late = setTimeout(() => resolve(false), ms))),
        ]);
        clearTimeout(late);
        if (!isDone) for (const text of waiting) wrong.push(`no answer: ${text.slice(0, 300)}`);
        return wrong;
      },
      [JSON.stringify(asked), verbs, patience] as const,
    );
  }

  async #watch(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await this.#look();
      await pause(every, undefined, { signal: over }).catch(() => undefined);
    }
  }

  /** Shows another screen, and counts what has stopped working. */
  async #look(): Promise<void> {
    const { app } = this.crema;
    const screen = screens[this.#screen % screens.length] ?? 'machines';
    this.#screen += 1;
    await this.#countTasks();
    this.#shown = screen;
    await go(app, `#/${screen}`);
    await app.page
      .locator(`main[data-screen="${screen.split('/')[0]}"]`)
      .waitFor({ timeout: patience })
      .catch(() => this.#tally.die(`the screen ${screen} is not shown`));
    const { broken, crashes } = await app.page.evaluate(() => {
      const text = document.body.textContent;
      const found = [...window.ordealCrashes];
      window.ordealCrashes.clear();
      return { broken: text.match(/This (?:line|part) can’t be shown/g)?.length ?? 0, crashes: found };
    });
    if (broken > 0) this.#tally.die(`${broken} parts of ${screen} can’t be shown`);
    for (const [id, crash] of crashes) {
      if (this.#crashes.has(id)) continue;
      this.#crashes.add(id);
      this.#tally.die(crash.slice(0, 500));
    }
  }

  /** The window's longest task on the screen that is shown. */
  async #countTasks(): Promise<void> {
    const tasks = await this.crema.app.page.evaluate(() => {
      const found = window.ordealTasks;
      window.ordealTasks = [];
      return found;
    });
    const longest = Math.max(0, ...tasks.map(({ start, end }) => end - start));
    this.#tally.drew(longest, this.#shown, await this.#processor.most(tasks));
  }

  async #close(): Promise<void> {
    giveWay(false);
    const { end, text, kill } = this.crema;
    const tally = this.#tally;
    try {
      await this.#look();
      await this.#countTasks();
      await this.#processor.stop();
      const waits = await this.#world.good().end();
      tally.waited(waits.p99, waits.longest);
      tally.used(this.#memory.stop());
      if (waits.isLost) tally.die('a good machine was let go of');
      const trace = /\n\s+at .+:\d+:\d+/.exec(text());
      if (trace !== null)
        tally.die(`a stack trace: ${text().slice(Math.max(0, trace.index - 500), trace.index + 500)}`);
      const code = await end();
      if (code !== 0) tally.die(`exit code ${code}`);
      const found = heartbeatsOf(this.#folder, goodMachine);
      // The journal's size limit removes older entries.
      const first = found.size === 0 ? 0 : found.values().next().value;
      let lost = 0;
      for (let n = first ?? 0; n <= waits.answered; n += 1) if (n > 0 && !found.has(n)) lost += 1;
      tally.lose(lost, false, `${lost} of ${waits.answered} answered frames of a good machine`);
    } catch (error) {
      tally.die(String(error));
      await kill();
    }
    await removed(this.#folder);
  }
}
