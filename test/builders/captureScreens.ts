/** Opened captures and exports in the window, for end-to-end tests. */
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { TestApp } from './app';
import { decimalFrame, RawClient } from './server';

export const go = (app: TestApp, hash: string): Promise<void> =>
  app.page.evaluate((place) => {
    location.hash = place;
  }, hash);

/** A linux machine that has logged in. */
export async function logIn(app: Pick<TestApp, 'machinePort'>, vmcNo: number): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  client.send(
    decimalFrame(
      `{"cmd":"login","vmc_no":${vmcNo},"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}`,
    ),
  );
  await client.until(() => client.received.includes('"login_r"'));
  return client;
}

export const list = ({ page }: TestApp): Locator =>
  page.getByRole('listbox', { name: 'Frames, oldest first' });
export const line = (app: TestApp, text: string): Locator =>
  list(app).locator('[data-frame]', { hasText: text });
export const tab = ({ page }: TestApp, name: string): Locator =>
  page
    .getByRole('navigation', { name: 'Live and opened captures' })
    .getByRole('button', { name, exact: true });
export const tabNamed = ({ page }: TestApp, name: RegExp): Locator =>
  page
    .getByRole('navigation', { name: 'Live and opened captures' })
    .getByRole('button', { name })
    .and(page.locator('[aria-current]'));
export const banner = ({ page }: TestApp, text: string): Locator => page.getByRole('status').getByText(text);
export const jobs = ({ page }: TestApp): Locator =>
  page.getByRole('region', { name: 'Files being read and written' });

/** The lines as displayed. */
export const shown = (app: TestApp): Promise<string[]> =>
  list(app).locator('[data-frame][data-dir]').allInnerTexts();

/** Chooses an item of the menu beside the filter. */
export async function chooseMore({ page }: TestApp, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More for frames' }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** By hand, except for the system's dialogs. */
export async function openFile(app: TestApp, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
  await chooseMore(app, 'Open capture…');
}
export async function exportTo(app: TestApp, path: string, format: string, what?: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);
  await chooseMore(app, 'Export…');
  const dialog = app.page.getByRole('dialog', { name: 'Export frames' });
  if (what !== undefined) await dialog.getByRole('radio', { name: what, exact: true }).check();
  await dialog.getByRole('radio', { name: format, exact: true }).check();
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Lines of the list, including those beyond the screen. */
export async function lineCount(app: TestApp): Promise<number> {
  return Number(await list(app).getByRole('option').first().getAttribute('aria-setsize'));
}

/** The capture's number in main. */
export async function captureId({ page }: TestApp, fileName: string): Promise<number> {
  const snapshot = await page.evaluate(() => window.crema.request('snapshot', undefined));
  const found = snapshot.ok ? snapshot.value.captures.find((one) => one.fileName === fileName) : undefined;
  if (found === undefined) throw new Error(`${fileName} is not open`);
  return found.id;
}

/** Closes all captures. No file is read or written afterwards. */
export async function closeCaptures({ page }: TestApp): Promise<void> {
  await page.evaluate(async () => {
    const snapshot = await window.crema.request('snapshot', undefined);
    if (!snapshot.ok) return;
    for (const { id } of snapshot.value.captures) await window.crema.request('closeCapture', { id });
    for (const { id } of snapshot.value.jobs) await window.crema.request('cancelJob', { id });
  });
  // A menu that is open when the window returns to Live would close.
  await page
    .getByRole('navigation', { name: 'Live and opened captures' })
    .waitFor({ state: 'detached', timeout: 10_000 });
}

/** Jobs that wait until the test releases them. */
export interface HeldJobs {
  /** Reads the files to their end and reports written files. */
  readonly letGo: () => Promise<void>;
}

/**
 * From now on a job's process receives only the first piece of a file (test/peers/heldReader.mjs).
 * Main receives no report about a written file until the jobs are released.
 */
export async function holdJobs({ electron }: TestApp): Promise<HeldJobs> {
  const script = join(import.meta.dirname, '..', 'peers', 'heldReader.mjs');
  await electron.evaluate(({ utilityProcess }, heldReader) => {
    const fork = utilityProcess.fork.bind(utilityProcess);
    const waiting: (() => unknown)[] = [];
    let isHeld = true;
    const isExported = (message: unknown): boolean =>
      (message as { readonly result?: { readonly kind?: string } | null }).result?.kind === 'exported';
    utilityProcess.fork = (path, _args, options) => {
      const child = fork(isHeld ? heldReader : path, [path], options);
      const emit = child.emit.bind(child) as (...args: unknown[]) => boolean;
      // A job that has ended has no number.
      if (isHeld) waiting.push(() => child.pid !== undefined && child.postMessage({ kind: 'readOn' }, []));
      child.emit = (...args: unknown[]): boolean => {
        if (!isHeld || args[0] !== 'message' || !isExported(args[1])) return emit(...args);
        waiting.push(() => emit(...args));
        return true;
      };
      return child;
    };
    Object.assign(globalThis, {
      letJobsGo: () => {
        isHeld = false;
        utilityProcess.fork = fork;
        for (const one of waiting.splice(0)) one();
      },
    });
  }, script);
  return {
    letGo: () => electron.evaluate(() => (globalThis as unknown as { letJobsGo: () => void }).letJobsGo()),
  };
}
