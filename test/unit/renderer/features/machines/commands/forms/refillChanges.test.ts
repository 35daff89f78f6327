import { describe, expect, it } from 'vitest';
import { readChanges } from '../../../../../../../src/renderer/src/features/machines/commands/forms/refillChanges';

const amounts = { '10009': 420, '10007': -30, '10016': 412.5 };

describe('a typed refill', () => {
  it.each([
    ['nothing', {}, null],
    ['added', { by: '200' }, 200],
    ['added with a plus', { by: ' +200 ' }, 200],
    ['taken out', { by: '−50' }, -50],
    ['set right upwards', { to: '500' }, 80],
    ['set right downwards', { to: '0' }, -420],
    ['emptied again', { by: '  ', to: '' }, null],
  ] as const)('%s', (_what, typed, change) => {
    const read = readChanges({ '10009': typed }, amounts);
    expect(read.changes).toEqual(change === null ? {} : { '10009': change });
    expect(read.wrong.size).toBe(0);
  });

  it('corrects negative and fractional amounts', () => {
    expect(readChanges({ '10007': { to: '100' }, '10016': { to: '500' } }, amounts).changes).toEqual({
      '10007': 130,
      '10016': 88,
    });
  });

  it.each([
    [{ by: 'two' }, 'by', 'bad'],
    [{ by: '0' }, 'by', 'bad'],
    [{ by: '100001' }, 'by', 'bad'],
    [{ by: '1.5' }, 'by', 'bad'],
    [{ to: '-1' }, 'to', 'bad'],
    [{ to: 'full' }, 'to', 'bad'],
    [{ to: '420' }, 'to', 'same'],
    [{ by: '1', to: '2' }, 'to', 'both'],
  ] as const)('%j is wrong in its own field', (typed, column, why) => {
    const read = readChanges({ '10009': typed }, amounts);
    expect(read.changes).toEqual({});
    expect(read.wrong.get('10009')).toEqual({ column, why });
  });

  it('can’t correct uncounted materials', () => {
    expect(readChanges({ '10006': { to: '5' } }, amounts).wrong.get('10006')).toEqual({
      column: 'to',
      why: 'bad',
    });
  });
});
