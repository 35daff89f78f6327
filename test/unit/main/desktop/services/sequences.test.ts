/** The workshop's sequences in the data folder: kept, and read at the next start. A partly unreadable file is never lost. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import type { OwnSequence } from '#shared/model/sequence';
import { readKept } from '../../../../../src/main/lib/files/keptFile';
import { Random } from '../../../../../src/main/tools/simulator/random';
import { FileReader } from '../../../../../src/main/tools/readers/fileReader';
import { serveReaderCalls } from '../../../../../src/main/tools/readers/readerCalls';
import { inThisProcess } from '../../../../builders/inThisProcess';
import { sequencesService } from '../../../../../src/main/desktop/services/sequences';
import { writeSequences } from '../../../../../src/main/core/lists/sequencesFile';
import { flipBit } from '../../../../builders/bitFlips';
import { memory } from '../../../../builders/folders';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder('each', memory);
let file: string;
const damage: string[] = [];
beforeEach(() => {
  file = folder('sequences.json');
  damage.length = 0;
});

async function started(chosen: string | null = null) {
  const service = sequencesService({
    reader: new FileReader('', inThisProcess(serveReaderCalls)),
    directory: folder(),
    now: () => new Date(2026, 10, 2, 8, 30).getTime(),
    changed: () => undefined,
    onDamage: ({ what, file: name }) => damage.push(`${what} ${name}`),
    askPlace: () => Promise.resolve(chosen),
    askFile: () => Promise.resolve(chosen),
  });
  await service.start?.();
  const own = () => service.live.sequences();
  const keep = (sequence: OwnSequence | null, before: string | null = null) =>
    service.requests.keepSequence({ before, sequence }, { windowId: 1, screen: '', capture: null });
  return { service, own, keep, names: () => own().all.map(({ name }) => name) };
}
const named = (name: string): OwnSequence => ({ name, note: '', steps: [{ do: 'wait', seconds: 5 }] });

it('kept sequences are there at the next start, sorted by name', async () => {
  const { keep, names } = await started();
  await keep(named('b'));
  await keep(named('a'));
  await keep(named('c'), 'b');
  expect(names()).toEqual(['a', 'c']);
  await expect(keep(named('a'))).rejects.toThrow('sequenceNamed');
  await expect(keep(named('d'), 'b')).rejects.toThrow('sequenceGone');
  expect((await started()).names()).toEqual(['a', 'c']);
});

it('a partly unreadable file stays unchanged until the next write, and then is kept beside it', async () => {
  const text = writeSequences([named('a')]).replace('"sequences": [', '"sequences": [ {"name": "odd"},');
  writeFileSync(file, text);
  const { own, keep, names } = await started();
  expect([names(), own().refused.map(({ name }) => name), own().aside]).toEqual([['a'], ['odd'], null]);
  expect(readdirSync(folder())).toEqual(['sequences.json']);
  await keep(named('b'));
  const { aside } = own();
  expect(aside).toBe('sequences.damaged-2026-11-02T08-30-00.json');
  expect(readFileSync(folder(aside ?? ''), 'utf8')).toBe(text);
  expect([names(), own().refused]).toEqual([['a', 'b'], []]);
  await keep(named('c'));
  expect(readdirSync(folder())).toHaveLength(3);
});

it('an invalid file is kept beside the first that is written', async () => {
  writeFileSync(file, '{"crema": "seque');
  const { own, keep } = await started();
  expect(own()).toMatchObject({ all: [], refused: [{ line: 1, reason: 'noEntry' }] });
  await keep(named('a'));
  expect(readFileSync(folder(own().aside ?? ''), 'utf8')).toBe('{"crema": "seque');
  expect((await started()).names()).toEqual(['a']);
});

it('after a failed write nothing has changed, and the failure is reported', async () => {
  const { keep, names, own } = await started();
  await keep(named('a'));
  rmSync(file);
  mkdirSync(file);
  await expect(keep(named('b'))).rejects.toThrow('sequencesNotKept');
  expect([names(), own().aside]).toEqual([['a'], null]);
});

it('an import keeps valid sequences, names invalid ones, and reports the result', async () => {
  const chosen = folder('given.json');
  const { service, keep, names } = await started(chosen);
  await keep(named('a'));
  await keep(named('b'));
  const given = [named('a'), { ...named('b'), note: 'new' }, named('c')];
  writeFileSync(chosen, writeSequences(given).replace('"sequences": [', '"sequences": [\n{"name": "odd"},'));
  const sender = { windowId: 1, screen: '', capture: null };
  expect(await service.requests.importSequences(undefined, sender)).toMatchObject({
    added: 1,
    changed: 1,
    same: 1,
    refused: [{ name: 'odd', line: 5 }],
  });
  expect(names()).toEqual(['a', 'b', 'c']);
  await service.requests.exportSequences(undefined, sender);
  const { check, ...kept } = JSON.parse(readFileSync(file, 'utf8')) as { readonly check: string };
  expect([check.length, JSON.parse(readFileSync(chosen, 'utf8'))]).toEqual([64, kept]);
  expect(existsSync(`${chosen}.part`)).toBe(false);
  writeFileSync(chosen, '7');
  await expect(service.requests.importSequences(undefined, sender)).rejects.toMatchObject({
    error: { code: 'noSequences', params: { line: 1 } },
  });
});

it('200 flipped bits in the file or its copy: no sequence is lost, and damage is reported', async () => {
  const copy = folder('sequences.copy.json');
  const first = await started();
  await first.keep(named('a'));
  await first.keep({ ...named('b'), note: 'at night' });
  const whole = first.own().all;
  const before = new Map([file, copy].map((one) => [one, readFileSync(one)]));
  const random = new Random(49);
  let told = 0;
  for (let n = 0; n < 200; n += 1) {
    for (const [one, bytes] of before) writeFileSync(one, bytes);
    damage.length = 0;
    flipBit(n % 4 === 0 ? copy : file, random);
    expect((await started()).own()).toEqual({ all: whole, refused: [], aside: null });
    expect(damage.filter((one) => one !== 'fromCopy sequences.json')).toEqual([]);
    expect(readKept(file)).toMatchObject({ state: 'sound', isSafe: true });
    const aside = readdirSync(folder()).filter((name) => name.includes('.damaged-'));
    expect(aside).toHaveLength(damage.length);
    for (const name of aside) rmSync(folder(name));
    told += damage.length;
  }
  expect(told).toBeGreaterThan(100);
});

it('with file and copy damaged, the contents of both are there, and it is reported', async () => {
  const { keep } = await started();
  await keep(named('a'));
  await keep(named('b'));
  const copy = folder('sequences.copy.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"name": "a"', '"nome": "a"'));
  writeFileSync(copy, readFileSync(copy, 'utf8').replace('"name": "b"', '"nome": "b"'));
  expect((await started()).names()).toEqual(['a', 'b']);
  expect(damage).toEqual(['unproven sequences.json']);
});
