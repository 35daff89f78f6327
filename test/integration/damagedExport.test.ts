/** Exports of a damaged journal say what is damaged and missing, as its list does. */
import { readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import { exportFormats, type ExportDamage } from '#shared/model/capture';
import { exportFrames } from '../../src/main/tools/captures/exportJob';
import { stageFrames } from '../../src/main/tools/support/stageFrames';
import { newFolder } from '../builders/folders';
import { openStore } from '../builders/journal';
import { makeManyInJournal } from '../builders/manyInJournal';
import { falsify } from '../builders/spoiltFiles';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const ignore = (): void => undefined;
const never = new AbortController().signal;
const journal = (): string => folder('journal.sqlite');
beforeEach(() => makeManyInJournal(journal(), 5_000));

function damage(): void {
  falsify(journal(), [1_000, 6_000]);
  const db = new DatabaseSync(journal());
  db.exec('DELETE FROM entries WHERE id IN (500, 501, 7000)');
  db.close();
}

async function exported(format: (typeof exportFormats)[number], text = '') {
  const file = folder(`all.${format}`);
  const filter = { ...everyFrame, text };
  const request = {
    journal: journal(),
    format,
    file,
    filter,
    ids: null,
    now: Date.now(),
    names: {},
    words: {},
  };
  const { damage: found } = await exportFrames(request, never, ignore);
  return { found, text: readFileSync(file, 'utf8') };
}

/** Damage as the list counts it. */
function listed(): ExportDamage {
  let missing = 0;
  let damaged = 0;
  const seen = new Set<number>();
  const store = openStore(journal(), undefined, (_kind, id) => {
    if (store.entry(id) === null) missing += 1;
    else if (!seen.has(id)) {
      seen.add(id);
      damaged += 1;
    }
  });
  for (let before: number | null | undefined; before !== null;)
    before = store.frames({
      filter: everyFrame,
      now: 0,
      names: {},
      place: { before: before ?? null },
      limit: 1_000,
    }).next;
  store.close();
  return { damaged, missing };
}

describe('an export', () => {
  it.each(exportFormats)('as %s says nothing of an intact journal, and counts damage', async (format) => {
    expect((await exported(format)).found).toBeUndefined();
    damage();
    const found = listed();
    expect(found).toEqual({ damaged: 2, missing: 2 });
    expect((await exported(format)).found).toEqual(found);
  });

  it('of damaged entries has them, and they say so', async () => {
    damage();
    const { text } = await exported('jsonl', 'id>=900 id<=1100');
    expect(text.split('\n').filter((line) => line.includes('"damaged":true'))).toHaveLength(1);
    // Entries are missing elsewhere only.
    expect((await exported('csv', 'id>=900 id<=1100')).found).toEqual({ damaged: 1, missing: 0 });
    expect((await exported('csv', 'cmd:hb')).found).toMatchObject({ missing: 2 });
  });

  it('of chosen entries counts those that are gone', async () => {
    damage();
    const file = folder('some.jsonl');
    const request = {
      journal: journal(),
      format: 'jsonl',
      file,
      filter: everyFrame,
      names: {},
      words: {},
    } as const;
    const result = await exportFrames({ ...request, ids: [499, 500, 1_000], now: 0 }, never, ignore);
    expect(result).toEqual({ entries: 2, frames: 1, damage: { damaged: 1, missing: 1 } });
    rmSync(file);
  });

  it('of a support file counts both once', async () => {
    damage();
    const request = {
      stage: newFolder(folder()),
      limit: 50_000_000,
      journal: journal(),
      key: new Uint8Array(32),
      codes: [],
      since: 0,
      now: Date.now(),
      machines: null,
      language: 'en',
      taken: 0,
    } as const;
    const { facts } = await stageFrames(request, never, ignore);
    expect(facts).toMatchObject({ damage: { damaged: 2, missing: 2 } });
  });
});
