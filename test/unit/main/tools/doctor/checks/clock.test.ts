import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clock } from '../../../../../../src/main/tools/doctor/checks/clock';
import { codesOf, computer, factsOf, makeJournal } from '../../../../../builders/doctor';
import { useFolder } from '../../../../../builders/useFolder';

const folder = useFolder();

const day = 24 * 3_600_000;

it('is plausible if nothing is newer', async () => {
  makeJournal(folder(), 3);
  const before = factsOf(folder());
  expect(codesOf(await clock(computer({ folder: folder(), files: [process.execPath] })))).toEqual([
    'ok plausible',
  ]);
  expect(factsOf(folder())).toEqual(before);
});

it('is earlier than the program’s build', async () => {
  const file = folder('crema');
  writeFileSync(file, '');
  const { mtimeMs } = statSync(file);
  const at = (now: number): ReturnType<typeof clock> =>
    clock(computer({ folder: folder(), files: [file] }), now);
  // Some file systems store times without their zone.
  expect(codesOf(await at(mtimeMs - day))).toEqual(['ok plausible']);
  const found = await at(mtimeMs - day - 1);
  expect(codesOf(found)).toEqual(['problem beforeFiles']);
  expect(found[0]?.params).toMatchObject({ file });
});

it('is earlier than the newest record', async () => {
  const at = 1_700_000_000_000;
  utimesSync(makeJournal(folder(), 3, at), at / 1_000, at / 1_000);
  const look = (now: number): ReturnType<typeof clock> => clock(computer({ folder: folder() }), now);
  expect(codesOf(await look(at - 60_000))).toEqual(['ok plausible']);
  expect(codesOf(await look(at - 60_001))).toEqual(['problem beforeRecords']);
});
