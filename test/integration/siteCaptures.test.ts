/** A window's readers of a site's journal. The thread that reads the site owns the file: they never write, rename or replace it. */
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { MarkChange } from '#shared/model/journal';
import { capturesService, type CapturesService } from '../../src/main/desktop/services/captures';
import type { Source } from '../../src/main/desktop/services/source';
import { openPlainly } from '../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../src/main/lib/settings/store';
import type { SiteGrowth } from '../../src/main/sites/api';
import { appBundles, type Bundles } from '../builders/bundles';
import { newFolder } from '../builders/folders';
import { falsify, spoilPages } from '../builders/spoiltFiles';
import { makeManyInJournal } from '../builders/manyInJournal';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
beforeAll(() => {
  bundles = appBundles();
});
afterAll(() => bundles.remove());
const folder = useFolder();
const journal = '01234567-89ab-cdef-0123-456789abcdef';
const site = { id: 'north', name: 'North' };

interface Scene {
  readonly service: CapturesService;
  readonly source: Source;
  readonly file: string;
  readonly asked: string[];
  readonly marks: MarkChange[];
  readonly files: () => readonly string[];
}

async function opened(): Promise<Scene> {
  const file = join(newFolder(folder()), `${journal}.sqlite`);
  await makeManyInJournal(file, 2_000);
  const service = capturesService({
    directory: newFolder(folder()),
    jobScript: '',
    startProcess: () => expect.unreachable('a job'),
    journalWorker: join(bundles.directory, 'journalWorker.js'),
    store: new SettingsStore(
      newFolder(folder()),
      { available: () => false, encrypt: String, decrypt: String },
      openPlainly,
    ),
    askOpen: () => Promise.resolve(null),
    changed: () => undefined,
    died: (where, reason) => expect.unreachable(`${where}: ${reason}`),
  });
  onTestFinished(() => service.stop?.());
  const asked: string[] = [];
  const marks: MarkChange[] = [];
  service.sites.ownedBy({
    repair: (...named) => {
      asked.push(named.join(' '));
      return new Promise<never>(() => undefined);
    },
    changeMark: (_site, _journal, change) => {
      marks.push(change);
      return Promise.resolve({ marked: false, note: '', ...change });
    },
  });
  const growth: SiteGrowth = {
    site: site.id,
    journal,
    file,
    facts: { entries: 4_000, machines: 0, from: 1, to: 2 },
    commands: 0,
    machines: [],
  };
  await service.sites.grown(site, growth);
  const source = service.source(service.live.captures()[0]?.id ?? 0);
  if (source === null) throw new Error('not open');
  const files = (): readonly string[] =>
    readdirSync(join(file, '..')).filter((name) => !/-(?:wal|shm)$/.test(name));
  return { service, source, file, asked, marks, files };
}

async function listed({ journal: of, facts }: Source): Promise<number> {
  let count = 0;
  for (let before: number | null | undefined; before !== null;) {
    const place = { before: before ?? null };
    const page = await of()?.query('frames', { filter: everyFrame, place, limit: 1_000, ...facts });
    count += page?.rows.length ?? 0;
    before = page?.next ?? null;
  }
  return count;
}

it('a damaged file stays at its path as it is, and the owner hears of it once', async () => {
  const { source, file, asked, files } = await opened();
  spoilPages(file, 2, 1);
  const bytes = readFileSync(file);
  const asking = await Promise.allSettled([listed(source), listed(source), listed(source)]);
  expect(asking.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(asked).toEqual([`north ${journal} file`]);
  expect(files()).toEqual([`${journal}.sqlite`]);
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

it('the owner hears of entries that are not as they were written', async () => {
  const { source, file, asked } = await opened();
  falsify(file, [1_000]);
  expect(await listed(source)).toBe(4_000);
  await expect.poll(() => asked).toEqual([`north ${journal} entries`]);
});

it('questions wait while the owner replaces the file, and then get the new one', async () => {
  const { service, source, file } = await opened();
  const small = join(newFolder(folder()), 'small.sqlite');
  await makeManyInJournal(small, 100);
  await service.sites.replacing(file);
  const waiting = listed(source);
  const first = await Promise.race([waiting, new Promise((resolve) => setImmediate(resolve, 'waits'))]);
  expect(first).toBe('waits');
  renameSync(small, file);
  service.sites.replaced(file);
  expect(await waiting).toBe(200);
});

it('a mark is written by the owner', async () => {
  const { source, file, marks } = await opened();
  const before = readFileSync(file);
  await source.changeMark({ entry: 7, note: 'slow' });
  expect(marks).toEqual([{ entry: 7, note: 'slow' }]);
  expect(readFileSync(file).equals(before)).toBe(true);
});
