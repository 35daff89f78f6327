/** Crema under test: its services in plain Node, or the real app with its window. */
import type { RequestName } from '#shared/contract/requests/index';
import type { Args, ReplyValue, Result } from '#shared/contract/requests/index';
import { startApp, type TestApp } from '../builders/app';
import { AskedCrema } from '../builders/asked';
import type { World } from './world';

export interface Crema {
  readonly pid: number;
  /** The listener of machines. */
  readonly port: number;
  readonly updatePort: number;
  /** Its whole terminal output. */
  readonly text: () => string;
  readonly ask: <V extends RequestName>(verb: V, args: Args<V>, file?: string) => Promise<ReplyValue<V>>;
  readonly kill: () => Promise<void>;
  /** Stops it cleanly, and gives its exit code. */
  readonly end: () => Promise<number | null>;
}

const switches = ['--machine-listen=127.0.0.1:0', '--update-listen=127.0.0.1:0'] as const;
/** ms within which a start must finish. */
const startTime = 60_000;

interface Ports {
  readonly port: number;
  readonly updatePort: number;
}

async function portsOf(ask: Crema['ask']): Promise<Ports> {
  const { listeners } = await ask('snapshot', undefined);
  const portOf = (name: 'machines' | 'updates'): number => {
    const state = listeners[name];
    if (state.status !== 'listening') throw new Error(`${name}: ${state.status}`);
    return state.port;
  };
  return { port: portOf('machines'), updatePort: portOf('updates') };
}

/** `clock`: a script that every thread loads first. @throws Error if it does not start */
export async function startPlain(world: World, folder: string, clock?: string): Promise<Crema> {
  const asked = new AskedCrema(world.bundles.directory, [...switches, `--data-dir=${folder}`], clock);
  const failed = (why: string): Error => new Error(`${why}: ${asked.text.slice(-2_000)}`);
  const late = setTimeout(() => void asked.kill(), startTime);
  try {
    await asked.started;
  } catch (error) {
    throw failed(String(error));
  } finally {
    clearTimeout(late);
  }
  const ask: Crema['ask'] = async (verb, args, file) => asked.ask(verb, args, file ?? null);
  return {
    pid: asked.pid,
    ...(await portsOf(ask)),
    text: () => asked.text,
    ask,
    kill: async () => void (await asked.kill()),
    end: async () => asked.end(),
  };
}

export interface WindowedCrema extends Crema {
  readonly app: TestApp;
}

/** The real app. */
export async function startWindowed(folder: string): Promise<WindowedCrema> {
  const app = await startApp({
    dataDirectory: folder,
    size: { width: 1_366, height: 768 },
    ownProcesses: true,
  });
  const child = app.electron.process();
  let text = app.lines.join('\n');
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => {
    if (child.exitCode === null && child.signalCode === null) child.once('exit', resolve);
    else resolve(child.exitCode);
  });
  // Nobody answers a dialog; a file dialog gets the first of the given paths.
  await app.electron.evaluate(({ dialog }) => {
    const files: string[] = [];
    Object.assign(globalThis, { ordealFiles: files });
    dialog.showOpenDialog = () => {
      const path = files.shift();
      return Promise.resolve({ canceled: path === undefined, filePaths: path === undefined ? [] : [path] });
    };
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
  });
  const ask: Crema['ask'] = async (verb, args, file) => {
    if (file !== undefined) await giveFiles(app, [file]);
    const asked: { verb: string; args: unknown } = { verb, args };
    const answer = (await app.page.evaluate(async (given) => {
      const { request } = window.crema as unknown as {
        readonly request: (...asked: readonly unknown[]) => Promise<unknown>;
      };
      return request(given.verb, given.args);
    }, asked)) as Result<unknown>;
    if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
    return answer.value as ReplyValue<typeof verb>;
  };
  return {
    pid: child.pid ?? Number.NaN,
    ...(await portsOf(ask)),
    text: () => text,
    ask,
    app,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    end: async () => {
      await app.electron.close();
      return ended;
    },
  };
}

/** The next paths for file dialogs. */
export const giveFiles = (app: TestApp, paths: readonly string[]): Promise<void> =>
  app.electron.evaluate((_electron, given) => {
    (globalThis as unknown as { ordealFiles: string[] }).ordealFiles.push(...given);
  }, paths);
