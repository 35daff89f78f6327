/** The real app, started as a person would start it, driven from outside. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CremaApi } from '#shared/contract/requests/index';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { removed } from './removed';

export interface TestApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly dataDirectory: string;
  /** Lines the app printed so far. */
  readonly lines: string[];
  /** Port of the machine listener, from the line the app printed. */
  readonly machinePort: number;
  readonly close: (options?: { readonly keepData?: boolean }) => Promise<void>;
}

export interface AppOptions {
  readonly switches?: readonly string[];
  readonly dataDirectory?: string;
  /** `null`: as the settings say. */
  readonly language?: 'en' | null;
  readonly size?: { readonly width: number; readonly height: number };
  /** What draws and what loads have processes of their own, as outside tests. */
  readonly ownProcesses?: boolean;
}

/** Each worker has a display of its own, where they are virtual (scripts/lib/e2e-setup.mjs). */
export function ownDisplay(): Record<string, string> {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ) as Record<string, string>;
  const displays = JSON.parse(env['CREMA_DISPLAYS'] ?? '[{}]') as readonly (typeof env)[];
  return { ...env, ...displays[(Number(env['VITEST_POOL_ID'] ?? 1) - 1) % displays.length] };
}

/**
 * In tests only: benchmarks measure the app as it is. Crema draws nothing in three dimensions, for which Chromium would get ready; V8's
 * helper threads and optimizing compilers cost main and its threads a fifth more each, as apps live for seconds and share few cores.
 */
const sparing = [
  '-r',
  join(import.meta.dirname, 'sparingWindows.cjs'),
  '--disable-software-rasterizer',
  '--js-flags=--single-threaded --no-opt --no-maglev',
];
/** Without a graphics card what draws and what loads need no processes of their own, whose talk with the window costs an eighth of a journey. */
const withinMain = ['--in-process-gpu', '--enable-features=NetworkServiceInProcess2'];

interface Launch {
  /** Of the app. */
  readonly folder?: string;
  /** Of its environment. */
  readonly more?: Record<string, string>;
  readonly ownProcesses?: boolean;
}

/** V8's inspector loses an answer if a collection comes between the call and the next look at what is done: asked once more. */
function heard(electron: ElectronApplication): ElectronApplication {
  const evaluate = electron.evaluate.bind(electron) as (...asked: readonly unknown[]) => Promise<unknown>;
  return Object.assign(electron, {
    evaluate: (...asked: readonly unknown[]) =>
      evaluate(...asked).catch((error: unknown) => {
        if (!String(error).includes('Resulting promise was garbage collected')) throw error;
        return evaluate(...asked);
      }),
  });
}

export async function launchApp(
  switches: readonly string[],
  { folder = '.', more = {}, ownProcesses = false }: Launch = {},
): Promise<ElectronApplication> {
  const executablePath = process.env['CREMA_ELECTRON'];
  if (executablePath === undefined)
    throw new Error('CREMA_ELECTRON names no Electron: run the tests with npm test');
  const isTest = process.env['VITEST'] !== undefined;
  const launched = await _electron.launch({
    executablePath,
    env: { ...ownDisplay(), ...more },
    chromiumSandbox: process.getuid?.() !== 0,
    // Pictures that move cost the processor without a graphics card, and nobody looks at them.
    args: [
      ...(isTest ? sparing : []),
      ...(isTest && !ownProcesses ? withinMain : []),
      '--log-level=3',
      '--disable-gpu',
      '--force-prefers-reduced-motion',
      folder,
      ...switches,
    ],
  });
  return heard(launched);
}

const codeCache = 'Code Cache';
/** Where the first app leaves what its window's program was compiled to: the others need not do it again, as at any start but the first. */
const compiled = process.env['CREMA_COMPILED'];

async function keepCompiled(dataDirectory: string): Promise<void> {
  if (compiled === undefined || existsSync(compiled)) return;
  const begun = `${compiled}-${process.pid}`;
  try {
    // One that ended soon has nothing but the index.
    const kept = await readdir(join(dataDirectory, codeCache, 'js'));
    if (kept.every((name) => name.startsWith('index'))) return;
    await cp(join(dataDirectory, codeCache), join(begun, codeCache), { recursive: true });
    // Whole or not at all.
    await rename(begun, compiled);
  } catch {
    // This one has none, or another worker was faster.
    await rm(begun, { recursive: true, force: true });
  }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crema-e2e-'));
  if (compiled !== undefined && existsSync(compiled)) await cp(compiled, folder, { recursive: true });
  return folder;
}

