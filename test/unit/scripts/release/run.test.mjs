import { createPublicKey } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at, root } from '../../../../scripts/lib/paths.mjs';
import { makeKey, privateKeyFrom } from '../../../../scripts/lib/release/makeKey.mjs';
import { signFolder } from '../../../../scripts/lib/release/sign.mjs';
import { verifyFolder } from '../../../../scripts/lib/release/verify.mjs';
import { onPath, run } from '../../../../scripts/lib/run.mjs';
import { keyIdOf, readKeys } from '../../../../src/main/lib/release/keys.ts';
import { useFolder } from '../../../builders/useFolder';

const folder = useFolder();
const deb = 'crema_1.2.3_amd64.deb';
const image = 'crema-1.2.3-linux-x86_64.AppImage';
const changelog = '## [Unreleased]\n\n## [1.2.3] - 2026-12-02\n\n- Fix: This.\n';
/** @type {import('../../../../src/main/lib/release/keys.ts').ReleaseKeys} */
const noKeys = new Map();

/** @param {string} list */
const keysIn = (list) => {
  const read = readKeys(readFileSync(list, 'utf8'));
  if (!read.ok) throw new Error(read.fault.is);
  return read.keys;
};
/** A release of two files, a key outside the project, and its list. */
async function released() {
  mkdirSync(folder('release'));
  writeFileSync(folder('release', deb), 'deb');
  writeFileSync(folder('release', image), 'image');
  writeFileSync(folder('keys.json'), '{ "keys": [] }\n');
  const made = { file: folder('key.pem'), list: folder('keys.json'), project: root };
  const id = await makeKey(made);
  const privateKey = await privateKeyFrom({ text: undefined, file: made.file, project: root });
  const keys = keysIn(made.list);
  /** @param {Partial<Parameters<typeof signFolder>[0]>} [more] */
  const sign = (more) =>
    signFolder({
      folder: folder('release'),
      version: '1.2.3',
      minimumVersion: '1.0.0',
      changelogs: { en: changelog, 'zh-CN': null },
      privateKey,
      keys,
      ...more,
    });
  return { id, keys, privateKey, sign, verify: () => verifyFolder(folder('release'), keys), made };
}

/** Windows has neither these modes nor these names. */
const isWindows = process.platform === 'win32';

