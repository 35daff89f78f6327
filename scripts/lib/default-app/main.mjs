// The first script of `electron .` in the fallback runtime (fallback.mjs), which lacks Electron's own default_app.
// It finds the app named on the command line, takes over its name, version and path, and loads it.
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const preload = [];
let target;
for (let i = 1; i < process.argv.length && target === undefined; i++) {
  const argument = process.argv[i];
  if (argument === '-r' || argument === '--require') preload.push(process.argv[++i]);
  else if (argument === '-v' || argument === '--version') {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  } else if (!argument.startsWith('-')) target = argument;
}
if (target === undefined) {
  process.stderr.write('electron: name the folder of an app\n');
  process.exit(1);
}

Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
if (preload.length > 0) Module._preloadModules(preload);

const folder = resolve(target);
try {
  const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (description.version) app.setVersion(description.version);
  const name = description.productName ?? description.name;
  if (name) {
    app.name = name;
    app.setDesktopName(description.desktopName ?? `${name}.desktop`);
  }
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
}
app.setAppPath(folder);
const main = createRequire(join(folder, 'package.json')).resolve(folder);
// At top level: Electron holds `ready` back until this module has been evaluated.
await import(pathToFileURL(main).href);
