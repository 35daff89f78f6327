/** The workshop's sequences in the data folder: kept, read at the next start, and a file of which something can't be read is never lost. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OwnSequence } from '#shared/model/sequence';
import { sequencesService } from '../../../../src/main/services/sequences';
import { writeSequences } from '../../../../src/main/services/sequencesFile';

let folder: string;
let file: string;
const problems: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-sequences-'));
  file = join(folder, 'sequences.json');
  problems.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function started(chosen: string | null = null) {
  const service = sequencesService({
    directory: folder,
    now: () => new Date(2026, 10, 2, 8, 30).getTime(),
    changed: () => undefined,
    problem: (detail) => problems.push(detail),
    askPlace: () => Promise.resolve(chosen),
    askFile: () => Promise.resolve(chosen),
  });
  await service.start?.();
  const own = () => service.live.sequences();
  const keep = (sequence: OwnSequence | null, before: string | null = null) =>
    service.requests.keepSequence({ before, sequence }, { windowId: 1, screen: '' });
  return { service, own, keep, names: () => own().all.map(({ name }) => name) };
}
const named = (name: string): OwnSequence => ({ name, note: '', steps: [{ do: 'wait', seconds: 5 }] });

it('what is kept is there at the next start, sorted by name', async () => {
  const { keep, names } = await started();
  await keep(named('b'));
  await keep(named('a'));
  await keep(named('c'), 'b');
  expect(names()).toEqual(['a', 'c']);
  await expect(keep(named('a'))).rejects.toThrow('sequenceNamed');
  await expect(keep(named('d'), 'b')).rejects.toThrow('sequenceGone');
  expect((await started()).names()).toEqual(['a', 'c']);
});

it('a file of which something can’t be read stands as it is until it is written, and then is kept beside it', async () => {
  const text = writeSequences([named('a')]).replace('"sequences": [', '"sequences": [ {"name": "odd"},');
  writeFileSync(file, text);
  const { own, keep, names } = await started();
  expect([names(), own().refused.map(({ name }) => name), own().aside]).toEqual([['a'], ['odd'], null]);
  expect(readdirSync(folder)).toEqual(['sequences.json']);
  await keep(named('b'));
  const { aside } = own();
  expect(aside).toBe('sequences.damaged-2026-11-02T08-30-00.json');
  expect(readFileSync(join(folder, aside ?? ''), 'utf8')).toBe(text);
  expect([names(), own().refused]).toEqual([['a', 'b'], []]);
  await keep(named('c'));
  expect(readdirSync(folder)).toHaveLength(2);
});

it('a file that is none at all is kept beside the first that is written', async () => {
  writeFileSync(file, '{"crema": "seque');
  const { own, keep } = await started();
  expect(own()).toMatchObject({ all: [], refused: [{ line: 1, reason: 'noEntry' }] });
  await keep(named('a'));
  expect(readFileSync(join(folder, own().aside ?? ''), 'utf8')).toBe('{"crema": "seque');
  expect((await started()).names()).toEqual(['a']);
});

it('where it can’t be written, nothing is another and that is said', async () => {
  const { keep, names, own } = await started();
  await keep(named('a'));
  rmSync(file);
  mkdirSync(file);
  await expect(keep(named('b'))).rejects.toThrow('sequencesNotKept');
  expect([names(), own().aside]).toEqual([['a'], null]);
});

it('an import keeps what is right, names what is wrong, and says what it comes to', async () => {
  const chosen = join(folder, 'given.json');
  const { service, keep, names } = await started(chosen);
  await keep(named('a'));
  await keep(named('b'));
  const given = [named('a'), { ...named('b'), note: 'new' }, named('c')];
  writeFileSync(chosen, writeSequences(given).replace('"sequences": [', '"sequences": [\n{"name": "odd"},'));
  const sender = { windowId: 1, screen: '' };
  expect(await service.requests.importSequences(undefined, sender)).toMatchObject({
    added: 1,
    changed: 1,
    same: 1,
    refused: [{ name: 'odd', line: 5 }],
  });
  expect(names()).toEqual(['a', 'b', 'c']);
  await service.requests.exportSequences(undefined, sender);
  expect(readFileSync(chosen, 'utf8')).toBe(readFileSync(file, 'utf8'));
  expect(existsSync(`${chosen}.part`)).toBe(false);
  writeFileSync(chosen, '7');
  await expect(service.requests.importSequences(undefined, sender)).rejects.toMatchObject({
    error: { code: 'noSequences', params: { line: 1 } },
  });
});
