import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkRelease,
  readTexts,
  sha256Of,
  stateOf,
  type ReleaseTexts,
} from '../../../../../src/main/lib/release/check';
import { keyIdOf, keyText, readKeys, type ReleaseKeys } from '../../../../../src/main/lib/release/keys';
import {
  isPlainName,
  manifestName,
  manifestText,
  readManifest,
  readSums,
  sumsText,
  type Release,
} from '../../../../../src/main/lib/release/manifest';
import { readPrivateKey, signedBy, signSums } from '../../../../../src/main/lib/release/signature';

const pair = (): { id: string; text: string; sign: (sums: Buffer) => Buffer; pem: string } => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    id: keyIdOf(publicKey),
    text: keyText(publicKey),
    sign: (sums) => signSums(sums, privateKey).signature,
    pem: String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
  };
};
const [first, second] = [pair(), pair()];
const listOf = (...pairs: readonly { id: string; text: string }[]): string =>
  JSON.stringify({ keys: pairs.map(({ id, text }) => ({ id, publicKey: text })) });
const keysOf = (...pairs: readonly { id: string; text: string }[]): ReleaseKeys => {
  const read = readKeys(listOf(...pairs));
  if (!read.ok) throw new Error(read.fault.is);
  return read.keys;
};

const file = { name: 'crema_1.2.3_amd64.deb', size: 4, sha256: sha256Of(Buffer.from('good')) };
const release: Release = {
  format: 1,
  product: 'crema',
  version: '1.2.3',
  minimumVersion: '1.0.0',
  files: [file],
  notes: { en: '- Fix: This.', 'zh-CN': '- 修复：此项。' },
};
const textsOf = (of: Release, ...signers: readonly (typeof first)[]): ReleaseTexts => {
  const manifest = Buffer.from(manifestText(of));
  const sums = Buffer.from(
    sumsText(
      new Map([
        ...of.files.map(({ name, sha256 }) => [name, sha256] as const),
        [manifestName, sha256Of(manifest)],
      ]),
    ),
  );
  return { sums, manifest, signatures: new Map(signers.map(({ id, sign }) => [id, sign(sums)])) };
};
const flipped = (bytes: Buffer, at: number, bit = 1): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ bit;
  return copy;
};
const faultOf = (texts: ReleaseTexts, keys: ReleaseKeys): string => {
  const checked = checkRelease(texts, keys);
  return checked.ok ? 'none' : checked.fault.is;
};

describe('a signed release', () => {
  const keys = keysOf(first);
  const texts = textsOf(release, first);
  it('is what was signed', () => {
    expect(checkRelease(texts, keys)).toEqual({ ok: true, id: first.id, release });
  });
  it('every flipped bit of the sums, the manifest and the signature is refused by its name', () => {
    for (const bit of [1, 32, 128]) {
      for (const at of texts.sums.keys())
        expect(faultOf({ ...texts, sums: flipped(texts.sums, at, bit) }, keys)).toBe('wrongSignature');
      for (const at of texts.manifest.keys())
        expect(faultOf({ ...texts, manifest: flipped(texts.manifest, at, bit) }, keys)).toBe('otherManifest');
      const signature = texts.signatures.get(first.id) ?? Buffer.alloc(0);
      expect(signature).toHaveLength(64);
      for (const at of signature.keys())
        expect(
          faultOf({ ...texts, signatures: new Map([[first.id, flipped(signature, at, bit)]]) }, keys),
        ).toBe('wrongSignature');
    }
  });
  it('every flipped bit of a key in the list is refused', () => {
    const der = Buffer.from(first.text, 'base64');
    for (const at of der.keys()) {
      const text = flipped(der, at).toString('base64');
      expect(readKeys(listOf({ id: first.id, text }))).toEqual({
        ok: false,
        fault: { is: 'damagedKey', id: first.id },
      });
    }
    for (const at of first.id.split('').keys()) {
      const id = flipped(Buffer.from(first.id), at).toString();
      expect(readKeys(listOf({ id, text: first.text })).ok).toBe(false);
    }
  });
  it('a file with another size or another byte is refused', () => {
    const good = { size: 4, sha256: file.sha256 };
    expect(stateOf(file, good)).toBe('same');
    expect(stateOf(file, { size: 5, sha256: sha256Of(Buffer.from('goods')) })).toBe('otherSize');
    for (const at of Buffer.from('good').keys())
      expect(stateOf(file, { size: 4, sha256: sha256Of(flipped(Buffer.from('good'), at)) })).toBe(
        'otherContent',
      );
    expect(stateOf(file, 'missing')).toBe('missing');
    expect(stateOf(file, 'notAFile')).toBe('notAFile');
  });
  it('shortened, lengthened, empty and exchanged parts are refused', () => {
    const { sums, signatures, manifest } = texts;
    const signature = signatures.get(first.id) ?? Buffer.alloc(0);
    const signed = (bytes: Buffer) => new Map([[first.id, bytes]]);
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(64),
      signature.subarray(1),
      Buffer.concat([signature, signature]),
    ])
      expect(faultOf({ ...texts, signatures: signed(bytes) }, keys)).toBe('wrongSignature');
    expect(faultOf({ ...texts, sums: Buffer.concat([sums, Buffer.from('\n')]) }, keys)).toBe(
      'wrongSignature',
    );
    expect(faultOf({ ...texts, manifest: Buffer.concat([manifest, Buffer.from(' ')]) }, keys)).toBe(
      'otherManifest',
    );
    // Of another release, signed by the same key.
    const other = textsOf({ ...release, version: '1.2.2' }, first);
    expect(faultOf({ ...texts, signatures: other.signatures }, keys)).toBe('wrongSignature');
    expect(faultOf({ ...texts, manifest: other.manifest }, keys)).toBe('otherManifest');
    expect(faultOf({ ...other, manifest }, keys)).toBe('otherManifest');
  });
});

