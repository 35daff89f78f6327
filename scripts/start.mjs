// npm start: sets up what is missing, builds, and runs the app with the switches given after `npm start --`.
import { runAttached, runtimeSwitches } from './lib/launch.mjs';
import { runMain } from './lib/progress.mjs';
import { openDisplay, prepare } from './lib/setup.mjs';

await runMain(async () => {
  const electron = await prepare();
  const display = await openDisplay();
  try {
    const args = [...runtimeSwitches(display), '.', ...process.argv.slice(2)];
    return await runAttached(electron.path, args, { ...process.env, ...display.env });
  } finally {
    await display.close();
  }
});
