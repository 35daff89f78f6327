/** Decides what a development run or a test build may do and a released package may not. No other file decides this. */
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

/**
 * Call before `ready`, when Chromium starts to listen for debuggers. Test builds accept these switches. Returns the refused ones.
 */
export function refuseDebuggers(build: BuildInfo | null): readonly string[] {
  if (isFromSources() || build?.kind === 'test') return [];
  const given = debuggers.filter((name) => app.commandLine.hasSwitch(name));
  for (const name of given) app.commandLine.removeSwitch(name);
  return given;
}
