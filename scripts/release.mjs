// npm run release -- X.Y.Z: checks that it can be released, sets the version, builds, commits and tags. `--dry-run` only checks
// and builds; `--notes` prints the version's changelog section for its publication. `--sign`, `--verify` and `--make-key` are for the
// files of a release (docs/packaging.md).
import { readFile } from 'node:fs/promises';
import { ensureBuild } from './lib/build.mjs';
import { ownVersion } from './lib/dist/product.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages, npm } from './lib/packages.mjs';
import { at } from './lib/paths.mjs';
import { print, runMain, Stop } from './lib/progress.mjs';
import { hindrances, sectionsOf } from './lib/release.mjs';
import { run } from './lib/run.mjs';

/** The module of the signature is TypeScript, because the app uses it too. */
async function filesOfRelease() {
  const { register } = await import('tsx/esm/api');
  register();
  return import('./lib/release/run.mjs');
}

/** @param {...string} args */
async function git(...args) {
  const { code, output } = await run('git', args);
  if (code !== 0) throw new Stop(`git ${args.join(' ')} failed:\n${output}`);
  return output.trim();
}

/** A build made from a tag only has to match the tag. @param {string} version */
async function printNotes(version) {
  const section = sectionsOf(await readFile(at('CHANGELOG.md'), 'utf8')).find(
    (one) => one.version === version,
  );
  if (version !== (await ownVersion()))
    throw new Stop(`package.json has ${await ownVersion()}, not ${version}.`);
  if (!section?.text) throw new Stop(`CHANGELOG.md has no text for ${version}.`);
  print(section.text);
}

/** @param {string} version */
async function setVersion(version) {
  const { code, output } = await npm(['version', version, '--no-git-tag-version', '--allow-same-version']);
  if (code !== 0) throw new Stop(`The version could not be set:\n${output}`);
}

await runMain(async () => {
  await withLock(ensurePackages);
  const { runOnFiles, usage } = await filesOfRelease();
  if (process.argv.some((arg) => ['--sign', '--verify', '--make-key'].includes(arg)))
    return runOnFiles(process.argv.slice(2));
  const flags = process.argv.slice(2).filter((arg) => arg.startsWith('--'));
  const [version, ...more] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
  const isKnown = flags.every((flag) => flag === '--dry-run' || flag === '--notes') && flags.length < 2;
  if (!version || more.length > 0 || !isKnown) throw new Stop(usage, 2);
  if (flags.includes('--notes')) {
    await printNotes(version);
    return 0;
  }
  const found = hindrances({
    version,
    current: await ownVersion(),
    changelog: await readFile(at('CHANGELOG.md'), 'utf8'),
    tags: (await git('tag')).split('\n'),
    branch: await git('rev-parse', '--abbrev-ref', 'HEAD'),
    isClean: (await git('status', '--porcelain')) === '',
  });
  for (const one of found) print(`not now: ${one}`);
  if (found.length > 0) return 1;
  const isDry = flags.includes('--dry-run');
  if (isDry) print(`would set the version to ${version} and commit that`);
  else await setVersion(version);
  await withLock(ensureBuild);
  if (isDry) {
    print(`would tag it v${version}`);
    return 0;
  }
  await git('add', 'package.json', 'package-lock.json');
  if ((await git('diff', '--cached', '--name-only')) !== '') await git('commit', '-m', `Crema ${version}`);
  await git('tag', '-a', `v${version}`, '-m', `Crema ${version}`);
  print(`Tagged v${version}. Publish it with: git push --follow-tags`);
  return 0;
});
