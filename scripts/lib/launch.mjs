import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './paths.mjs';

/**
 * Electron's own switches for this computer. Chromium's sandbox refuses to run as root.
 * Only the launcher handles this, never the app or a package.
 * @param {{ isVirtual: boolean }} display
 */
export const runtimeSwitches = ({ isVirtual }) => [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  // A virtual display has neither a GPU nor a D-Bus; the switches avoid attempts and error messages.
  ...(isVirtual ? ['--log-level=3', '--disable-gpu'] : []),
];

/** @type {readonly NodeJS.Signals[]} */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Calls `lost` when npm is gone. npm runs this script through a shell; a signal to npm ends that shell without notice.
 * @param {() => void} lost
 * @returns {() => void} stops watching
 */
function watchNpm(lost) {
  if (!process.env['npm_lifecycle_event'] || process.platform === 'win32') return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) lost();
  }, 1_000);
  return () => clearInterval(timer);
}

/**
 * Runs a program that shares our terminal and waits for its end. A wish to end is passed on, so that it closes cleanly;
 * repeated after a second or later, it is killed. (npm and the terminal may each deliver the same Ctrl-C: that counts once.)
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [cwd]
 * @param {NodeJS.Signals} [stopBy] the signal that asks the program to end
 * @returns {Promise<number>} its exit code; 128 + the signal's number when a signal ended it
 */
export function runAttached(command, args, env = process.env, cwd = root, stopBy = 'SIGTERM') {
  // A group of its own: Ctrl-C reaches it once, from us, and not a second time from the terminal.
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, { cwd, env, stdio: 'inherit', detached });
  let askedAt = Number.POSITIVE_INFINITY;
  const ask = () => {
    if (askedAt !== Number.POSITIVE_INFINITY) return;
    askedAt = performance.now();
    child.kill(stopBy);
  };
  const end = () => (performance.now() - askedAt > 1_000 ? void child.kill('SIGKILL') : ask());
  for (const signal of endings) process.on(signal, end);
  const unwatch = watchNpm(ask);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      unwatch();
      for (const name of endings) process.off(name, end);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
