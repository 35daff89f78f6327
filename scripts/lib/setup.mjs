import { ensureBuild } from './build.mjs';
import { isDisplayMissing, openVirtualDisplay } from './display.mjs';
import { ensureElectron } from './electron.mjs';
import { withLock } from './lock.mjs';
import { ensurePackages } from './packages.mjs';
import { ensureLibraries } from './system.mjs';

/**
 * Makes everything that running the app needs: packages, runtime, system libraries and, unless `build` is false, the build.
 * @param {{ build?: boolean }} [options]
 */
export function prepare({ build = true } = {}) {
  return withLock(async () => {
    await ensurePackages();
    const electron = await ensureElectron();
    await ensureLibraries({ display: isDisplayMissing(), electron: electron.path });
    if (build) await ensureBuild();
    return electron;
  });
}

/**
 * The screen to run on: the person's own, or a virtual one where there is none.
 * @returns {Promise<{ isVirtual: boolean, env: Record<string, string>, close: () => Promise<void> }>}
 */
export async function openDisplay() {
  if (!isDisplayMissing()) return { isVirtual: false, env: {}, close: async () => {} };
  return { isVirtual: true, ...(await openVirtualDisplay()) };
}
