import { describe, expect, it } from 'vitest';
import { pressed } from '../../../builders/pressed';
import {
  changeSelection,
  clickChange,
  keyChange,
  noSelection,
  type MultiSelection,
  type SelectionChange,
} from '../../../../src/renderer/src/ui/multiSelection';

const ids = [10, 20, 30, 40, 50];
const bare = { shiftKey: false, ctrlKey: false, metaKey: false };
const selected = (changes: readonly SelectionChange[], current: number | null): MultiSelection =>
  changes.reduce((all, change) => changeSelection(all, change, ids, current), noSelection);
const lines = ({ lines: all }: MultiSelection): readonly number[] => [...all].toSorted((a, b) => a - b);

describe('several selected lines', () => {
  it('are added and removed one by one, with the current one', () => {
    expect(lines(selected([{ kind: 'toggle', line: 40 }], 20))).toEqual([20, 40]);
    const changes = [
      { kind: 'toggle', line: 40 },
      { kind: 'toggle', line: 20 },
    ] as const;
    expect(lines(selected(changes, 20))).toEqual([40]);
    expect(lines(selected([{ kind: 'toggle', line: 40 }], null))).toEqual([40]);
  });

  it('are a range from its start, in either direction', () => {
    expect(lines(selected([{ kind: 'extend', line: 40 }], 20))).toEqual([20, 30, 40]);
    const back = [
      { kind: 'extend', line: 40 },
      { kind: 'extend', line: 10 },
    ] as const;
    expect(lines(selected(back, 20))).toEqual([10, 20]);
    expect(lines(selected([{ kind: 'extend', line: 40 }], null))).toEqual([40]);
  });

  it('a range starts at the current line again after a clear', () => {
    const changes = [{ kind: 'toggle', line: 50 }, { kind: 'clear' }, { kind: 'extend', line: 30 }] as const;
    expect(lines(selected(changes, 20))).toEqual([20, 30]);
    expect(
      lines(
        selected(
          [
            { kind: 'restart', line: 40 },
            { kind: 'extend', line: 50 },
          ],
          null,
        ),
      ),
    ).toEqual([40, 50]);
  });

  it('are all, or none', () => {
    expect(lines(selected([{ kind: 'all' }], null))).toEqual(ids);
    expect(selected([{ kind: 'all' }, { kind: 'clear' }], null)).toBe(noSelection);
    expect(changeSelection(noSelection, { kind: 'clear' }, ids, 10)).toBe(noSelection);
  });
});

describe('the effect of clicks and keys', () => {
  it('a click with Ctrl or Shift selects, any other starts again', () => {
    expect(clickChange(bare, 30)).toEqual({ kind: 'restart', line: 30 });
    expect(clickChange({ ...bare, ctrlKey: true }, 30)).toEqual({ kind: 'toggle', line: 30 });
    expect(clickChange({ ...bare, metaKey: true }, 30)).toEqual({ kind: 'toggle', line: 30 });
    expect(clickChange({ ...bare, shiftKey: true }, 30)).toEqual({ kind: 'extend', line: 30 });
  });

  it('keys with Shift continue from the last end of the range', () => {
    const one = selected([{ kind: 'extend', line: 30 }], 20);
    expect(keyChange(pressed('ArrowDown', { shiftKey: true }), one, ids, 20, 2)).toEqual({
      kind: 'extend',
      line: 40,
    });
    expect(keyChange(pressed('ArrowDown', { shiftKey: true }), noSelection, ids, 20, 2)).toEqual({
      kind: 'extend',
      line: 30,
    });
    expect(keyChange(pressed('End', { shiftKey: true }), noSelection, ids, 20, 2)).toEqual({
      kind: 'extend',
      line: 50,
    });
  });

  it('other keys are ignored', () => {
    const one = selected([{ kind: 'toggle', line: 30 }], null);
    expect(keyChange(pressed('Escape'), one, ids, null, 2)).toEqual({ kind: 'clear' });
    expect(keyChange(pressed('Escape'), noSelection, ids, null, 2)).toBeNull();
    expect(keyChange(pressed('a', { ctrlKey: true }), noSelection, ids, null, 2)).toEqual({ kind: 'all' });
    expect(keyChange(pressed('a', { ctrlKey: true, altKey: true }), noSelection, ids, null, 2)).toBeNull();
    expect(keyChange(pressed('ArrowDown'), one, ids, null, 2)).toBeNull();
    expect(keyChange(pressed('ArrowDown', { shiftKey: true, ctrlKey: true }), one, ids, null, 2)).toBeNull();
    expect(keyChange(pressed('x', { shiftKey: true }), one, ids, null, 2)).toBeNull();
  });
});
