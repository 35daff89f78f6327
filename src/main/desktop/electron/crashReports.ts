/** Crashes that Electron notices. Memory images stay in the data folder: nothing is ever sent. */
import { app, crashReporter } from 'electron';
import type { ProcessDied } from './deaths';
import { utilityName } from './utility';

/** Call as early as possible, once the data folder is known. Returns the folder of the crash images; `null`: the reporter did not start. */
export function startCrashReporter(): string | null {
  try {
    crashReporter.start({ uploadToServer: false });
    return app.getPath('crashDumps');
  } catch {
    return null;
  }
}

/** Watches the runtime's own processes, which it restarts itself. keepAlive.ts reports those of windows. */
export function watchProcesses(died: ProcessDied): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, name, serviceName }) => {
    // `launch-failed` means a computer without a graphics driver: no running process has stopped.
    if (reason === 'clean-exit' || reason === 'launch-failed') return;
    // Jobs report their own reader processes.
    if (name === utilityName) return;
    const which = name ?? serviceName ?? type;
    died(type === 'GPU' ? 'graphics' : 'helper', `${which} stopped (${reason}, code ${exitCode})`, true);
  });
}
