/** Opened captures and exports as a person sees and handles them, for end-to-end tests. */
import type { Worker } from 'node:worker_threads';
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

/** The lines as a person reads them. */
export const shown = (app: TestApp): Promise<string[]> =>
  list(app).locator('[data-frame][data-dir]').allInnerTexts();

/** As a person does, but for the system's own dialogs. */
export async function openFile(app: TestApp, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
  await app.page.getByRole('button', { name: 'Open capture…' }).click();
}
export async function exportTo(app: TestApp, path: string, format: string, what?: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);
  await app.page.getByRole('button', { name: 'Export…' }).first().click();
  const dialog = app.page.getByRole('dialog', { name: 'Export frames' });
  if (what !== undefined) await dialog.getByRole('radio', { name: what, exact: true }).check();
  await dialog.getByRole('radio', { name: format, exact: true }).check();
  await dialog.getByRole('button', { name: 'Choose the file…' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Lines of the list, those beyond the screen too. */
export async function lineCount(app: TestApp): Promise<number> {
  return Number(await list(app).getByRole('option').first().getAttribute('aria-setsize'));
}

/** Its number in main. */
export async function captureId({ page }: TestApp, fileName: string): Promise<number> {
  const snapshot = await page.evaluate(() => window.crema.snapshot(undefined));
  const found = snapshot.ok ? snapshot.value.captures.find((one) => one.fileName === fileName) : undefined;
  if (found === undefined) throw new Error(`${fileName} is not open`);
  return found.id;
}

/** All that are open; nothing is read or written any more. */
export async function closeCaptures({ page }: TestApp): Promise<void> {
  await page.evaluate(async () => {
    const snapshot = await window.crema.snapshot(undefined);
    if (!snapshot.ok) return;
    for (const { id } of snapshot.value.captures) await window.crema.closeCapture({ id });
    for (const { id } of snapshot.value.jobs) await window.crema.cancelJob({ id });
  });
}

/**
 * As far as the app knows, from now on the first entries of a file are read and no more, and no file is written to its end, until what
 * is returned is called.
 */
export async function holdEnds({ electron }: TestApp): Promise<() => Promise<void>> {
  await electron.evaluate(() => {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const { prototype } = Worker;
    const emit = Reflect.get(prototype, 'emit') as (this: Worker, ...args: unknown[]) => boolean;
    const held: (() => void)[] = [];
    let grown = 0;
    const isHeld = (message: unknown): boolean => {
      const { name, result } = message as {
        readonly name?: string;
        readonly result?: { readonly kind?: string } | null;
      };
      if (name === 'grown') grown += 1;
      return (name === 'grown' && grown > 1) || result?.kind === 'imported' || result?.kind === 'exported';
    };
    Object.assign(prototype, {
      emit(this: Worker, ...args: unknown[]): boolean {
        if (args[0] !== 'message' || !isHeld(args[1])) return emit.apply(this, args);
        held.push(() => emit.apply(this, args));
        return true;
      },
    });
    const letEnd = (): void => {
      Reflect.deleteProperty(prototype, 'emit');
      for (const one of held) one();
    };
    Object.assign(globalThis, { letEnd });
  });
  return () => electron.evaluate(() => (globalThis as unknown as { letEnd: () => void }).letEnd());
}
