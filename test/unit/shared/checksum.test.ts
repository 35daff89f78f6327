import { describe, expect, it, test } from 'vitest';
import { checksumIn, readChecksum } from '#shared/checksum';

const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const md5 = 'd41d8cd98f00b204e9800998ecf8427e';

describe('a typed checksum', () => {
  it('is recognised by its length, with any case and spacing', () => {
    expect(readChecksum(sha256)).toEqual({ by: 'sha256', value: sha256 });
    expect(readChecksum(` ${md5.toUpperCase()}\n`)).toEqual({ by: 'md5', value: md5 });
    expect(readChecksum(md5.replaceAll(/(..)(?=.)/g, '$1:'))).toEqual({ by: 'md5', value: md5 });
  });

  test.each(['', 'abc', sha256.slice(1), `${md5}00`, md5.replace('d', 'g')])(
    '%j is not a checksum',
    (text) => {
      expect(readChecksum(text)).toBeNull();
    },
  );
});

describe('a file of checksums', () => {
  test.each([
    `${sha256}  a.zip\n`,
    `${sha256} *a.zip\r\n`,
    `\uFEFF${sha256}`,
    `SHA256 (a.zip) = ${sha256}\n`,
    // As certutil on Windows prints it.
    `SHA256 hash of file a.zip:\r\n${sha256}\r\nCertUtil: -hashfile command completed successfully.\r\n`,
    // Its author had the file in another folder, or under another name.
    `${sha256}  ./out/a.zip\n`,
    `${sha256}  build.zip\n`,
    `${sha256.replace('e', 'f')}  b.zip\n${sha256}  a.zip\n`,
  ])('%j', (text) => {
    expect(checksumIn(text, 'a.zip')).toEqual({ by: 'sha256', value: sha256 });
  });

  test('of MD5', () => {
    expect(checksumIn(`${md5}  a.zip\n`, 'a.zip')).toEqual({ by: 'md5', value: md5 });
    expect(checksumIn(`MD5 (a.zip) = ${md5}`, 'a.zip')).toEqual({ by: 'md5', value: md5 });
  });

  test.each(['', 'a.zip', `${sha256}  b.zip\n${sha256}  c.zip\n`, `${sha256.slice(2)}  a.zip`])(
    '%j gives no checksum',
    (text) => {
      expect(checksumIn(text, 'a.zip')).toBeNull();
    },
  );
});
