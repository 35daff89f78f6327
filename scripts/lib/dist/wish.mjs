import { Stop } from '../progress.mjs';

/**
 * @typedef {import('./config.mjs').System} System
 * @typedef {import('./config.mjs').Arch} Arch
 * @typedef {{
 *   systems: { system: System, targets: readonly string[] }[], archs: readonly Arch[],
 *   fallback: boolean, testBuild: boolean, reuse: boolean
 * }} DistWish
 */

/** Default targets of each system. @type {Readonly<Record<System, readonly string[]>>} */
export const usualTargets = { linux: ['AppImage', 'deb'], win: ['nsis', 'portable'], mac: ['dmg'] };

export const usage = `npm run dist -- [--linux [TARGET…]] [--win [TARGET…]] [--mac [TARGET…]] [--x64] [--arm64] [--fallback] [--test-build] [--reuse]

  --linux, --win, --mac  target systems; this one by default
  TARGET                 ${Object.entries(usualTargets)
    .map(([system, targets]) => `${system}: ${targets.join(', ')}`)
    .join('; ')}; all of them by default; dir for the unpacked app alone
  --x64, --arm64         target processors; this one by default
  --fallback             a test build with the repacked old runtime, if the official one is not available
  --test-build           a test build with any runtime; tests can attach to test builds only
  --reuse                keep the unpacked app if it was made of exactly these sources`;

/** @type {ReadonlyMap<string, System>} */
const systems = new Map([
  ['--linux', 'linux'],
  ['--win', 'win'],
  ['--mac', 'mac'],
]);

/** @param {NodeJS.Platform} platform @returns {System} */
export const ownSystem = (platform) =>
  platform === 'win32' ? 'win' : platform === 'darwin' ? 'mac' : 'linux';

/**
 * @param {readonly string[]} args @param {{ platform: NodeJS.Platform, arch: string }} here
 * @returns {DistWish}
 */
export function parseWish(args, here) {
  /** @type {{ system: System, targets: string[] }[]} */
  const wanted = [];
  /** @type {Arch[]} */
  const archs = [];
  const flags = { fallback: false, testBuild: false, reuse: false };
  for (const arg of args) {
    const system = systems.get(arg);
    if (system !== undefined) wanted.push({ system, targets: [] });
    else if (arg === '--x64' || arg === '--arm64') archs.push(arg === '--x64' ? 'x64' : 'arm64');
    else if (arg === '--fallback') flags.fallback = true;
    else if (arg === '--test-build') flags.testBuild = true;
    else if (arg === '--reuse') flags.reuse = true;
    else {
      const last = wanted.at(-1);
      const target =
        last &&
        [...usualTargets[last.system], 'dir'].find((name) => name.toLowerCase() === arg.toLowerCase());
      if (!last || !target) throw new Stop(`${arg} is not known here.\n\n${usage}`, 2);
      last.targets.push(target);
    }
  }
  if (wanted.length === 0) wanted.push({ system: ownSystem(here.platform), targets: [] });
  if (archs.length === 0) archs.push(here.arch === 'arm64' ? 'arm64' : 'x64');
  return {
    systems: wanted.map(({ system, targets }) => ({
      system,
      targets: targets.length > 0 ? targets : usualTargets[system],
    })),
    archs,
    ...flags,
  };
}
