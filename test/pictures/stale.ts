/**
 * Which pictures show a screen that has changed since. A picture names its screens; each is compared by its sources, not by pixels, which
 * differ with fonts.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manualPages } from '#shared/manual';
import type { Screen } from '#shared/screens';
import { pictures, type Picture } from './pictures';

export const folder = 'docs/manual/pictures';
const madeFile = join(folder, 'made.json');
const features = 'src/renderer/src/features';

/** By picture: the sources of each of its screens when it was taken. */
type Made = Readonly<Record<string, Readonly<Partial<Record<Screen, string>>>>>;

const made = (): Made => (existsSync(madeFile) ? (JSON.parse(readFileSync(madeFile, 'utf8')) as Made) : {});

/** Help lists them. */
const manualTitles = (): readonly string[] =>
  ['en', 'zh-CN'].flatMap((language) =>
    manualPages.map(
      (page) => /^.*/.exec(readFileSync(`docs/manual/${language}/${page}.md`, 'utf8'))?.[0] ?? '',
    ),
  );

/** A hash of the components of a screen and of their looks. */
function sourcesOf(screen: Screen): string {
  const hash = createHash('sha256');
  const files = readdirSync(join(features, screen), { recursive: true, encoding: 'utf8' });
  for (const file of files.map((name) => name.replaceAll('\\', '/')).toSorted())
    if (/\.(tsx|css)$/.test(file))
      hash.update(file).update(readFileSync(join(features, screen, file), 'utf8').replaceAll('\r\n', '\n'));
  if (screen === 'help') hash.update(manualTitles().join('\n'));
  return hash.digest('hex').slice(0, 16);
}

const now = ({ screens }: Picture): Made[string] =>
  Object.fromEntries(screens.map((screen) => [screen, sourcesOf(screen)]));

export function staleNames(): readonly string[] {
  const before = made();
  return pictures
    .filter((picture) => JSON.stringify(before[picture.name] ?? {}) !== JSON.stringify(now(picture)))
    .map(({ name }) => name);
}

export function keepMade(taken: readonly Picture[]): void {
  const before = made();
  const all = pictures.flatMap((picture) => {
    const of = taken.includes(picture) ? now(picture) : before[picture.name];
    return of === undefined ? [] : [[picture.name, of] as const];
  });
  writeFileSync(madeFile, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
}