describe.skipIf(isWindows)('the files of a release', () => {
  it('are signed and verified, file by file', async () => {
    const { id, sign, verify } = await released();
    expect(await sign()).toMatchObject({ isSigned: true });
    const all = [deb, image, 'SHA256SUMS', `SHA256SUMS.${id}.sig`, 'release.json'];
    expect(readdirSync(folder('release')).toSorted()).toEqual(all.toSorted());
    expect(await verify()).toEqual({
      isVerified: true,
      lines: [
        `Signature: correct, by the key ${id}`,
        'Crema 1.2.3, for updates from 1.0.0 on',
        `${image}: size and SHA-256 are correct`,
        `${deb}: size and SHA-256 are correct`,
      ],
    });
    expect(JSON.parse(readFileSync(folder('release', 'release.json'), 'utf8'))).toMatchObject({
      version: '1.2.3',
      minimumVersion: '1.0.0',
      notes: { en: '- Fix: This.' },
      files: [
        { name: image, size: 5 },
        { name: deb, size: 3 },
      ],
    });
    // Signed again, nothing of before is left.
    await sign({ changelogs: { en: changelog, 'zh-CN': changelog.replace('Fix: This', '修复：此项') } });
    expect(readFileSync(folder('release', 'release.json'), 'utf8')).toContain('修复');
    expect(await verify()).toMatchObject({ isVerified: true });
  });
  it('a changed, shortened, missing, linked or added file is named', async () => {
    const { sign, verify } = await released();
    await sign();
    writeFileSync(folder('release', deb), 'dab');
    writeFileSync(folder('release', image), 'imag');
    writeFileSync(folder('release', 'more.deb'), 'more');
    writeFileSync(folder('release', 'more.sig'), 'more');
    writeFileSync(folder('release', 'a\u202Efdp\u001B[2J.exe'), 'odd');
    const changed = await verify();
    expect(changed.isVerified).toBe(false);
    expect(changed.lines).toEqual(
      expect.arrayContaining([
        `${deb}: changed: its SHA-256 differs`,
        `${image}: changed: its size differs`,
        'more.deb: not part of the release',
        'more.sig: not a name of a release',
        'a⟨U+202E⟩fdp⟨U+001B⟩[2J.exe: not part of the release',
      ]),
    );
    rmSync(folder('release', deb));
    rmSync(folder('release', image));
    writeFileSync(folder('elsewhere'), 'image');
    symlinkSync(folder('elsewhere'), folder('release', image));
    const missing = await verify();
    expect(missing.lines).toEqual(
      expect.arrayContaining([`${deb}: missing`, `${image}: not a regular file`]),
    );
  });
  it('a changed signature, manifest or list of sums is refused before any file is believed', async () => {
    const { id, sign, verify } = await released();
    for (const [name, words] of [
      [
        `SHA256SUMS.${id}.sig`,
        `The signature of the key ${id} does not fit SHA256SUMS. One of them was changed.`,
      ],
      ['SHA256SUMS', `The signature of the key ${id} does not fit SHA256SUMS. One of them was changed.`],
      ['release.json', 'release.json is not the file that SHA256SUMS lists. One of them was changed.'],
    ]) {
      await sign();
      const path = folder('release', String(name));
      const bytes = readFileSync(path);
      bytes[9] = (bytes[9] ?? 0) ^ 4;
      writeFileSync(path, bytes);
      expect(await verify()).toEqual({ isVerified: false, lines: [`Signature: ${words}`] });
      writeFileSync(path, Buffer.alloc(1_000_000));
      expect(await verify()).toMatchObject({ isVerified: false });
      rmSync(path);
      expect(await verify()).toMatchObject({ isVerified: false });
    }
  });
  it('without a key they are compared with the sums, and called neither signed nor verified', async () => {
    const { sign, verify } = await released();
    const unsigned = await sign({ privateKey: null, keys: noKeys });
    expect(unsigned.isSigned).toBe(false);
    expect(unsigned.lines.at(-1)).toMatch(
      /^The files are not signed\. .* has no key yet: the owner makes one/,
    );
    const { isVerified, lines } = await verifyFolder(folder('release'), noKeys);
    expect(isVerified).toBe(false);
    expect(lines[0]).toMatch(
      /^Signature: The signature cannot be checked\. .* has no key yet: the owner makes one/,
    );
    expect(lines).toContain(`${deb}: size and SHA-256 are correct`);
    expect((await verify()).lines[0]).toBe('Signature: The release is not signed.');
  });
  it.each([
    ['a b-1.2.3-x.deb', 'the code hosting site would change the name'],
    ['crema_1.2.3~rc.1_amd64.deb', 'the code hosting site would change the name'],
    ['crema-test-build_1.2.3_amd64.deb', 'a test build is never released'],
    ['crema_1.2.2_amd64.deb', 'its name has no version 1.2.3'],
    ['notes.sig', 'a release uses this name for itself'],
  ])('%s is not signed', async (name, words) => {
    const { sign } = await released();
    writeFileSync(folder('release', name), 'x');
    await expect(sign()).rejects.toThrow(words);
    expect(readdirSync(folder('release'))).not.toContain('SHA256SUMS');
  });
  it('nothing, an empty file, a folder and a link are not signed', async () => {
    const { sign } = await released();
    mkdirSync(folder('release', 'crema-1.2.3-folder'));
    await expect(sign()).rejects.toThrow('it is not a regular file');
    rmSync(folder('release', 'crema-1.2.3-folder'), { recursive: true });
    symlinkSync(folder('key.pem'), folder('release', 'crema-1.2.3-link.deb'));
    await expect(sign()).rejects.toThrow('it is not a regular file');
    rmSync(folder('release', 'crema-1.2.3-link.deb'));
    writeFileSync(folder('release', deb), '');
    await expect(sign()).rejects.toThrow('it is empty');
    rmSync(folder('release', deb));
    rmSync(folder('release', image));
    await expect(sign()).rejects.toThrow('has no files to release');
  });
  it('a version that could not update to itself, and a key that nobody knows, are refused', async () => {
    const { sign } = await released();
    await expect(sign({ minimumVersion: '1.2.4' })).rejects.toThrow('it has to be a version up to 1.2.3');
    await expect(sign({ minimumVersion: 'undefined' })).rejects.toThrow('it has to be a version up to 1.2.3');
    await expect(sign({ keys: noKeys })).rejects.toThrow('Nobody could check the signature');
  });
});

