// npm run journal -- export|import|query --data-dir DIR …: frames in and out of a journal, without Electron.
import { constants } from 'node:os';
import { ensureBuild } from './lib/build.mjs';
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { at } from './lib/paths.mjs';
import { runMain, talkOnStderr } from './lib/progress.mjs';

const { SIGINT, SIGTERM } = constants.signals;

await runMain(async () => {
  talkOnStderr();
  await withLock(async () => {
    await ensurePackages();
    await ensureBuild();
  });
  /** @type {Set<string>} */
  const heard = new Set();
  process.once('SIGINT', (signal) => heard.add(signal));
  const args = [at('out', 'main', 'journalCli.js'), ...process.argv.slice(2)];
  // Names of files are meant from where the person is; npm runs scripts from the package's own folder.
  const code = await runAttached(
    process.execPath,
    args,
    process.env,
    process.env['INIT_CWD'] ?? process.cwd(),
  );
  // Ctrl-C reaches the program as a wish to end: the shell hears of it as Ctrl-C.
  return heard.has('SIGINT') && code === 128 + SIGTERM ? 128 + SIGINT : code;
});
