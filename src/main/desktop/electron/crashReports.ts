/** What Electron itself notices of processes that die. Memory images stay in the data folder: nothing is ever sent. */
import { app, crashReporter } from 'electron';
import type { ProcessDied } from './deaths';
import { utilityName } from './utility';

/** As early as can be, once the data folder is known. Gives where the images are; `null`: there will be none. */
export function startCrashReporter(): string | null {
  try {
    crashReporter.start({ uploadToServer: false });
    return app.getPath('crashDumps');
  } catch {
    return null;
  }
}

/** Of the runtime's own processes; it starts them again by itself. Those of windows are told by keepAlive.ts. */
export function watchProcesses(died: ProcessDied): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, name, serviceName }) => {
    // `launch-failed`: a computer without a graphics driver; nothing that ran has stopped.
    if (reason === 'clean-exit' || reason === 'launch-failed') return;
    // The jobs report the processes that read files.
    if (name === utilityName) return;
    const which = name ?? serviceName ?? type;
    died(type === 'GPU' ? 'graphics' : 'helper', `${which} stopped (${reason}, code ${exitCode})`, true);
  });
}