describe('keys', () => {
  const texts = textsOf(release, first);
  it('an empty list verifies nothing', () => {
    expect(readKeys('{ "keys": [] }')).toMatchObject({ ok: true });
    expect(faultOf(texts, keysOf())).toBe('noKeys');
  });
  it('a missing signature and an unknown key are told apart', () => {
    expect(faultOf({ ...texts, signatures: new Map() }, keysOf(first))).toBe('unsigned');
    expect(checkRelease(texts, keysOf(second))).toEqual({
      ok: false,
      fault: { is: 'unknownKey', ids: [first.id] },
    });
    // Another key's signature under a known id.
    expect(
      faultOf({ ...texts, signatures: new Map([[first.id, second.sign(texts.sums)]]) }, keysOf(first)),
    ).toBe('wrongSignature');
  });
  it('are replaced: old and new sign together, and each version knows one of them', () => {
    const both = textsOf(release, second, first);
    for (const keys of [keysOf(first), keysOf(second), keysOf(first, second)])
      expect(checkRelease(both, keys)).toMatchObject({ ok: true });
    // A wrong signature of a known key is never outvoted.
    const wrong = new Map([...both.signatures, [second.id, Buffer.alloc(64)] as const]);
    expect(faultOf({ ...both, signatures: wrong }, keysOf(first, second))).toBe('wrongSignature');
    expect(faultOf({ ...both, signatures: wrong }, keysOf(first))).toBe('none');
  });
  it.each([
    ['no JSON', '{', 'unreadableKeys'],
    ['no list', '{}', 'unreadableKeys'],
    ['more than a list', '{ "keys": [], "any": true }', 'unreadableKeys'],
    ['a key twice', listOf(first, first), 'repeatedKey'],
    ['another spelling', listOf({ ...first, text: `${first.text}\n` }), 'damagedKey'],
    [
      'a key of another kind',
      listOf({ ...first, text: keyText(generateKeyPairSync('x25519').publicKey) }),
      'damagedKey',
    ],
    ['an id of the prototype', listOf({ ...first, id: '__proto__' }), 'unreadableKeys'],
  ])('%s is refused', (_what, text, is) => {
    expect(readKeys(text)).toMatchObject({ ok: false, fault: { is } });
  });
  it('a private key is read as such only', () => {
    expect(readPrivateKey(first.pem)).not.toBeNull();
    expect(readPrivateKey(first.text)).toBeNull();
    expect(readPrivateKey('')).toBeNull();
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey;
    expect(readPrivateKey(String(rsa.export({ format: 'pem', type: 'pkcs8' })))).toBeNull();
  });
});

