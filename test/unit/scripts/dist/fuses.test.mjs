import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  builderFuses,
  checkFuses,
  fuses,
  readFuses,
  wrongFuses,
} from '../../../../scripts/lib/dist/fuses.mjs';
import { useFolder } from '../../../builders/useFolder';

/** The runtime's form: a mark, the version of the wire, its length, and a byte for each fuse. */
const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const right = '01001100';

const folder = useFolder();

/** @param {string} states */
async function program(states) {
  const file = folder('program');
  const wire = Buffer.concat([Buffer.from([1, states.length]), Buffer.from(states)]);
  await writeFile(file, Buffer.concat([Buffer.alloc(1_000), Buffer.from(mark), wire, Buffer.alloc(100)]));
  return file;
}

describe('fuses', () => {
  it('those of a file are read back', async () => {
    expect(await readFuses(await program('0101r100'))).toEqual({
      RunAsNode: 'off',
      EnableCookieEncryption: 'on',
      EnableNodeOptionsEnvironmentVariable: 'off',
      EnableNodeCliInspectArguments: 'on',
      EnableEmbeddedAsarIntegrityValidation: 'removed',
      OnlyLoadAppFromAsar: 'on',
      LoadBrowserProcessSpecificV8Snapshot: 'off',
      GrantFileProtocolExtraPrivileges: 'off',
    });
  });
  it('as they must be they pass', async () => {
    expect(wrongFuses(await checkFuses(await program(right)))).toEqual([]);
  });
  it('each that differs, or is not there, fails the build by its name', async () => {
    for (const [index, name] of Object.keys(fuses).entries()) {
      const other = right[index] === '1' ? '0' : '1';
      const states = right.slice(0, index) + other + right.slice(index + 1);
      await expect(checkFuses(await program(states))).rejects.toThrow(
        `${name} is ${other === '1' ? 'on' : 'off'}`,
      );
    }
    await expect(checkFuses(await program(right.slice(0, 7)))).rejects.toThrow(
      'GrantFileProtocolExtraPrivileges is missing',
    );
  });
  it('electron-builder gets the same', () => {
    expect(builderFuses).toMatchObject({ runAsNode: false, onlyLoadAppFromAsar: true });
    expect(Object.values(builderFuses)).toEqual(Object.values(fuses));
  });
});
