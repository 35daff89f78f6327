/** Files of the data folder are read without waiting, whatever they are. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { notedEnd } from '../../../../../src/main/desktop/audit/lines';
import { CrashNotes } from '../../../../../src/main/desktop/crashes/notes';
import { readKept } from '../../../../../src/main/lib/files/keptFile';
import { readRegular } from '../../../../../src/main/lib/files/readRegular';
import { useFolder } from '../../../../builders/useFolder';

const at = useFolder();
const pipe = (name: string): string => {
  execFileSync('mkfifo', [at(name)]);
  return at(name);
};

it('a file gives its text, and a missing one an error', () => {
  writeFileSync(at('a'), '中文');
  expect(readRegular(at('a'))).toBe('中文');
  expect(() => readRegular(at('none'))).toThrow(/ENOENT/);
});

describe.skipIf(process.platform === 'win32')('a file that never ends', () => {
  it.each(['pipe', '/dev/zero', 'folder'])('is refused at once: %s', (what) => {
    if (what === 'pipe') pipe('file');
    else if (what === 'folder') mkdirSync(at('file'));
    else symlinkSync(what, at('file'));
    expect(() => readRegular(at('file'))).toThrow('it is not a regular file');
  });

  it('does not hold up the audit trail, the crash notes or a kept file', () => {
    pipe('audit.jsonl.end');
    expect(notedEnd(at('audit.jsonl'))).toBeNull();
    for (const name of ['running.json', '7-server.json']) pipe(name);
    const notes = new CrashNotes(at());
    expect(notes.text('7-server')).toBeNull();
    expect(notes.leftRunning()).toMatchObject({ facts: {} });
    expect(readKept(pipe('list.json'))).toMatchObject({ detail: 'it is not a regular file' });
  });
});
