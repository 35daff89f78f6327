import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Opening } from '#shared/outside';
import { Openings, readArgument, readOpenings } from '../../../../../src/main/desktop/electron/openings';

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-openings-'));
  file = join(folder, '现场 50% #1.pcapng');
  writeFileSync(file, 'x');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an argument that is no switch', () => {
  it('a file is opened, by whatever name the desktop gives it', () => {
    const opening = { kind: 'opening', opening: { to: 'capture', file } };
    expect(readArgument(file)).toEqual(opening);
    expect(readArgument(relative(process.cwd(), file))).toEqual(opening);
    expect(readArgument(pathToFileURL(file).href)).toEqual(opening);
  });
  it('a link is a place', () => {
    expect(readArgument('crema://frame/12')).toEqual({ kind: 'opening', opening: { to: 'frame', id: 12 } });
  });
  it.each(['crema://settings', 'Crema://machine/1', 'crema:x', 'crema://machine/1 --data-dir=/'])(
    '%j is a link, so nothing is done about it',
    (text) => {
      expect(readArgument(text)).toMatchObject({ kind: 'ignored' });
    },
  );
  it.each(['stray', '/', 'https://example.com/a.pcap', 'file://elsewhere/a.pcap', 'file:///%00', ''])(
    '%j is neither, which is said',
    (text) => {
      expect(readArgument(text)).toMatchObject({ kind: 'wrong' });
    },
  );
});

describe('openings', () => {
  const link = (id: number): Opening => ({ to: 'frame', id });

  it('wait until there is a window, in their order, then go on', () => {
    const openings = new Openings();
    const opened: Opening[] = [];
    openings.take([link(1), link(2)]);
    openings.takeArgument('crema://frame/3', (sentence) => expect.fail(sentence));
    openings.start((one) => opened.push(one));
    openings.take([link(4)]);
    expect(opened).toEqual([link(1), link(2), link(3), link(4)]);
  });
  it('do not pile up before there is one', () => {
    const openings = new Openings();
    const opened: Opening[] = [];
    for (let n = 1; n <= 50; n += 1) openings.take([link(n)]);
    openings.start((one) => opened.push(one));
    expect(opened).toEqual(Array.from({ length: 20 }, (_, index) => link(index + 1)));
  });
  it('what macOS gives is checked as the command line is', () => {
    const openings = new Openings();
    const said: string[] = [];
    openings.takeArgument('crema://settings', (sentence) => said.push(sentence));
    openings.start(() => expect.fail('opened'));
    expect(said).toEqual(['the link "crema://settings" leads nowhere.']);
  });
  it('what another start sends is taken if it fits', () => {
    expect(readOpenings({ open: [link(1)] })).toEqual([link(1)]);
    expect(readOpenings({ open: [link(0)] })).toEqual([]);
    expect(readOpenings(undefined)).toEqual([]);
  });
});
