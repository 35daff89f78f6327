/** The real app with its window open, while inputs come: what dies, how long a good machine waits, and the window's longest task. */
import { go } from '../../builders/captureScreens';
import { removed } from '../../builders/removed';
import { startWindowed, type WindowedCrema } from '../crema';
import { goodMachine } from '../goodMachine';
import { MemoryWatch } from '../memory';
import { heartbeatsOf } from '../onRecord';
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
/** ms in which a request must be answered. */
const patience = 60_000;

export interface Asked {
  readonly verb: string;
  readonly args: unknown;
}

declare global {
  interface Window {
    /** ms, of the window's longest task since the session began. */
    ordealLongest: number;
    /** Jobs that have ended. */
    ordealEnded: Set<number>;
  }
}

export class Session {
  readonly crema: WindowedCrema;
  readonly #folder: string;
  readonly #tally: Tally;
  readonly #world: World;
  readonly #memory: MemoryWatch;
  readonly #crashes = new Set<string>();
  #screen = 0;
  /** ms, of the window's longest task so far. */
  #longest = 0;
  #changedAt = performance.now();

  private constructor(world: World, folder: string, crema: WindowedCrema, tally: Tally) {
    this.#world = world;
    this.#folder = folder;
    this.crema = crema;
    this.#tally = tally;
    this.#memory = new MemoryWatch(crema.pid);
    const { page } = crema.app;
    page.on('pageerror', (error) => tally.die(`the window: ${error.stack ?? error.message}`));
    page.on('crash', () => tally.die('the window crashed'));
  }

  /** Plays with the real app. */
  static async play(world: World, tally: Tally, play: (session: Session) => Promise<void>): Promise<void> {
    const session = await Session.#open(world, tally);
    try {
      await play(session);
    } catch (error) {
      tally.die(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    await session.#close();
  }

  static async #open(world: World, tally: Tally): Promise<Session> {
    const folder = world.newFolder();
    const crema = await startWindowed(folder);
    const session = new Session(world, folder, crema, tally);
    await world.good.begin(crema.port);
    await crema.app.page.evaluate(() => {
      window.ordealLongest = 0;
      window.ordealEnded = new Set();
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          window.ordealLongest = Math.max(window.ordealLongest, duration);
      }).observe({ type: 'longtask' });
      window.crema.onFeed((batch) => {
        const { jobs = [] } = JSON.parse(batch) as {
          readonly jobs?: readonly { readonly id: number; readonly state: string }[];
        };
        for (const { id, state } of jobs) if (state !== 'running') window.ordealEnded.add(id);
      });
    });
    return session;
  }

  /** Asks the window's requests, many at once; gives the answers that are none, or tell of a bug. */
  async ask(requests: readonly Asked[]): Promise<readonly string[]> {
    return this.crema.app.page.evaluate(
      async ([given, ms]) => {
        const calls = window.crema as unknown as Record<string, (args: unknown) => Promise<unknown>>;
        const wrong: string[] = [];
        const left = [...given];
        // Without names for functions: what names them is not in the window.
        await Promise.all(
          Array.from({ length: 16 }, async () => {
            for (let asked = left.pop(); asked !== undefined; asked = left.pop()) {
              const { verb, args } = asked;
              const answer = JSON.stringify(
                await Promise.race([
                  Promise.resolve(calls[verb]?.(args)).catch(String),
                  new Promise((resolve) => setTimeout(() => resolve('no answer'), ms)),
                ]),
              );
              if (!/^\{"ok":(?:true|false)/.test(answer) || answer.includes('"code":"internal"'))
                wrong.push(`${verb} ${JSON.stringify(args).slice(0, 300)}: ${answer.slice(0, 300)}`);
            }
          }),
        );
        return wrong;
      },
      [requests, patience] as const,
    );
  }

  /** Asked between two parts: another screen is shown, and what has stopped working is counted. */
  async look(isLast = false): Promise<void> {
    if (!isLast && performance.now() - this.#changedAt < every) return;
    this.#changedAt = performance.now();
    const { app, ask } = this.crema;
    const longest = await app.page.evaluate(() => window.ordealLongest);
    if (longest > this.#longest) {
      const shown = screens[(this.#screen + screens.length - 1) % screens.length];
      this.#tally.how = `the window’s longest task came with the screen ${shown}`;
      this.#longest = longest;
    }
    const screen = screens[this.#screen % screens.length] ?? 'machines';
    this.#screen += 1;
    await go(app, `#/${screen}`);
    await app.page
      .locator(`main[data-screen="${screen.split('/')[0]}"]`)
      .waitFor({ timeout: patience })
      .catch(() => this.#tally.die(`the screen ${screen} is not shown`));
    const broken = await app.page.getByText(/This (?:line|part) can’t be shown/).count();
    if (broken > 0) this.#tally.die(`${broken} parts of ${screen} can’t be shown`);
    for (const crash of (await ask('snapshot', undefined)).crashes) {
      if (this.#crashes.has(crash.id)) continue;
      this.#crashes.add(crash.id);
      this.#tally.die(JSON.stringify(crash).slice(0, 500));
    }
  }

  async #close(): Promise<void> {
    const { app, end, text, kill } = this.crema;
    const tally = this.#tally;
    try {
      await this.look(true);
      const longest = await app.page.evaluate(() => window.ordealLongest);
      const waits = await this.#world.good.end();
      tally.waited(waits.p99, waits.longest);
      tally.drew(longest);
      tally.used(this.#memory.stop());
      if (waits.isLost) tally.die('a good machine was let go of');
      const trace = /\n\s+at .+:\d+:\d+/.exec(text());
      if (trace !== null)
        tally.die(`a stack trace: ${text().slice(Math.max(0, trace.index - 500), trace.index + 500)}`);
      const code = await end();
      if (code !== 0) tally.die(`exit code ${code}`);
      const found = heartbeatsOf(this.#folder, goodMachine);
      // What is older than the limit of the journal's size is removed.
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
