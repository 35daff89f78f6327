/** The real app, started as a person starts it and driven from outside. */
import { existsSync } from 'node:fs';
import { cp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CremaApi } from '#shared/contract/requests/index';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { newFolder, removed } from './folders';

export interface TestApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly dataDirectory: string;
  /** Lines printed so far. */
  readonly lines: string[];
  /** Port of the machine listener, from a line that the app printed. */
  readonly machinePort: number;
  readonly close: (options?: { readonly keepData?: boolean }) => Promise<void>;
}

export interface AppOptions {
  readonly switches?: readonly string[];
  readonly dataDirectory?: string;
  /** `null`: the language in the settings. */
  readonly language?: 'en' | null;
  readonly size?: { readonly width: number; readonly height: number };
  /** A copy of the app (bundles.ts). */
  readonly folder?: string;
  /** The GPU and network services run in processes of their own, as outside tests. */
  readonly ownProcesses?: boolean;
}

/** Each worker has its own virtual display, if displays are virtual (scripts/lib/e2e-setup.mjs). */
export function ownDisplay(): Record<string, string> {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ) as Record<string, string>;
  const displays = JSON.parse(env['CREMA_DISPLAYS'] ?? '[{}]') as readonly (typeof env)[];
  return { ...env, ...displays[(Number(env['VITEST_POOL_ID'] ?? 1) - 1) % displays.length] };
}

/**
 * In tests only; benchmarks measure the app unchanged. Crema draws nothing in 3D. Apps in tests live for seconds and share few cores.
 * V8's helper threads and its optimizing compilers would cost main and its threads a fifth more CPU time each.
 */
const sparing = [
  '-r',
  join(import.meta.dirname, 'sparingWindows.cjs'),
  '--disable-software-rasterizer',
  '--js-flags=--single-threaded --no-opt --no-maglev',
];
/** Without a graphics card, the GPU and network services need no processes. Their messages cost an eighth of a journey. */
const withinMain = ['--in-process-gpu', '--enable-features=NetworkServiceInProcess2'];

interface Launch {
  /** The folder of the app. */
  readonly folder?: string;
  /** Further environment variables. */
  readonly more?: Record<string, string>;
  readonly ownProcesses?: boolean;
}

/** V8's inspector loses an answer if a garbage collection runs before it checks the promise again. Ask once more. */
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
    // Animations cost CPU time without a graphics card, and nobody sees them.
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
/** The first app stores the compiled code of its window's program here. The other apps reuse the code, as every later start does. */
const compiled = process.env['CREMA_COMPILED'];

async function keepCompiled(dataDirectory: string): Promise<void> {
  if (compiled === undefined || existsSync(compiled)) return;
  const begun = `${compiled}-${process.pid}`;
  try {
    // An app that ended early has only the index.
    const kept = await readdir(join(dataDirectory, codeCache, 'js'));
    if (kept.every((name) => name.startsWith('index'))) return;
    await cp(join(dataDirectory, codeCache), join(begun, codeCache), { recursive: true });
    // All files or none.
    await rename(begun, compiled);
  } catch {
    // This app has no cache, or another worker was faster.
    await rm(begun, { recursive: true, force: true });
  }
}

/** With the compiled code, if there is any yet: without it a start takes a fifth longer. */
export async function newDataFolder(folder = newFolder()): Promise<string> {
  if (compiled !== undefined && existsSync(compiled)) await cp(compiled, folder, { recursive: true });
  return folder;
}

/**
 * Keeps the display's own pointer out of every window, also of later ones. When a window first shows, it reports this pointer to
 * its page. That would undo the hover of a test, and a list under the pointer holds new rows back.
 */
async function ignorePointer(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ app, BrowserWindow }) => {
    app.on('browser-window-created', (_event, window) => {
      window.once('show', () => window.setIgnoreMouseEvents(true));
    });
    return new Promise<void>((done) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined || window.isVisible()) {
        window?.setIgnoreMouseEvents(true);
        done();
        return;
      }
      // No function with a name: the loader adds a helper to it that this process lacks.
      window.once('show', () => {
        window.setIgnoreMouseEvents(true);
        done();
      });
    });
  });
}

export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const dataDirectory = options.dataDirectory ?? (await newDataFolder());
  const given = options.switches ?? [];
  const defaults: string[] = [];
  if (!given.includes('--machine-listen')) defaults.push('--machine-listen', '127.0.0.1:0');
  if (!given.includes('--update-listen')) defaults.push('--update-listen', '127.0.0.1:0');
  if (!given.includes('--lang') && options.language !== null) defaults.push('--lang', 'en');
  const lines: string[] = [];
  const electron = await launchApp(['--data-dir', dataDirectory, ...defaults, ...given], {
    ownProcesses: options.ownProcesses ?? false,
    ...(options.folder !== undefined && { folder: options.folder }),
  });
  electron
    .process()
    .stdout?.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)));
  // Several apps of a test run share one clipboard, so the app also records its own copies (copiedBy).
  await electron.evaluate(({ clipboard }) => {
    const write = clipboard.writeText.bind(clipboard);
    clipboard.writeText = async (text) => {
      Object.assign(globalThis, { copiedText: text });
      return write(text);
    };
    // Read back at once, before another app can replace the picture.
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
  await ignorePointer(electron);
  // The window may exist before it listens.
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

/** The text that this app copied last; '' if none. */
export function copiedBy({ electron }: Pick<TestApp, 'electron'>): Promise<string> {
  return electron.evaluate(() => (globalThis as { copiedText?: string }).copiedText ?? '');
}

/** The picture that this app copied last, as read back from the clipboard. */
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
