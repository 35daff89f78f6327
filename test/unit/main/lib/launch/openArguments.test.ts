import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readArgument } from '../../../../../src/main/lib/launch/openArguments';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder('all');
let file = '';
beforeAll(() => {
  file = folder('现场 50% #1.pcapng');
  writeFileSync(file, 'x');
});

describe('an argument that is not a switch', () => {
  it('is opened if it is a file, in any form that desktops use', () => {
    const opening = { kind: 'opening', opening: { to: 'capture', file } };
    expect(readArgument(file)).toEqual(opening);
    expect(readArgument(relative(process.cwd(), file))).toEqual(opening);
    expect(readArgument(pathToFileURL(file).href)).toEqual(opening);
  });
  it('is a place if it is a link', () => {
    expect(readArgument('crema://frame/12')).toEqual({ kind: 'opening', opening: { to: 'frame', id: 12 } });
  });
  it.each(['crema://settings', 'Crema://machine/1', 'crema:x', 'crema://machine/1 --data-dir=/'])(
    '%j is a link, so it is ignored',
    (text) => {
      expect(readArgument(text)).toMatchObject({ kind: 'ignored' });
    },
  );
  it.each(['stray', '/', 'https://example.com/a.pcap', 'file://elsewhere/a.pcap', 'file:///%00', ''])(
    '%j is neither, which is an error',
    (text) => {
      expect(readArgument(text)).toMatchObject({ kind: 'wrong' });
    },
  );
});
