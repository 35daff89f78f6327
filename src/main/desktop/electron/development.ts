/** Decides what a development run or a test build may do and a released package may not. No other file decides this. */
import { resolve } from 'node:path';
import { stopCoverage } from 'node:v8';
import { app } from 'electron';
import type { BuildInfo } from '../../lib/launch/buildInfo';

/** Switches with which another program can read and control the windows. The runtime's fuses block Node's own (`--inspect`, `NODE_OPTIONS`). */
const debuggers = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-io-pipes',
  'remote-debugging-socket-name',
  'remote-debugging-targets',
  'remote-allow-origins',
  'auto-open-devtools-for-tabs',
] as const;

export const isFromSources = (): boolean => !app.isPackaged;

/** The address of Vite's development server; `null`: use the built page. */
export const developmentPage = (): string | null =>
  isFromSources() ? (process.env['ELECTRON_RENDERER_URL'] ?? null) : null;

/** Variables that the runtime has already obeyed when this code starts, with their effect. */
const obeyed = {
  ELECTRON_DISABLE_SANDBOX: 'turns off the sandbox',
  ELECTRON_LOG_FILE: 'writes Chromium’s log to a file',
} as const;
/** The only variable of the runtime that users need: X11 or Wayland. */
const forUsers = 'ELECTRON_OZONE_PLATFORM_HINT';

interface Restricted {
  /** Switches that have no effect. */
  readonly ignored: readonly string[];
  /** The reason why Crema must not start; `null`: it may. */
  readonly refused: string | null;
}

/**
 * Removes the switches and variables that change the runtime. Test builds accept them. Call before the first thread or process starts,
 * because each inherits the environment, and before `ready`, when Chromium starts to listen for debuggers.
 */
export function restrictRuntime(build: BuildInfo | null): Restricted {
  if (isFromSources() || build?.kind === 'test') return { ignored: [], refused: null };
  const names = Object.keys(process.env);
  const isGiven = (wanted: string): boolean => names.some((name) => name.toUpperCase() === wanted);
  if (isGiven('NODE_V8_COVERAGE')) stopCoverage();
  for (const name of names)
    if (/^(?:ELECTRON_|NODE_|SSLKEYLOGFILE$)/i.test(name) && name !== forUsers)
      Reflect.deleteProperty(process.env, name);
  const ignored = debuggers.filter((name) => app.commandLine.hasSwitch(name));
  for (const name of ignored) app.commandLine.removeSwitch(name);
  const variable = Object.entries(obeyed).find(([name]) => isGiven(name));
  if (variable !== undefined) {
    const [name, effect] = variable;
    const refused = `The environment variable ${name} ${effect}. Remove it from the environment and start Crema again.`;
    return { ignored, refused };
  }
  const isOpen = app.commandLine.hasSwitch('no-sandbox');
  const refused = '--no-sandbox turns off the sandbox. Start Crema without it, as a normal user.';
  return { ignored, refused: isOpen ? refused : null };
}

/** Started as `electron <its own flags> <the app's path> <switches>` or, packaged, as `crema <switches>`. */
export function ownArguments(): readonly string[] {
  const path = isFromSources()
    ? process.argv.findIndex((arg, index) => index > 0 && resolve(arg) === app.getAppPath())
    : 0;
  return process.argv.slice(path + 1 || 1);
}
