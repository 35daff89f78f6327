import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SentFile } from '../../../../../src/main/sites/files/sentFile';
import { chunkBytes } from '../../../../../src/main/sites/wire/file';
import { longestSiteUpload } from '#shared/model/siteFiles';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
const { signal } = new AbortController();
const opened = (path: string): Promise<SentFile> => SentFile.open(path, signal);

it('gives the chunks of the file that was hashed', async () => {
  const path = folder('one');
  const content = Buffer.alloc(2 * chunkBytes + 1, 'ab');
  writeFileSync(path, content);
  const file = await opened(path);
  try {
    expect([file.size, file.chunks]).toEqual([content.length, 3]);
    expect(file.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    const chunks = await Promise.all([0, 1, 2].map((n) => file.chunk(n)));
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  } finally {
    await file.close();
  }
});

it('refuses a chunk that has changed, or is cut off', async () => {
  const path = folder('one');
  writeFileSync(path, Buffer.alloc(2 * chunkBytes));
  const file = await opened(path);
  try {
    writeFileSync(path, Buffer.alloc(chunkBytes, 1));
    await expect(file.chunk(0)).rejects.toMatchObject({ code: 'siteFileChanged' });
    await expect(file.chunk(1)).rejects.toMatchObject({ code: 'siteFileChanged' });
  } finally {
    await file.close();
  }
});

it('refuses a file that is empty, too large, or no file', async () => {
  const path = folder('one');
  writeFileSync(path, '');
  await expect(opened(path)).rejects.toMatchObject({ code: 'emptyFile' });
  truncateSync(path, longestSiteUpload + 1);
  await expect(opened(path)).rejects.toMatchObject({ code: 'siteFileTooLarge' });
  await expect(opened(folder())).rejects.toMatchObject({ code: 'unreadable' });
});

// Windows has no such pipes.
it.runIf(process.platform !== 'win32')('refuses a pipe without waiting for its writer', async () => {
  execFileSync('mkfifo', [folder('pipe')]);
  await expect(opened(folder('pipe'))).rejects.toMatchObject({ code: 'unreadable' });
});
