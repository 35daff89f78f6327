// npm run fuzz [-- --seconds N] [--seed S]: the running app under odd inputs (test/e2e/fuzz.test.ts), for 60 s by default.
import { parseArgs } from 'node:util';
import { runAttached } from './lib/launch.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { at } from './lib/paths.mjs';
import { runMain, Stop } from './lib/progress.mjs';
import { withColours } from './lib/run.mjs';

/** @param {string | undefined} text @param {string} name */
function whole(text, name) {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Stop(`--${name} takes a whole number, not “${text}”.`);
  return text;
}

await runMain(async () => {
  const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
  const seconds = whole(values.seconds, 'seconds') ?? '60';
  const seed = whole(values.seed, 'seed');
  await withLock(ensurePackages);
  const args = [
    at('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'e2e',
    'test/e2e/fuzz.test.ts',
  ];
  const env = {
    ...process.env,
    CREMA_FUZZ_SECONDS: seconds,
    ...(seed === undefined ? {} : { CREMA_FUZZ_SEED: seed }),
  };
  return runAttached(process.execPath, args, withColours(env));
});
