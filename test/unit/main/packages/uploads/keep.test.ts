/** Files received from machines, and their notes, on a damaged disk. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import type { FetchedFile } from '#shared/model/fetched';
import {
  endUnfinished,
  uploadError,
  keptFiles,
  type Asked,
} from '../../../../../src/main/packages/uploads/keep';
import { writeKept } from '../../../../../src/main/lib/files/writeKept';
import { Random } from '../../../../../src/main/tools/simulator/random';
import { hashFile } from '../../../../../src/main/packages/library/openFile';
import { flipBit } from '../../../../builders/bitFlips';
import { memory } from '../../../../builders/folders';
import { useFolder } from '../../../../builders/useFolder';

const content = 'a log of some length\n';
const one: FetchedFile = {
  id: 17,
  vmcNo: 33_232,
  type: 'log',
  day: '2026-03-04',
  askedAt: 1_000,
  at: 2_000,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  fileName: 'a.log',
  remoteAddress: '192.0.2.7',
};
const two: FetchedFile = { ...one, id: 18, type: 'recipe', day: null, at: 1_500, fileName: 'b.zip' };

const folder = useFolder('each', memory);
const damage: string[] = [];
/** Recorded commands, by id. */
const commands = new Map<number, Asked>();
const at = (name: string | number): string => folder(String(one.vmcNo), String(name));

beforeEach(() => {
  damage.length = 0;
  commands.clear();
  mkdirSync(folder(String(one.vmcNo)));
  for (const file of [one, two]) {
    writeFileSync(at(file.id), content);
    writeKept(`${at(file.id)}.json`, { ...file });
  }
});

const hash = async (file: string): Promise<string> => (await hashFile(file, ['sha256'])).sha256;
const kept = (): Promise<readonly FetchedFile[]> =>
  keptFiles({
    folder: folder(),
    hash,
    asked: (id) => Promise.resolve(commands.get(id) ?? null),
    onDamage: ({ what, file }) => damage.push(`${what} ${file}`),
  });

it('200 flipped bits in notes or their copies: every file stays known, and damage is reported', async () => {
  const notes = ['17.json', '17.copy.json', '18.json', '18.copy.json'].map(at);
  const before = new Map(notes.map((note) => [note, readFileSync(note)]));
  const random = new Random(49);
  let reported = 0;
  for (let n = 0; n < 200; n += 1) {
    for (const [note, bytes] of before) writeFileSync(note, bytes);
    damage.length = 0;
    flipBit(notes[n % notes.length] ?? '', random);
    expect(await kept()).toEqual([one, two]);
    expect(damage.filter((what) => !/^fromCopy fetched\/33232\/1[78]\.json$/.test(what))).toEqual([]);
    reported += damage.length;
    for (const name of readdirSync(at('.'))) if (name.includes('.damaged-')) rmSync(at(name));
  }
  expect(reported).toBeGreaterThan(60);
});

it('a file without a note is identified by its command, and the note is written again', async () => {
  for (const name of ['17.json', '17.copy.json']) rmSync(at(name));
  commands.set(17, { type: 'log', day: '2026-03-04', askedAt: 1_000 });
  const [again] = await kept();
  expect(again).toMatchObject({ ...one, at: again?.at, fileName: '', remoteAddress: '' });
  expect(damage).toEqual(['foundAgain fetched/33232/17']);
  damage.length = 0;
  expect(await kept()).toEqual([again, two]);
  expect(damage).toEqual([]);
});

it('a file without a recorded command stays in place and is reported', async () => {
  writeFileSync(at('17.json'), '{');
  writeFileSync(at('17.copy.json'), '{');
  expect(await kept()).toEqual([two]);
  expect(damage).toEqual(['stray fetched/33232/17']);
  expect(readFileSync(at(17), 'utf8')).toBe(content);
  expect(readFileSync(at('17.json'), 'utf8')).toBe('{');
});

it('a missing or unreadable file stays on the list; a changed file is distinguished from intact ones', async () => {
  rmSync(at(18));
  mkdirSync(at(18));
  const unreadable = await uploadError(folder(), two, hash);
  expect(await uploadError(folder(), one, hash)).toBeNull();
  flipBit(at(17), new Random(1));
  expect([unreadable?.what, (await uploadError(folder(), one, hash))?.what]).toEqual([
    'unreadable',
    'changed',
  ]);
  rmSync(at(17));
  expect(await uploadError(folder(), one, hash)).toEqual({ what: 'gone', detail: '' });
  expect(await kept()).toEqual([one, two]);
  expect(damage).toEqual([]);
});

it('a note of another file loses no file, and claims none for its own machine', async () => {
  const elsewhere = { ...one, vmcNo: 5, id: 9 };
  commands.set(17, { type: 'log', day: '2026-03-04', askedAt: 1_000 });
  for (const name of ['17.json', '17.copy.json']) rmSync(at(name));
  writeKept(at('17.json'), { ...elsewhere });
  const found = await kept();
  expect(found.map(({ vmcNo, id, sha256 }) => ({ vmcNo, id, sha256 }))).toEqual(
    expect.arrayContaining([one, two].map(({ vmcNo, id, sha256 }) => ({ vmcNo, id, sha256 }))),
  );
  expect(found).toHaveLength(2);
  expect(damage).toEqual(['foundAgain fetched/33232/17']);
});

it('a file of a killed process gets its name if it is complete, and is removed otherwise', async () => {
  // Killed before the file got its name; during its first bytes; and during a second upload.
  renameSync(at(17), at('17.part'));
  writeFileSync(at('18.part'), content.slice(1));
  writeFileSync(at('19.part'), content);
  expect(await endUnfinished({ folder: folder(), hash })).toEqual([
    'fetched/33232/18.part',
    'fetched/33232/19.part',
  ]);
  expect(readdirSync(at('.')).filter((name) => !name.endsWith('.json'))).toEqual(['17', '18']);
  expect(await kept()).toEqual([one, two]);
  expect(damage).toEqual([]);
  expect(await uploadError(folder(), one, hash)).toBeNull();
});

it('a folder without such a file, and a missing folder, need no cleanup', async () => {
  expect(await endUnfinished({ folder: folder(), hash })).toEqual([]);
  expect(await endUnfinished({ folder: at('none'), hash })).toEqual([]);
  expect(await kept()).toEqual([one, two]);
});
