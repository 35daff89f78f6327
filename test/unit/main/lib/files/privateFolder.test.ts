/** Rights of a data folder made by an earlier version. */
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeFolderPrivate } from '../../../../../src/main/lib/files/privateFolder';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

const modeOf = (name: string): string => (statSync(folder(name)).mode & 0o7777).toString(8);
function write(name: string, mode: number): void {
  writeFileSync(folder(name), name);
  chmodSync(folder(name), mode);
}

describe.skipIf(process.platform === 'win32')('a data folder that others can read', () => {
  beforeEach(() => {
    mkdirSync(folder('packages'));
    chmodSync(folder('packages'), 0o775);
    write('settings.json', 0o644);
    write('journal.sqlite-wal', 0o664);
    write('packages/packages.json', 0o666);
    write('tools.sh', 0o755);
    chmodSync(folder(), 0o755);
  });

  it('becomes private with all files of Crema; other files stay as they are', () => {
    makeFolderPrivate(folder());
    expect(
      ['.', 'packages', 'settings.json', 'journal.sqlite-wal', 'packages/packages.json'].map(modeOf),
    ).toEqual(['700', '700', '600', '600', '600']);
    expect(modeOf('tools.sh')).toBe('755');
  });

  it('stays open if others need it, such as a folder for temporary files', () => {
    chmodSync(folder(), 0o1777);
    makeFolderPrivate(folder());
    expect([modeOf('.'), modeOf('settings.json')]).toEqual(['1777', '600']);
  });

  it('does not follow links out of the folder', () => {
    mkdirSync(folder('elsewhere'));
    write('elsewhere/file', 0o644);
    symlinkSync(folder('elsewhere'), folder('photos'));
    makeFolderPrivate(folder());
    expect(modeOf('elsewhere/file')).toBe('644');
  });
});
