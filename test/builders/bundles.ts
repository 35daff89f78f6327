/** The app's built scripts, for tests and benchmarks that start its threads and programs themselves. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface Bundles {
  /** Inside the project, so that Node finds the native module. A test may write any file there. */
  readonly directory: string;
  readonly remove: () => void;
}

/** A copy of the app's scripts. */
export function appBundles(): Bundles {
  const directory = mkdtempSync(join(root, 'out', 'test-'));
  cpSync(join(root, 'out', 'main'), directory, { recursive: true });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** A copy of the app that Electron can start: its scripts are in `directory`, and the app in `folder`. */
export function appFolder(): Bundles & { readonly folder: string } {
  const folder = mkdtempSync(join(root, 'out', 'test-'));
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const part of ['main', 'preload', 'renderer', 'icon.png'])
    cpSync(join(root, 'out', part), join(folder, 'out', part), { recursive: true });
  return {
    folder,
    directory: join(folder, 'out', 'main'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Changes a constant of copied scripts, such as a limit that takes a test too long to reach. */
export function setConstant(directory: string, name: string, value: string): void {
  const definition = new RegExp(`^(?:const|var) ${name} = [^;]+;$`, 'm');
  const scripts = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  const [file, ...others] = scripts
    .map((script) => join(directory, script))
    .filter((script) => definition.test(readFileSync(script, 'utf8')));
  if (file === undefined || others.length > 0)
    throw new Error(`the scripts define ${name} in no place, or in several`);
  writeFileSync(file, readFileSync(file, 'utf8').replace(definition, `var ${name} = ${value};`));
}

/** The texts of a built script and of all chunks that it loads. */
export function loadedScripts(directory: string, script: string): readonly string[] {
  const texts = new Map<string, string>();
  const load = (file: string): void => {
    if (texts.has(file)) return;
    const text = readFileSync(file, 'utf8');
    texts.set(file, text);
    for (const [, chunk = ''] of text.matchAll(/^(?:import|export) (?:[^'"]* from )?["'](\.[^'"]+)["'];$/gm))
      load(join(dirname(file), chunk));
  };
  load(join(directory, script));
  return [...texts.values()];
}

/**
 * The app's scripts and further scripts that are bundled the same way: `<name>.js` for a path in the project. They import only
 * modules of src.
 */
export async function bundlesWith(scripts: Readonly<Record<string, string>>): Promise<Bundles> {
  const bundles = appBundles();
  cpSync(await bundled(scripts), bundles.directory, { recursive: true });
  return bundles;
}

/** Bundled once for the same sources: the bundler costs more than a start of the app. */
async function bundled(scripts: Readonly<Record<string, string>>): Promise<string> {
  const sources = createHash('sha256').update(readFileSync(join(root, 'out', '.built-from')));
  for (const [name, path] of Object.entries(scripts))
    sources.update(`${name}\0`).update(readFileSync(join(root, path)));
  const all = join(root, '.cache', 'bundles');
  const family = `${Object.keys(scripts).join('+')}-`;
  const folder = join(all, family + sources.digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  mkdirSync(all, { recursive: true });
  const making = mkdtempSync(join(all, 'making-'));
  // Imported here because it loads slowly.
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['@photostructure/sqlite'] },
    build: {
      ssr: true,
      outDir: making,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(scripts).map(([name, path]) => [name, join(root, path)])),
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'test-chunks/[name].js',
        },
      },
    },
  });
  for (const name of readdirSync(all))
    if (name.startsWith(family)) rmSync(join(all, name), { recursive: true, force: true });
  try {
    renameSync(making, folder);
  } catch {
    // Another test has made it meanwhile.
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}
