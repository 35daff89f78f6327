// npm run journal -- export|import|query --data-dir DIR …: frames in and out of a journal, without Electron.
import { constants } from 'node:os';
import { ensureBuild } from './lib/build.mjs';
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { at } from './lib/paths.mjs';
import { runMain, printToStderr } from './lib/progress.mjs';

const { SIGINT, SIGTERM } = constants.signals;

/**
 * V8's young generation, MB. Nearly all objects for a file's entries are short-lived, and a larger space copies fewer of them.
 * It starts at half of the limit, not at 1 MB: a small space fills soon, and every collection copies the survivors.
 */
const bulkMemory = ['--min-semi-space-size=16', '--max-semi-space-size=32'];

await runMain(async () => {
  printToStderr();
  await withLock(async () => {
    await ensurePackages();
    await ensureBuild();
  });
  /** @type {Set<string>} */
  const signals = new Set();
  process.once('SIGINT', (signal) => signals.add(signal));
  const args = [...bulkMemory, at('out', 'main', 'journalCli.js'), ...process.argv.slice(2)];
  // File names are relative to the person's folder; npm runs scripts in the package's own folder.
  const code = await runAttached(
    process.execPath,
    args,
    process.env,
    process.env['INIT_CWD'] ?? process.cwd(),
  );
  // Ctrl-C reaches the program as SIGTERM, so its exit code is turned back into that of Ctrl-C.
  return signals.has('SIGINT') && code === 128 + SIGTERM ? 128 + SIGINT : code;
});
