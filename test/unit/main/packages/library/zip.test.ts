/** ZIPs built to be read in two ways, or that no machine can unpack. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageLimits } from '#shared/limits';
import { contentOf } from '../../../../../src/main/packages/uploads/content';
import { Refused } from '../../../../../src/main/packages/host/refused';
import { checkZip, contentsOf } from '../../../../../src/main/packages/library/zip';
import { useFolder } from '../../../../builders/useFolder';
import { rawZip, zip64, type RawMember } from '../../../../builders/zips';

const folder = useFolder('all');

const written = (zip: Buffer): string => {
  const file = folder('a.zip');
  writeFileSync(file, zip);
  return file;
};
const { signal } = new AbortController();

/** Its members, or the refusal and its member. */
async function checkedZip(zip: Buffer): Promise<number | readonly unknown[]> {
  const file = written(zip);
  try {
    return (await checkZip(file, { signal, onProgress: () => undefined })).members;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [error.reason, error.params['member']];
  }
}
const checked = (members: readonly RawMember[]) => checkedZip(rawZip(members));
const named = (...names: readonly string[]): readonly RawMember[] => names.map((name) => ({ name }));

describe('names that file systems do not accept', () => {
  const long = 'n'.repeat(packageLimits.name);
  it.each([
    ['', ''],
    ['.', '.'],
    ['././', null],
    [long, null],
    [`a/${long}`, null],
    [`${long}n`, `${long}n`.slice(0, 100)],
    [`a/${long}n/b`, `a/${long}`.slice(0, 100)],
    ['深'.repeat(85), null],
    ['深'.repeat(86), '深'.repeat(86)],
    ['a/'.repeat(packageLimits.path / 2 - 1) + 'bc', null],
    ['a/'.repeat(packageLimits.path / 2 - 1) + 'bcd', 'a/'.repeat(50)],
  ])('%s: %s', async (name, shown) => {
    const members = name.endsWith('/') ? 1 : 2;
    expect(await checked(named('ok', name))).toEqual(shown === null ? members : ['unusableName', shown]);
  });
});

describe('a file with the name of a folder', () => {
  it.each([
    [['a', 'a/b']],
    [['a/b', 'a']],
    [['a/b/c/d', 'A/B']],
    [['a/b', 'a/b/c/d']],
    [['a/', 'a']],
    [['a', 'a/']],
  ])('%s', async (names) => {
    expect(await checked(named('ok', ...names))).toEqual(['duplicate', names[1]]);
  });

  it('folders may be listed before their files, after them, or not at all', async () => {
    expect(await checked(named('a/', 'a/b', 'c/d', 'c/', 'e/f', 'e/g/h'))).toBe(4);
  });
});

describe('GBK names with a byte that is a backslash in another encoding', () => {
  // 許功 ends with one.
  const gbk = Buffer.from('d553b95c', 'hex');
  const name = new TextDecoder('gbk').decode(gbk);

  it('belong to files, which are checked and listed', async () => {
    expect(name).toMatch(/^..$/);
    expect(await checked([{ name: gbk }])).toBe(1);
    expect(await checked([{ name: gbk, crc: 1 }])).toEqual(['damagedMember', name]);
    const file = written(rawZip([{ name: gbk }]));
    expect(await contentsOf(file, '', signal)).toEqual({ members: [{ name, size: 1 }], found: 1 });
  });

  it('a real backslash separates folders, and cannot leave them', async () => {
    expect(await checked([{ name: Buffer.concat([gbk, Buffer.from('\\a')]) }])).toBe(1);
    const out = Buffer.concat([gbk, Buffer.from('\\..\\..\\a')]);
    expect(await checked([{ name: out }])).toEqual(['unsafeMember', `${name}/../../a`]);
  });
});

describe('members that the directory does not list', () => {
  it.each([0, 1, 2])('at place %s', async (place) => {
    for (const hasDescriptor of [false, true]) {
      const members: RawMember[] = [
        { name: 'a', hasDescriptor },
        { name: 'b', hasDescriptor },
      ];
      expect(await checked(members)).toBe(2);
      members.splice(place, 0, { name: '../x', isListed: false });
      expect(await checked(members)).toEqual(['moreMembers', undefined]);
    }
  });

  it('a second ZIP after the first', async () => {
    const [one, other] = [rawZip(named('a')), rawZip(named('b'))];
    expect(await checkedZip(Buffer.concat([one, other]))).toEqual(['moreMembers', undefined]);
  });

  it('a ZIP stored as a member does not count, nor does a self-extractor before the first member', async () => {
    const inner = rawZip(named('../x')).toString('latin1');
    expect(await checked([{ name: 'a.zip', data: inner }, { name: 'b' }])).toBe(2);
    const [own, list] = [rawZip(named('a')), 'MZ, a program'];
    const before = Buffer.concat([Buffer.from(list), own]);
    before.writeUInt32LE(before.readUInt32LE(before.length - 6) + list.length, before.length - 6);
    before.writeUInt32LE(list.length, before.indexOf('504b0102', 'hex') + 42);
    expect(await checkedZip(before)).toBe(1);
  });
});

describe('kinds of members', () => {
  const unix = 3 << 8;
  it.each([0o010_644, 0o020_644, 0o060_644, 0o140_644])('%s is refused', async (mode) => {
    const attributes = mode * 65_536;
    expect(await checked([{ name: 'a', madeBy: unix, attributes }])).toEqual(['device', 'a']);
    // Other systems write arbitrary values there.
    expect(await checked([{ name: 'a', attributes }])).toBe(1);
  });

  it.each([0, 0o100_755, 0o644])('%s is a file', async (mode) => {
    expect(await checked([{ name: 'a', madeBy: unix, attributes: mode * 65_536 }])).toBe(1);
  });
});

describe('a ZIP64 whose end lies beyond the file', () => {
  it.each([2n ** 64n - 1n, 2n ** 63n, 2n ** 53n, 1_000n])('%s', async (place) => {
    const zip = zip64(rawZip(named('a')), place);
    expect(await checkedZip(zip)).toEqual(['damagedDirectory', undefined]);
    expect(await contentOf(written(zip))).toMatchObject({ members: [], isCut: true });
  });
});
