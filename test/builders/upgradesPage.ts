/** The upgrades screen, for tests that share one app. Packages are separate files; machines are virtual. */
import { writeFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { TestApp } from './app';
import { sharedApp } from './sharedApp';
import { useFolder } from './useFolder';

/** Panels are named by their headings. */
export const panel = (app: TestApp, name: string): Locator => app.page.getByRole('region', { name });

/** The panel of the chosen package, with its details open. */
export async function details(app: TestApp): Promise<Locator> {
  const chosen = panel(app, 'Chosen package');
  const button = chosen.getByRole('button', { name: 'Details', exact: true });
  await button.waitFor();
  if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
  return chosen;
}

/** By hand, except for the system's dialog. */
export async function choose(app: TestApp, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
  await app.page.getByRole('button', { name: 'Choose ZIP…' }).click();
}

interface UpgradesPage {
  /** No machine is known and no package is left. */
  readonly withoutPackages: () => Promise<TestApp>;
  /** The same state, in the window as the previous test left it. */
  readonly emptied: () => Promise<TestApp>;
  /** Files of the test, removed after the last test. */
  readonly folder: () => string;
  /** Path of the file. */
  readonly file: (name: string, bytes: Buffer) => Promise<string>;
}

/** One app and one folder, for all tests of the file that calls it. */
export function upgradesPage(): UpgradesPage {
  const folder = useFolder('all');
  const shared = sharedApp();
  const empty = async (app: TestApp): Promise<TestApp> => {
    await app.page.mouse.move(700, 4);
    /** Clears the data of other tests. */
    const left = (): Promise<number> =>
      app.page.evaluate(async () => {
        await window.crema.request('simulate', { count: 0, platform: 'linux' });
        const snapshot = await window.crema.request('snapshot', undefined);
        if (!snapshot.ok) return -1;
        const { machines, packages } = snapshot.value;
        for (const { vmcNo } of machines) await window.crema.request('forgetMachine', { vmcNo });
        for (const { id } of packages) await window.crema.request('removePackage', { id });
        return machines.length + packages.length;
      });
    await expect.poll(left).toBe(0);
    await app.page.evaluate(() => {
      location.hash = '#/upgrades';
    });
    await panel(app, 'Packages').getByText('No package yet').waitFor();
    return app;
  };
  return {
    withoutPackages: async () => empty(await shared()),
    emptied: async () => empty(await shared.asLeft()),
    folder: () => folder(),
    file: async (name, bytes) => {
      const path = folder(name);
      await writeFile(path, bytes);
      return path;
    },
  };
}
