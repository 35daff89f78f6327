import { createHash } from 'node:crypto';
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { PartFile } from '../../../../../src/main/sites/files/partFile';
import { chunkBytes, sizeOfChunk } from '../../../../../src/main/sites/wire/file';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
const { signal } = new AbortController();
const size = 2 * chunkBytes + 5;
const content = Buffer.alloc(size, 'xyz');
const sha256 = createHash('sha256').update(content).digest('hex');
const chunk = (n: number): Buffer => content.subarray(n * chunkBytes, n * chunkBytes + sizeOfChunk(size, n));

const open: PartFile[] = [];
afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});
async function opened(): Promise<PartFile> {
  const part = await PartFile.open(folder('part'), size);
  open.push(part);
  return part;
}

it('keeps its chunks, in any order, for the next launch', async () => {
  const first = await opened();
  expect([first.missing, first.isContinued]).toEqual([[0, 1, 2], false]);
  await first.take(2, chunk(2), 7);
  const second = await opened();
  expect([second.missing, second.seq, second.done, second.isContinued]).toEqual([[0, 1], 7, 5, true]);
  await second.take(0, chunk(0), 9);
  await second.take(1, chunk(1), 11);
  await second.copyTo(folder('whole'), { sha256 }, signal);
  expect(readFileSync(folder('whole')).equals(content)).toBe(true);
});

it('replaces a chunk by a newer one, and counts it once', async () => {
  const part = await opened();
  await part.take(0, Buffer.alloc(chunkBytes), 1);
  await part.take(0, chunk(0), 4);
  expect([part.done, part.seq]).toEqual([chunkBytes, 4]);
});

it('refuses chunks of another length or place', async () => {
  const part = await opened();
  for (const [n, bytes] of [
    [0, chunkBytes - 1],
    [2, 6],
    [3, 5],
  ] as const)
    await expect(part.take(n, Buffer.alloc(bytes), 1)).rejects.toMatchObject({ code: 'siteFileDiffers' });
  expect(part.missing).toEqual([0, 1, 2]);
});

it('leaves no file with another hash', async () => {
  const part = await opened();
  for (const n of [0, 1, 2]) await part.take(n, Buffer.alloc(sizeOfChunk(size, n)), n + 1);
  await expect(part.copyTo(folder('whole'), { sha256 }, signal)).rejects.toMatchObject({
    code: 'siteFileDiffers',
  });
  expect(existsSync(folder('whole'))).toBe(false);
});

it('begins again if its file has another length', async () => {
  const first = await opened();
  await first.take(0, chunk(0), 1);
  truncateSync(folder('part'), 10);
  expect((await opened()).missing).toEqual([0, 1, 2]);
});
