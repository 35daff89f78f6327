/** What a run from the sources or a test heeds and a package that people have does not: this file alone decides which of them it is. */
import { app } from 'electron';
import type { BuildInfo } from '../../lib/launch/buildInfo';

/** By these another program reads and drives the windows. The runtime's fuses see to Node's own (`--inspect`, `NODE_OPTIONS`). */
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

/** Where Vite serves the page, which it reloads by itself; `null`: the page is the built one. */
export const developmentPage = (): string | null =>
  isFromSources() ? (process.env['ELECTRON_RENDERER_URL'] ?? null) : null;

/**
 * Before `ready`, when Chromium begins to listen for them. A test build is driven by them. Gives those that were there.
 */
export function refuseDebuggers(build: BuildInfo | null): readonly string[] {
  if (isFromSources() || build?.kind === 'test') return [];
  const given = debuggers.filter((name) => app.commandLine.hasSwitch(name));
  for (const name of given) app.commandLine.removeSwitch(name);
  return given;
}
