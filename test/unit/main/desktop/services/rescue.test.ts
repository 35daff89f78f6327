/** Records that the disk refuses at the end: they go to a place that the user names, and losses are reported beforehand. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { RefusedEntries } from '#shared/model/journal';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { packEntries } from '../../../../../src/main/journal/client/packed';
import { rescue, rescueFile, type AskPlace } from '../../../../../src/main/desktop/services/rescue';
import { connection, World } from '../../../../builders/connection';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

const world = new World();
connection({}, world).receives({ cmd: 'hb', vmc_no: 7 });
const { entries } = world;
const refused: RefusedEntries = { waiting: entries.length, lost: 5, detail: 'ENOSPC', gone: null };

/** Reports and actions, in order. */
async function ended(place: AskPlace, of = refused): Promise<readonly string[]> {
  const said: string[] = [];
  const ends = rescue({
    place: async (...asked) => {
      said.push(`asked ${asked[1] ?? ''}`.trim());
      return place(...asked);
    },
    line: (line) => said.push(line),
    problem: (detail) => said.push(detail),
  });
  const isLost = await ends(of, () => {
    said.push('taken');
    return Promise.resolve([packEntries(entries)]);
  });
  if (isLost) said.push('lost');
  return said;
}

it('without a place the number of lost records is reported, and none is written', async () => {
  expect(await ended(() => Promise.resolve(null))).toEqual([
    'asked',
    `journal: ${entries.length} records are lost: the disk refuses them (ENOSPC); 5 found no room before and are lost`,
    'lost',
  ]);
});

it('the file name has the local time', () => {
  vi.stubEnv('TZ', 'Asia/Shanghai');
  try {
    expect(rescueFile('x', Date.UTC(2026, 10, 26, 23, 14, 5))).toBe(
      join('x', 'crema-rescued-2026-11-27T07-14-05.jsonl'),
    );
  } finally {
    vi.unstubAllEnvs();
  }
});

it('with a place the records are written in order and reported, with the number lost before', async () => {
  const file = rescueFile(folder('not there yet'), Date.UTC(2026, 10, 26, 13));
  expect(await ended(() => Promise.resolve(file))).toEqual([
    'asked',
    'taken',
    `journal: ${entries.length} records that the disk refuses are written to ${file}; 5 found no room before and are lost`,
    'lost',
  ]);
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(-entries.length);
  expect(lines.map((line) => (JSON.parse(line) as { readonly id: number }).id)).toEqual(
    entries.map(({ id }) => id),
  );
});

it('a place that also refuses is reported, and the user is asked again until cancelled', async () => {
  const inTheWay = folder('file');
  writeFileSync(inTheWay, '');
  const places = [join(inTheWay, 'a.jsonl'), null];
  const said = await ended(() => Promise.resolve(places.shift() ?? null));
  expect(said[2]).toMatch(/^the records could not be written to .*a\.jsonl \(/);
  expect(said[3]).toMatch(/^asked .+/);
  expect(said[4]).toContain(`${entries.length} records are lost`);
});

it('without waiting records, only earlier losses are reported, and nobody is asked', async () => {
  expect(await ended(() => Promise.resolve(null), { ...refused, waiting: 0 })).toEqual([
    'journal: 5 records found no room while the disk refused and are lost',
    'lost',
  ]);
  expect(await ended(() => Promise.resolve(null), { ...refused, waiting: 0, lost: 0 })).toEqual([]);
});

it('records written elsewhere are not lost; those of a deleted or moved journal are', async () => {
  const file = rescueFile(folder(), 0);
  expect((await ended(() => Promise.resolve(file), { ...refused, lost: 0 })).at(-1)).toContain(
    'are written to',
  );
  const gone = (why: 'deleted' | 'moved'): RefusedEntries => ({
    waiting: 0,
    lost: 0,
    detail: '',
    gone: { why, file: '/old/journal.sqlite' },
  });
  expect(await ended(() => Promise.resolve(null), gone('deleted'))).toEqual([
    'journal: earlier records are lost: the data folder was deleted while Crema was running',
    'lost',
  ]);
  expect(await ended(() => Promise.resolve(null), gone('moved'))).toEqual([
    'journal: earlier records are not in the data folder, which was moved away while Crema was running: they are in /old/journal.sqlite',
    'lost',
  ]);
});
