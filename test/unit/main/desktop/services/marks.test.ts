import { describe, expect, it } from 'vitest';
import type { Mark } from '#shared/model/journal';
import { Marks } from '../../../../../src/main/desktop/services/marks';

/** A slow disk, which refuses writes as `refuses` demands. */
function disk(refuses: (mark: Mark) => boolean = () => false) {
  const waiting: (() => void)[] = [];
  const rows = new Map<number, Mark>();
  const write = (mark: Mark): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push(() => {
        if (refuses(mark)) return reject(new Error('read-only'));
        rows.set(mark.entry, mark);
        resolve();
      });
    });
  return { rows, write, turn: () => waiting.splice(0).forEach((end) => end()) };
}

describe('marks and notes', () => {
  it('a change during another’s write does not undo it', async () => {
    const { rows, write, turn } = disk();
    const marks = new Marks(write, [{ entry: 8, marked: false, note: 'old' }]);
    const both = [
      marks.change({ entry: 7, marked: true }),
      marks.change({ entry: 7, note: 'ask the vendor' }),
      marks.change({ entry: 8, marked: true }),
      marks.change({ entry: 8, note: '' }),
    ];
    turn();
    expect(await Promise.all(both)).toContainEqual({ entry: 7, marked: true, note: 'ask the vendor' });
    expect(rows.get(7)).toEqual({ entry: 7, marked: true, note: 'ask the vendor' });
    expect(rows.get(8)).toEqual({ entry: 8, marked: true, note: '' });
    expect(marks.of(7)).toEqual(rows.get(7));
  });

  it('an entry without either has no row', async () => {
    const { write, turn } = disk();
    const marks = new Marks(write, [{ entry: 7, marked: true, note: '' }]);
    const off = marks.change({ entry: 7, marked: false });
    turn();
    await off;
    expect(marks.of(7)).toBeNull();
  });

  it('a failed write restores the earlier value', async () => {
    const { write, turn } = disk(({ note }) => note === 'new');
    const marks = new Marks(write, [{ entry: 7, marked: true, note: 'old' }]);
    const refused = marks.change({ entry: 7, note: 'new' });
    const off = marks.change({ entry: 9, note: 'new' });
    turn();
    await expect(refused).rejects.toThrow('read-only');
    await expect(off).rejects.toThrow('read-only');
    expect(marks.of(7)).toEqual({ entry: 7, marked: true, note: 'old' });
    expect(marks.of(9)).toBeNull();
  });

  it('two failed writes in a row restore the first value', async () => {
    const { write, turn } = disk(({ note }) => note === 'new');
    const marks = new Marks(write, [{ entry: 8, marked: false, note: 'old' }]);
    const both = [7, 8].flatMap((entry) => [
      marks.change({ entry, note: 'new' }),
      marks.change({ entry, marked: true }),
    ]);
    turn();
    const ends = await Promise.allSettled(both);
    expect(ends.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    expect([marks.of(7), marks.of(8)]).toEqual([null, { entry: 8, marked: false, note: 'old' }]);
  });

  it('a failed write does not restore what the next one removes', async () => {
    const { rows, write, turn } = disk(({ marked }) => marked);
    const marks = new Marks(write, [{ entry: 7, marked: false, note: 'old' }]);
    const refused = marks.change({ entry: 7, marked: true });
    const off = marks.change({ entry: 7, marked: false, note: '' });
    turn();
    await expect(refused).rejects.toThrow('read-only');
    await off;
    expect(rows.get(7)).toEqual({ entry: 7, marked: false, note: '' });
    expect(marks.of(7)).toBeNull();
  });

  it('marks of a journal that opens late are loaded before changes, and undo nothing', async () => {
    const { rows, write, turn } = disk();
    const marks = new Marks(write);
    const first = marks.change({ entry: 7, marked: true });
    marks.learnLate([
      { entry: 7, marked: false, note: 'older' },
      { entry: 8, marked: false, note: 'old' },
    ]);
    const second = marks.change({ entry: 8, marked: true });
    turn();
    await Promise.all([first, second]);
    expect(rows.get(7)).toEqual({ entry: 7, marked: true, note: '' });
    expect(rows.get(8)).toEqual({ entry: 8, marked: true, note: 'old' });
  });
});
