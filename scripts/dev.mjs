// npm run dev: the app with hot reload of the window. A change of the preload script reloads it; a change of the main process restarts.
// Switches for the app come after `npm run dev --`, as with `npm start`.
import { forgetBuild } from './lib/build.mjs';
import { untilGone } from './lib/dev-pid.mjs';
import { runAttached, runtimeSwitches } from './lib/launch.mjs';
import { at } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';
import { openDisplay, prepare } from './lib/setup.mjs';

await runMain(async () => {
  const electron = await prepare({ build: false });
  // The build and the development server write into the same folder.
  await forgetBuild();
  const display = await openDisplay();
  try {
    const electronVite = at('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    return await runAttached(
      process.execPath,
      [electronVite, 'dev', '--watch', '--', ...process.argv.slice(2)],
      {
        ...process.env,
        ...display.env,
        // electron-vite would put the app's switches before Electron's own, and restart before the old app is gone.
        ELECTRON_EXEC_PATH: process.execPath,
        ELECTRON_ENTRY: at('scripts', 'lib', 'dev-electron.mjs'),
        CREMA_DEV: JSON.stringify([electron.path, ...runtimeSwitches(display), '.']),
      },
    );
  } finally {
    // Vite ends at once and the app closes later: the display must outlive the app.
    await untilGone();
    await display.close();
  }
});
