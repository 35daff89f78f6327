import { ensureBuild } from './build.mjs';
import { isDisplayMissing, openVirtualDisplay } from './display.mjs';
import { ensureElectron } from './electron.mjs';
import { withLock } from './lock.mjs';
import { ensurePackages } from './packages.mjs';
import { checkLibraries, ensureSystemPackages } from './system.mjs';

/**
 * Runs two independent things at once and waits for both. If both fail, the first error is thrown.
 * @template A, B @param {Promise<A>} a @param {Promise<B>} b @returns {Promise<[A, B]>}
 */
async function both(a, b) {
  const [first, second] = await Promise.allSettled([a, b]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
}

/** Packages of npm and of the system. @param {boolean} testPeers */
const ensureAllPackages = (testPeers) =>
  both(ensurePackages(), ensureSystemPackages({ display: isDisplayMissing(), testPeers }));

/** Installs everything that the app and all tests need, but the runtime. */
export const installPackages = () => withLock(() => ensureAllPackages(true));

/**
 * Makes everything that running the app needs: packages, runtime, system libraries and, unless `build` is false, the build.
 * @param {{ build?: boolean }} [options]
 */
export function prepare({ build = true } = {}) {
  return withLock(async () => {
    await ensureAllPackages(false);
    const [, electron] = await both(build ? ensureBuild() : Promise.resolve(), ensureElectron());
    await checkLibraries({ display: isDisplayMissing(), electron: electron.path });
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
