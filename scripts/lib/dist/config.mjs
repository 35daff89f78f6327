import { at } from '../paths.mjs';
import { builderFuses } from './fuses.mjs';

/**
 * @typedef {'linux' | 'win' | 'mac'} System
 * @typedef {'x64' | 'arm64'} Arch
 */

/** Files that a person may open with Crema, for the file manager; main decides by content (core/captures/in). */
export const captureTypes = [
  { ext: 'pcapng', mimeType: 'application/x-pcapng', name: 'Packet capture (pcapng)' },
  { ext: 'pcap', mimeType: 'application/vnd.tcpdump.pcap', name: 'Packet capture (pcap)' },
  { ext: 'jsonl', mimeType: 'application/x-crema-jsonl', name: 'Crema frames (JSONL)' },
];

export const scheme = 'crema';

/** The name that Node uses. @param {System} system */
const nodePlatform = (system) => ({ linux: 'linux', win: 'win32', mac: 'darwin' })[system];

/**
 * The complete contents of the archive: the build and the dissector.
 * Of the one package that is not bundled: the files loaded at run time on that system.
 * @param {System} system @param {Arch} arch @param {string} work where the build's own facts are
 */
const filesOf = (system, arch, work) => [
  'package.json',
  'out/main/**',
  // Programs for plain Node; a package cannot run as Node.
  '!out/main/{serve,journalCli}.js',
  'out/preload/**',
  'out/renderer/**',
  'out/icon.png',
  'out/licences.json',
  'resources/crema.lua',
  { from: work, to: '.', filter: ['build.json'] },
  '!node_modules/node-addon-api/**',
  '!node_modules/node-gyp-build/{bin,optional,build-test}.js',
  '!node_modules/@photostructure/sqlite/{src,binding.gyp}',
  '!node_modules/@photostructure/sqlite/src/**',
  '!node_modules/@photostructure/sqlite/dist/*.{map,cjs,cts,mts,ts}',
  '!node_modules/@photostructure/sqlite/dist/*.d.*',
  '!node_modules/@photostructure/sqlite/dist/experimental.*',
  `!node_modules/@photostructure/sqlite/prebuilds/!(${nodePlatform(system)}-${arch})/**`,
  '!node_modules/@photostructure/sqlite/prebuilds/**/*musl*',
  '!**/*.md',
];

/**
 * electron-builder's configuration for one system and architecture.
 * @param {{
 *   system: System, arch: Arch, targets: readonly string[], product: import('./product.mjs').Product,
 *   electron: { version: string, folder?: string }, work: string, output: string
 * }} wish
 * @returns {import('electron-builder').Configuration}
 */
export function configOf({ system, arch, targets, product, electron, work, output }) {
  const { name, productName, appId } = product;
  const icons = `${work}/icons`;
  const target = targets.map((one) => ({ target: one, arch: [arch] }));
  const files = /** @type {any} */ (filesOf(system, arch, work));
  return {
    appId,
    productName,
    copyright: 'Copyright © The Crema authors. MIT licence.',
    directories: { output, buildResources: at('resources') },
    // Every file name contains the product name, so a test build is visible there too.
    artifactName: `${name}-\${version}-\${os}-\${arch}.\${ext}`,
    extraMetadata: { name, productName, desktopName: `${name}.desktop` },
    electronVersion: electron.version,
    ...(electron.folder && { electronDist: electron.folder }),
    npmRebuild: false,
    nodeGypRebuild: false,
    publish: null,
    // Files that other programs read, without Crema.
    extraResources: [{ from: 'out/licences.txt', to: 'licences.txt' }],
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node'],
    files,
    electronLanguages: ['en-US', 'zh-CN'],
    electronFuses: builderFuses,
    protocols: [{ name: productName, schemes: [scheme] }],
    linux: {
      target,
      executableName: name,
      syncDesktopName: true,
      icon: icons,
      category: 'Network',
      synopsis: 'Field-service console for Jetinno coffee machines',
      fileAssociations: captureTypes.map(({ ext, mimeType, name: description }) => ({
        ext,
        mimeType,
        description,
      })),
    },
    // Without this electron-builder writes --no-sandbox into the desktop entry. Arguments after `--` are never switches.
    appImage: { executableArgs: ['--'] },
    win: { target, icon: `${icons}/icon.ico` },
    nsis: {
      artifactName: `${name}-\${version}-setup-\${arch}.\${ext}`,
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
      include: at('resources', 'windows', 'installer.nsh'),
    },
    portable: { artifactName: `${name}-\${version}-portable-\${arch}.\${ext}` },
    mac: {
      target,
      icon: `${icons}/icon.icns`,
      category: 'public.app-category.utilities',
      // Signed for this computer only, because there is no certificate. Apple's processors require a signature.
      identity: '-',
      hardenedRuntime: false,
      fileAssociations: captureTypes.map(({ ext, name: description }) => ({
        ext,
        name: description,
        role: 'Viewer',
        rank: 'Alternate',
      })),
    },
    dmg: { title: `${productName} \${version}` },
  };
}
