import { ensureBuild } from './build.mjs';
import { isDisplayMissing, openVirtualDisplay } from './display.mjs';
import { ensureElectron } from './electron.mjs';
import { withLock } from './lock.mjs';
import { ensurePackages } from './packages.mjs';
import { ensureLibraries } from './system.mjs';

/** Electron, and the system libraries it needs. */
async function ensureRuntime() {
  const electron = await ensureElectron();
  await ensureLibraries({ display: isDisplayMissing(), electron: electron.path });
  return electron;
}

/**
 * Makes everything that running the app needs: packages, runtime, system libraries and, unless `build` is false, the build.
 * @param {{ build?: boolean }} [options]
 */
export function prepare({ build = true } = {}) {
  return withLock(async () => {
    await ensurePackages();
    // What is fetched and what is built need nothing of each other.
    const [runtime, built] = await Promise.allSettled([ensureRuntime(), build && ensureBuild()]);
    if (built.status === 'rejected') throw built.reason;
    if (runtime.status === 'rejected') throw runtime.reason;
    return runtime.value;
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