export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const dataDirectory = options.dataDirectory ?? (await newFolder());
  const given = options.switches ?? [];
  const defaults: string[] = [];
  if (!given.includes('--machine-listen')) defaults.push('--machine-listen', '127.0.0.1:0');
  if (!given.includes('--update-listen')) defaults.push('--update-listen', '127.0.0.1:0');
  if (!given.includes('--lang') && options.language !== null) defaults.push('--lang', 'en');
  const lines: string[] = [];
  const electron = await launchApp(['--data-dir', dataDirectory, ...defaults, ...given], {
    ownProcesses: options.ownProcesses ?? false,
  });
  electron
    .process()
    .stdout?.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)));
  // Several apps of a test run share one clipboard: what this one put there is noted too (copiedBy).
  await electron.evaluate(({ clipboard }) => {
    const write = clipboard.writeText.bind(clipboard);
    clipboard.writeText = async (text) => {
      Object.assign(globalThis, { copiedText: text });
      return write(text);
    };
    // What is there right after a picture was put there: taken back before another app can put its own.
    const older = clipboard as unknown as {
      writeImage?: (image: Electron.NativeImage) => void;
      readImage: () => Electron.NativeImage;
    };
    const writeImage = older.writeImage?.bind(clipboard);
    if (writeImage !== undefined)
      older.writeImage = (image) => {
        writeImage(image);
        Object.assign(globalThis, { copiedPng: older.readImage().toPNG() });
      };
    else {
      const writeItems = clipboard.write.bind(clipboard);
      clipboard.write = async (items) => {
        await writeItems(items);
        const [item] = await clipboard.read();
        const png = await item?.getType('image/png');
        Object.assign(globalThis, {
          copiedPng: Buffer.from((await png?.arrayBuffer()) ?? new ArrayBuffer(0)),
        });
      };
    }
  });
  const page = await electron.firstWindow();
  const { size } = options;
  if (size !== undefined) {
    await electron.evaluate(({ BrowserWindow }, wanted) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height);
    }, size);
  }
  await page.locator('html[data-ready="true"]').waitFor({ timeout: 30_000 });
  // A window that comes up later tells its page where the display's own pointer is, which undoes what a test hovers.
  await electron.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((done) => {
        const [window] = BrowserWindow.getAllWindows();
        if (window === undefined || window.isVisible()) done();
        else window.once('show', () => done());
      }),
  );
  // The display has a pointer of its own: it must neither come into the window nor leave it.
  await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setIgnoreMouseEvents(true),
  );
  // The window may be there before it listens.
  const machines = await page.evaluate(async () => {
    for (let tries = 0; ; tries += 1) {
      const snapshot = await window.crema.request('snapshot', undefined);
      const state = snapshot.ok ? snapshot.value.listeners.machines : { status: 'off' as const };
      if (state.status !== 'off' || tries === 20) return state;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });
  return {
    electron,
    page,
    dataDirectory,
    lines,
    machinePort: machines.status === 'listening' ? machines.port : 0,
    close: async ({ keepData = false } = {}) => {
      await electron.close();
      await keepCompiled(dataDirectory);
      if (!keepData) await removed(dataDirectory);
    },
  };
}

/** What this app copied last; '' for nothing. */
export function copiedBy({ electron }: Pick<TestApp, 'electron'>): Promise<string> {
  return electron.evaluate(() => (globalThis as { copiedText?: string }).copiedText ?? '');
}

/** The picture that this app copied last, as it came back from the clipboard. */
export function copiedPicture({ electron }: Pick<TestApp, 'electron'>): Promise<{
  readonly width: number;
  readonly height: number;
  readonly colours: number;
}> {
  return electron.evaluate(({ nativeImage }) => {
    const { copiedPng } = globalThis as { copiedPng?: Buffer };
    const image = nativeImage.createFromBuffer(copiedPng ?? Buffer.alloc(0));
    const bitmap = image.toBitmap();
    const colours = new Set<number>();
    for (let at = 0; at < bitmap.length; at += 4) colours.add(bitmap.readUInt32LE(at));
    return { ...image.getSize(), colours: colours.size };
  });
}

declare global {
  interface Window {
    readonly crema: CremaApi;
  }
}