describe.skipIf(isWindows)('a private key', () => {
  it('is readable by its owner alone, is never overwritten, and is refused in the project', async () => {
    const { id, made } = await released();
    expect(statSync(made.file).mode & 0o777).toBe(0o600);
    await expect(makeKey(made)).rejects.toThrow('exists already');
    await expect(makeKey({ ...made, file: at('key.pem') })).rejects.toThrow('is in the project');
    symlinkSync(root, folder('link'));
    await expect(makeKey({ ...made, file: folder('link', 'key.pem') })).rejects.toThrow('is in the project');
    // A second key joins the first.
    const second = await makeKey({ ...made, file: folder('second.pem') });
    expect([...keysIn(made.list).keys()]).toEqual([id, second]);
  });
  it('comes from a variable or a file outside the project', async () => {
    const { id, made } = await released();
    const text = readFileSync(made.file, 'utf8');
    const from = async (/** @type {string | undefined} */ given, /** @type {string} */ file = '') =>
      privateKeyFrom({ text: given, file: file || undefined, project: root });
    const key = await from(text);
    expect(key && keyIdOf(createPublicKey(key))).toBe(id);
    expect(await from(undefined)).toBeNull();
    // A secret that does not exist is an empty variable.
    expect(await from('')).toBeNull();
    await expect(from('no key')).rejects.toThrow('CREMA_RELEASE_KEY is not a private Ed25519 key');
    await expect(from(text, folder('none.pem'))).rejects.toThrow('could not be read');
    await expect(from(text, at('package.json'))).rejects.toThrow('is in the project');
    symlinkSync(at('package.json'), folder('away.pem'));
    await expect(from(text, folder('away.pem'))).rejects.toThrow('is in the project');
  });
  it('none is in the sources, and the list of keys can be read', () => {
    const read = readKeys(readFileSync(at('resources', 'release-keys.json'), 'utf8'));
    expect(read.ok).toBe(true);
    // While there is none, the documents say so.
    const security = readFileSync(at('SECURITY.md'), 'utf8');
    expect(security.includes('has no key yet')).toBe(read.ok && read.keys.size === 0);
  });
});

describe.skipIf(process.platform !== 'linux' || !onPath('openssl'))('without Crema', () => {
  it('the commands of SECURITY.md accept a release, and refuse a changed one', async () => {
    const { id, keys, sign } = await released();
    await sign();
    const [, script = ''] =
      /```\n(echo PUBLIC_KEY[^`]+)```/.exec(readFileSync(at('SECURITY.md'), 'utf8')) ?? [];
    const publicKey = keys.get(id)?.export({ format: 'der', type: 'spki' }).toString('base64') ?? '';
    const commands = script.replaceAll('PUBLIC_KEY', publicKey).replaceAll('KEY_ID', id);
    expect(commands).toContain('openssl pkeyutl -verify');
    const tried = () => run('sh', ['-ec', commands], { cwd: folder('release') });
    expect(await tried()).toMatchObject({
      code: 0,
      output: expect.stringContaining('Signature Verified Successfully'),
    });
    writeFileSync(folder('release', deb), 'dab');
    expect(await tried()).toMatchObject({ code: 1, output: expect.stringContaining(`${deb}: FAILED`) });
    writeFileSync(folder('release', deb), 'deb');
    writeFileSync(
      folder('release', 'SHA256SUMS'),
      readFileSync(folder('release', 'SHA256SUMS'), 'utf8').replace(/./, 'g'),
    );
    expect((await tried()).code).not.toBe(0);
  });
});
