import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { captureTypes, configOf } from '../../../../scripts/lib/dist/config.mjs';
import { productOf } from '../../../../scripts/lib/dist/product.mjs';
import { usualTargets } from '../../../../scripts/lib/dist/wish.mjs';
import { at } from '../../../../scripts/lib/paths.mjs';

const requireBuilder = createRequire(import.meta.resolve('electron-builder'));
/** Checks of electron-builder itself: an unknown name or a value of the wrong type throws. */
const { validateConfiguration } = requireBuilder('app-builder-lib/out/util/config/config.js');
const { DebugLogger } = requireBuilder('builder-util');

const systems = /** @type {const} */ (['linux', 'win', 'mac']);
const kinds = /** @type {const} */ (['release', 'test']);

/** @param {'linux' | 'win' | 'mac'} system @param {'release' | 'test'} kind @param {'x64' | 'arm64'} arch */
const config = (system, kind = 'release', arch = 'x64') =>
  configOf({
    system,
    arch,
    targets: usualTargets[system],
    product: productOf(kind, '1.2.3'),
    electron: { version: '45.4.1' },
    work: 'work',
    output: 'dist',
  });

describe('the configuration of electron-builder', () => {
  it.each(systems.flatMap((system) => kinds.map((kind) => [system, kind])))(
    'of %s, %s: is valid by its own schema',
    async (system, kind) => {
      const given = config(/** @type {never} */ (system), /** @type {never} */ (kind));
      await validateConfiguration(given, new DebugLogger(false));
      // The check does find a wrong configuration.
      await expect(validateConfiguration({ ...given, asarr: true }, new DebugLogger(false))).rejects.toThrow(
        /asarr/,
      );
    },
  );
  it('all packages use the sandbox', async () => {
    expect(JSON.stringify(systems.map((system) => config(system)))).not.toContain('no-sandbox');
    // By default electron-builder adds `--no-sandbox` to an AppImage's desktop entry.
    expect(config('linux').appImage?.executableArgs).toEqual(['--']);
    const entry = await readFile(at('resources', 'linux', 'desktop.ejs'), 'utf8');
    expect(entry).toMatch(/^Exec=<%= name %> -- %U$/m);
  });
  it('only the SQLite of that system and processor is taken', () => {
    const rules = (/** @type {'linux' | 'win' | 'mac'} */ system, /** @type {'x64' | 'arm64'} */ arch) =>
      JSON.stringify(config(system, 'release', arch).files);
    expect(rules('win', 'x64')).toContain('prebuilds/!(win32-x64)/**');
    expect(rules('mac', 'arm64')).toContain('prebuilds/!(darwin-arm64)/**');
    expect(rules('linux', 'arm64')).toContain('prebuilds/!(linux-arm64)/**');
  });
  it('licences are in the archive and, to be read without Crema, beside it', () => {
    for (const system of systems) {
      expect(config(system).files).toContain('out/licences.json');
      expect(config(system).extraResources).toEqual([{ from: 'out/licences.txt', to: 'licences.txt' }]);
    }
  });
  it('captures and links are offered on every system', async () => {
    const { linux, mac, protocols } = config('linux');
    expect(protocols).toEqual([{ name: 'Crema', schemes: ['crema'] }]);
    const extensions = captureTypes.map(({ ext }) => ext);
    expect(extensions).toEqual(['pcapng', 'pcap', 'jsonl']);
    for (const system of [linux, mac])
      expect([system?.fileAssociations].flat().map((one) => one?.ext)).toEqual(extensions);
    const windows = await readFile(at('resources', 'windows', 'installer.nsh'), 'utf8');
    for (const ext of extensions) {
      expect(windows).toContain(`WriteRegNone SHELL_CONTEXT "Software\\Classes\\.${ext}\\OpenWithProgids"`);
      expect(windows).toContain(`DeleteRegValue SHELL_CONTEXT "Software\\Classes\\.${ext}\\OpenWithProgids"`);
      // The person chooses the program for a file type.
      expect(windows).not.toContain(`WriteRegStr SHELL_CONTEXT "Software\\Classes\\.${ext}"`);
    }
    // A link or a file name is one argument, with any content, and never a switch.
    expect(windows.match(/shell\\open\\command" "" .*/g)).toEqual(
      Array(2).fill(`shell\\open\\command" "" '"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" -- "%1"'`),
    );
  });
  it('uninstalling leaves recorded data, and reports its place', async () => {
    expect(config('win').nsis?.deleteAppDataOnUninstall).toBe(false);
    expect(await readFile(at('resources', 'windows', 'installer.nsh'), 'utf8')).toContain(
      '$APPDATA\\${PRODUCT_NAME}',
    );
    const postrm = await readFile(at('resources', 'linux', 'postrm'), 'utf8');
    expect(postrm).toContain('~/.config/@PRODUCT@');
    expect(postrm).not.toMatch(/\brm\b/);
  });
});
