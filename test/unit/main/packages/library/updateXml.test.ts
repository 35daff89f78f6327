/** update.xml and the addresses in it. */
import { describe, expect, test } from 'vitest';
import { originOf, readTarget } from '../../../../../src/main/packages/host/address';
import { readNotice } from '../../../../../src/main/packages/host/notice';
import { updateXml } from '../../../../../src/main/packages/library/updateXml';

const offer = { id: 17, vmcNo: 33_232, packageId: 'a'.repeat(64) };

describe('update.xml', () => {
  test('is the whole text that a linux machine reads', () => {
    const pkg = { version: '3.2.1', fileName: 'vendui_3.2.1.zip', pathStyle: 'absolute' } as const;
    expect(updateXml(pkg, 'http://192.168.1.200:12345', offer)).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<Jetinno>
  <vendui_version>3.2.1</vendui_version>
  <package_path>http://192.168.1.200:12345/u/33232/17/vendui_3.2.1.zip</package_path>
</Jetinno>
`,
    );
  });

  test.each([
    ['absolute', 'http://[fd00::1]:80/u/33232/17/%E5%8D%87%20%26%201.zip'],
    ['rooted', '/u/33232/17/%E5%8D%87%20%26%201.zip'],
    ['bare', '%E5%8D%87%20%26%201.zip'],
  ] as const)('%s path: encoded, and resolves to the same address', (pathStyle, path) => {
    const origin = originOf('fd00::1', 80);
    const text = updateXml({ version: '1', fileName: '升 & 1.zip', pathStyle }, origin, offer);
    expect(text).toContain(`<package_path>${path}</package_path>`);
    expect(new URL(path, `${origin}/u/33232/17/update.xml`).href).toBe(
      'http://[fd00::1]/u/33232/17/%E5%8D%87%20%26%201.zip',
    );
  });

  test('escapes special characters of XML so that they survive', () => {
    const version = `<1> & "2" '3'\u0001`;
    const text = updateXml({ version, fileName: "it's.zip", pathStyle: 'bare' }, '', offer);
    expect(text).toContain('<vendui_version>&lt;1&gt; &amp; &quot;2&quot; &apos;3&apos;</vendui_version>');
    expect(text).toContain('<package_path>it&apos;s.zip</package_path>');
  });
});

describe('the target of a request', () => {
  test.each([
    ['/u/1/2/update.xml', ['u', '1', '2', 'update.xml'], false],
    ['/u/1/2//update.xml', ['u', '1', '2', 'update.xml'], false],
    ['http://h:1/u/1/2/a%20b.zip?x=/y', ['u', '1', '2', 'a b.zip'], false],
    ['/u/1/2%20/update.xml', ['u', '1', '2', 'update.xml'], true],
    ['/u/1/2/%20/update.xml%20%20', ['u', '1', '2', 'update.xml'], true],
    ['/u/../..%2Fetc', ['u', '..', '../etc'], false],
  ])('%s', (url, segments, straySpaces) => {
    expect(readTarget(url)).toMatchObject({ segments, straySpaces });
  });

  test.each(['', '*', 'u/1', '/%zz', '/%ff'])('malformed: %s', (url) => {
    expect(readTarget(url)).toBeNull();
  });
});

describe("android's notice", () => {
  const read = (query: string) => readNotice(new URLSearchParams(query), 5, '10.0.0.9');

  test('done, failed with a reason, failed without', () => {
    const rest = { vmcNo: 33_232, sessionId: 'abc', sign: 'absent', at: 5, remoteAddress: '10.0.0.9' };
    expect(read('nonce=x&reason=&sessionId=abc&status=1&timestamp=2&vmc=33232&sign=y')).toEqual({
      ...rest,
      sign: 'wrong',
      done: true,
      reason: null,
    });
    expect(read('sessionId=abc&status=0&vmc=33232&reason=md5')).toEqual({
      ...rest,
      done: false,
      reason: 'md5',
    });
    expect(read('sessionId=abc&status=-2&vmc=33232')).toEqual({ ...rest, done: false, reason: '' });
  });

  test('its sign is checked over the raw parameters, in either case', () => {
    // Made by another program: md5sum of the text that docs/protocol/http.md gives.
    const sign = '9339CC4FB815BEDBC635A3A8DA6C5C96';
    const query =
      'vmc=33232&timestamp=20261126093000&status=1&sessionId=1764149400000000017&reason=&nonce=00ff';
    expect(read(`${query}&sign=${sign}`)?.sign).toBe('matched');
    expect(read(`${query}&sign=${sign.toLowerCase()}`)?.sign).toBe('matched');
    expect(read(`${query}&sign=`)?.sign).toBe('absent');
    expect(read(`${query.replace('33232', '33233')}&sign=${sign}`)?.sign).toBe('wrong');
    expect(read(`${query.replace('status=1', 'status=0')}&sign=${sign}`)?.sign).toBe('wrong');
  });

  test.each(['', 'sessionId=&status=1&vmc=1', 'sessionId=a&status=1', 'sessionId=a&status=ok&vmc=1'])(
    'malformed: %s',
    (query) => {
      expect(read(query)).toBeNull();
    },
  );
});
