/** A file is written completely or not at all, and special files stay what they are. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { writeWholeFile, refuseJournalFile } from '../../../../../src/main/lib/files/writeWholeFile';
import type { Write } from '../../../../../src/main/core/captures/types';
import { useFolder } from '../../../../builders/useFolder';

const never = new AbortController().signal;
const isWindows = process.platform === 'win32';

const at = useFolder();
const words =
  (text: string) =>
  (write: Write): Promise<void> =>
    write(Buffer.from(text));

describe.skipIf(isWindows)('a special file', () => {
  it('is written directly and stays what it is', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const read = readFile(at('pipe'), 'utf8');
    await writeWholeFile(at('pipe'), words('through the pipe'), never);
    expect(await read).toBe('through the pipe');
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
    expect(readdirSync(at())).toEqual(['pipe']);
  });

  it('a pipe without a reader can be cancelled', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const cancel = new AbortController();
    const writing = writeWholeFile(at('pipe'), words('x'), cancel.signal);
    setTimeout(() => cancel.abort(), 50);
    await expect(writing).rejects.toThrow(/abort/i);
    // The cancelled open call must not block the threads of the test.
    await readFile(at('pipe'));
  });

  it('a pipe whose reader pauses can be cancelled', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const cancel = new AbortController();
    const reader = openSync(at('pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
    const writing = writeWholeFile(at('pipe'), (write) => write(Buffer.alloc(1_000_000)), cancel.signal);
    setTimeout(() => cancel.abort(), 50);
    await expect(writing).rejects.toThrow(/abort/i);
    // Releases the thread of the write.
    closeSync(reader);
  });

  it('a folder is refused under its own name', async () => {
    mkdirSync(at('dir'));
    await expect(writeWholeFile(at('dir'), words('x'), never)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(readdirSync(at())).toEqual(['dir']);
  });
});

describe.skipIf(isWindows)('a link', () => {
  it('stays, and its target is replaced', async () => {
    mkdirSync(at('far'));
    writeFileSync(at('far/file'), 'old');
    symlinkSync('far/file', at('link'));
    await writeWholeFile(at('link'), words('new'), never);
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('far/file'), 'utf8')).toBe('new');
    expect(readdirSync(at('far'))).toEqual(['file']);
  });

  it('to a missing file creates the target', async () => {
    mkdirSync(at('far'));
    symlinkSync('far/file', at('link'));
    symlinkSync('link', at('again'));
    await writeWholeFile(at('again'), words('new'), never);
    expect(readFileSync(at('far/file'), 'utf8')).toBe('new');
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
  });
});

describe('a file', () => {
  it.skipIf(isWindows)('keeps its access rights', async () => {
    writeFileSync(at('private'), 'old');
    chmodSync(at('private'), 0o600);
    await writeWholeFile(at('private'), words('new'), never);
    expect(statSync(at('private')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at('private'), 'utf8')).toBe('new');
  });

  it('in a missing folder is reported under the requested name', async () => {
    const file = at('no/such.csv');
    const missed = await writeWholeFile(file, words('x'), never).catch((error: unknown) => error);
    expect(missed).toMatchObject({ code: 'ENOENT' });
    expect(String(missed)).toContain(`'${file}'`);
    expect(String(missed)).not.toContain('.part');
  });
});

describe('the part of a killed process', () => {
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const longAgo = new Date(Date.now() - 3_600_000);
  const left = (name: string, changed: Date): void => {
    writeFileSync(at(name), 'half');
    utimesSync(at(name), changed, changed);
  };

  it('is removed by the next file in its folder', async () => {
    left(`frames.csv.crema-${gone}-1.part`, longAgo);
    await writeWholeFile(at('other.csv'), words('new'), never);
    expect(readdirSync(at())).toEqual(['other.csv']);
  });

  it('stays while its process, or another computer, may write it', async () => {
    const stay = [
      `frames.csv.crema-${process.pid}-999.part`,
      `frames.csv.crema-${gone}-1.part`,
      `frames.csv.${gone}-1.part`,
      'somebody.part',
    ];
    for (const name of stay) left(name, name.includes(`crema-${gone}`) ? new Date() : longAgo);
    await writeWholeFile(at('other.csv'), words('new'), never);
    expect(readdirSync(at()).toSorted()).toEqual([...stay, 'other.csv'].toSorted());
  });
});

describe('the journal', () => {
  it('cannot be overwritten, under any name', async () => {
    const journal = at('journal.sqlite');
    for (const suffix of ['', '-wal']) writeFileSync(journal + suffix, 'journal');
    mkdirSync(at('dir'));
    writeFileSync(at('other.csv'), '');
    linkSync(journal, at('hard'));
    const names = [journal, `${journal}-wal`, `${journal}-shm`, at('dir/../journal.sqlite'), at('hard')];
    if (!isWindows) {
      symlinkSync('journal.sqlite-wal', at('soft'));
      names.push(at('soft'));
    }
    for (const name of names)
      await expect(refuseJournalFile(journal, name), name).rejects.toMatchObject({ code: 'EEXIST' });
    for (const name of [at('other.csv'), at('new.csv'), at('no/such.csv')])
      await expect(refuseJournalFile(journal, name)).resolves.toBeUndefined();
  });
});