const tricks = [
  '../crema.deb',
  '/etc/passwd',
  'a/b',
  'a\\b',
  '..',
  '.',
  '',
  '.hidden',
  '-rf',
  'a b',
  'a\nb',
  'a\0b',
  'C:crema.deb',
  'file:stream',
  'crema.deb.',
  'crema.deb ',
  'CON',
  'crema-1.2.3+1.dmg',
  'nul.deb',
  'COM1.txt',
  'crém.deb',
  'crema\u202Egpj.deb',
  '~root',
  'x'.repeat(200),
];

describe('names and sums', () => {
  it.each(tricks)('%j is no name of a file', (name) => {
    expect(isPlainName(name)).toBe(false);
    expect(readManifest(JSON.stringify({ ...release, files: [{ ...file, name }] }))).toBeNull();
    expect(readSums(`${file.sha256}  ${name}\n`)).toBeNull();
  });
  it.each([
    'SHA256SUMS',
    'sha256sums',
    'Release.json',
    'release.json',
    `SHA256SUMS.${first.id}.sig`,
    'x.SIG',
  ])('%s cannot be a file of the release', (name) => {
    expect(readManifest(JSON.stringify({ ...release, files: [{ ...file, name }] }))).toBeNull();
  });
  it('usual names are kept', () => {
    for (const name of [
      'crema_1.2.3_amd64.deb',
      'crema-1.2.3-linux-x86_64.AppImage',
      'crema-1.2.3-rc.1-setup-x64.exe',
    ])
      expect(isPlainName(name)).toBe(true);
    expect(signedBy(`SHA256SUMS.${first.id}.sig`)).toBe(first.id);
    for (const name of ['SHA256SUMS.sig', `SHA256SUMS.${first.id}.sig.sig`, `SHA256SUMS.../x.sig`])
      expect(signedBy(name)).toBeNull();
  });
  it('no two names are one file where case does not count', () => {
    const files = [file, { ...file, name: file.name.toUpperCase() }];
    expect(readManifest(JSON.stringify({ ...release, files }))).toBeNull();
    expect(readSums(sumsText(new Map(files.map(({ name, sha256 }) => [name, sha256]))))).toBeNull();
  });
  it.each([
    { format: 2 },
    { product: 'other' },
    { version: '1.2' },
    { version: '1.2.3 ' },
    { minimumVersion: 'v1.0.0' },
    { files: [] },
    { files: [{ ...file, size: 0 }] },
    { files: [{ ...file, size: 1.5 }] },
    { files: [{ ...file, sha256: file.sha256.toUpperCase() }] },
    { notes: { en: '' } },
    { notes: { de: 'x' } },
    { more: true },
  ])('a manifest with %j is refused', (change) => {
    expect(readManifest(JSON.stringify(release))).toEqual(release);
    expect(readManifest(JSON.stringify({ ...release, ...change }))).toBeNull();
  });
  it.each([
    '',
    'x',
    `${file.sha256} one.deb\n`,
    `${file.sha256}  one.deb`,
    `${file.sha256}  one.deb\r\n`,
    `${file.sha256}  one.deb\n${file.sha256}  one.deb\n`,
  ])('sums like %j are refused', (text) => expect(readSums(text)?.size ?? 0).toBe(0));
  it('signed texts that differ about a file are refused with its name', () => {
    const manifest = Buffer.from(manifestText(release));
    const own: readonly (readonly [string, string])[] = [[manifestName, sha256Of(manifest)]];
    const named = (sums: readonly (readonly [string, string])[]) => {
      const read = readTexts({ sums: Buffer.from(sumsText(new Map([...own, ...sums]))), manifest });
      return read.ok ? null : read.fault;
    };
    expect(named([[file.name, file.sha256]])).toBeNull();
    expect(named([[file.name, '0'.repeat(64)]])).toEqual({ is: 'unlikeSums', name: file.name });
    expect(named([])).toEqual({ is: 'unlikeSums', name: file.name });
    expect(
      named([
        [file.name, file.sha256],
        ['more.deb', file.sha256],
      ]),
    ).toEqual({ is: 'unlikeSums', name: 'more.deb' });
  });
});
