// npm run dist: packs the built app for people to install. `npm run dist -- --linux deb`; `--help` has the rest.
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { describePacked, megabytes } from './lib/dist/describe.mjs';
import { pack } from './lib/dist/pack.mjs';
import { ownVersion, productOf } from './lib/dist/product.mjs';
import { forgetMade, isFresh, markFresh } from './lib/dist/reuse.mjs';
import { runtimeFor } from './lib/dist/runtime.mjs';
import { parseWish, usage } from './lib/dist/wish.mjs';
import { withLock } from './lib/lock.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { print, runMain, step } from './lib/progress.mjs';

await runMain(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    print(usage);
    return 0;
  }
  const wish = parseWish(args, process);
  await withLock(async () => {
    await ensurePackages();
    await ensureBuild();
    const version = await ownVersion();
    for (const { system, targets } of wish.systems) {
      for (const arch of wish.archs) {
        const { kind, electron } = await runtimeFor({ system, arch, fallback: wish.fallback });
        const product = productOf(wish.testBuild ? 'test' : kind, version);
        const name = `${product.productName} for ${system} ${arch}`;
        const made = { system, arch, product, electron };
        if (wish.reuse && targets.every((target) => target === 'dir') && (await isFresh(made))) {
          print(`${name}: made of these sources already`);
          continue;
        }
        await forgetMade(made);
        const packed = await step(name, `packing with Electron ${electron.version}`, () =>
          pack({ ...made, targets }),
        );
        await markFresh(made);
        for (const line of describePacked(packed)) print(line);
        for (const file of packed.packages)
          print(`${relative(root, file)}: ${megabytes((await stat(file)).size)}`);
      }
    }
  });
  return 0;
});
