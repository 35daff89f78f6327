import { describe, expect, it } from 'vitest';
import type { Opening } from '#shared/outside';
import { Openings, readOpenings } from '../../../../../src/main/desktop/electron/openings';

describe('openings', () => {
  const link = (id: number): Opening => ({ to: 'frame', id });

  it('wait for a window and are then opened in order', () => {
    const openings = new Openings();
    const opened: Opening[] = [];
    openings.take([link(1), link(2)]);
    openings.takeArgument('crema://frame/3', (sentence) => expect.fail(sentence));
    openings.start((one) => opened.push(one));
    openings.take([link(4)]);
    expect(opened).toEqual([link(1), link(2), link(3), link(4)]);
  });
  it('do not accumulate before there is one', () => {
    const openings = new Openings();
    const opened: Opening[] = [];
    for (let n = 1; n <= 50; n += 1) openings.take([link(n)]);
    openings.start((one) => opened.push(one));
    expect(opened).toEqual(Array.from({ length: 20 }, (_, index) => link(index + 1)));
  });
  it('from macOS are checked like the command line', () => {
    const openings = new Openings();
    const said: string[] = [];
    openings.takeArgument('crema://settings', (sentence) => said.push(sentence));
    openings.start(() => expect.fail('opened'));
    expect(said).toEqual(['the link "crema://settings" leads nowhere.']);
  });
  it('from another launch are accepted if valid', () => {
    expect(readOpenings({ open: [link(1)] })).toEqual([link(1)]);
    expect(readOpenings({ open: [link(0)] })).toEqual([]);
    expect(readOpenings(undefined)).toEqual([]);
  });
});
