import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { at } from '../paths.mjs';
import { Stop } from '../progress.mjs';
import { onPath } from '../run.mjs';
import { captureTypes, scheme } from './config.mjs';
import { iconSizes } from './icons.mjs';
import { libraryPackages, undeclared } from './libraries.mjs';

/** @typedef {import('./config.mjs').Arch} Arch @typedef {import('./product.mjs').Product} Product */

/** The name that Debian uses. @param {Arch} arch */
const debianArch = (arch) => ({ x64: 'amd64', arm64: 'arm64' })[arch];

/** Types that the desktop may not know, with their file names. */
const typesXml = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
${captureTypes
  .map(
    ({ ext, mimeType, name }) =>
      `  <mime-type type="${mimeType}">\n    <comment>${name}</comment>\n    <glob pattern="*.${ext}"/>\n  </mime-type>`,
  )
  .join('\n')}
</mime-info>
`;

/** The source of a script that dpkg runs. @param {string} name @param {Product} product */
const scriptOf = async (name, product) =>
  (await readFile(at('resources', 'linux', name), 'utf8')).replaceAll('@PRODUCT@', product.productName);

/**
 * Makes a Debian package of the unpacked app.
 * @param {{ unpacked: { folder: string, executable: string }, arch: Arch, product: Product, icons: string, output: string, work: string }} wish
 * @returns {Promise<string>} its file
 */
export async function buildDeb({ unpacked, arch, product, icons, output, work }) {
  const tools = ['fakeroot', 'dpkg-deb'].filter((tool) => !onPath(tool));
  if (tools.length > 0)
    throw new Stop(`A deb needs ${tools.join(' and ')}: sudo apt-get install fakeroot dpkg`);
  const unknown = await undeclared(unpacked.folder);
  if (unknown.length > 0)
    throw new Stop(`The app needs libraries of unknown packages (libraries.mjs): ${unknown.join(', ')}`);
  // It has no types.
  const { Installer, transformVersion } = createRequire(import.meta.url)('electron-installer-debian');
  class CremaInstaller extends Installer {
    get contentFunctions() {
      return [...super.contentFunctions, 'copyTypes'];
    }
    async copyTypes() {
      const file = join(this.stagingDir, this.baseAppDir, 'share', 'mime', 'packages', `${product.name}.xml`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, typesXml);
      await chmod(file, 0o644);
    }
  }
  // dpkg looks for the licence beside the program.
  await copyFile(at('LICENSE'), join(unpacked.folder, 'LICENSE'));
  const postrm = join(work, 'postrm');
  await writeFile(postrm, await scriptOf('postrm', product));
  /** @type {Record<string, string>} */
  const icon = Object.fromEntries(
    iconSizes.map((size) => [`${size}x${size}`, join(icons, `${size}x${size}.png`)]),
  );
  icon['scalable'] = at('resources', 'icon.svg');
  const installer = new /** @type {any} */ (CremaInstaller)({
    src: unpacked.folder,
    dest: output,
    arch: debianArch(arch),
    name: product.name,
    bin: product.name,
    version: transformVersion(product.version),
    productName: product.productName,
    genericName: 'Coffee machine service console',
    description: 'Field-service console for Jetinno coffee machines',
    productDescription:
      'A machine connects to Crema. Crema shows its data and faults, and explains them.',
    section: 'net',
    categories: ['Network'],
    mimeType: [...captureTypes.map(({ mimeType }) => mimeType), `x-scheme-handler/${scheme}`],
    icon,
    scripts: { postrm },
    desktopTemplate: at('resources', 'linux', 'desktop.ejs'),
    // The tool's own list has few of them.
    depends: libraryPackages,
    compression: 'xz',
    // The code hosting site changes `~`, which Debian writes before `rc.1`.
    rename: (/** @type {string} */ folder) =>
      join(folder, `<%= name %>_${product.version}_<%= arch %>.deb`),
    logger: () => {},
  });
  process.umask(0o022);
  await installer.generateDefaults();
  installer.generateOptions();
  await installer.createStagingDir();
  await installer.createContents();
  await installer.createPackage();
  await installer.movePackage();
  const [file] = installer.options.packagePaths;
  if (file === undefined) throw new Stop('The deb was not made.');
  return file;
}
