import { describe, expect, it } from 'vitest';
import { materialName, materials, readAmount } from '#shared/materials';

describe('materialName', () => {
  it('names known ids, and marks the rest as unknown', () => {
    expect(materialName('10007')).toEqual({ en: 'water', zh: '水' });
    expect(materialName(' 10009 ')).toEqual({ en: 'coffee beans', zh: '咖啡豆' });
    expect(materialName('10016')).toEqual({ en: 'sugar', zh: '糖' });
    expect(materialName('10008')).toEqual({ en: 'powder', zh: '粉料' });
    expect(['10006', '10284', '9991', '19991', '1', '', 'toString'].map(materialName)).toEqual(
      Array(7).fill(null),
    );
  });

  it('lists every id seen on machines', () => {
    expect([...materials.keys()].toSorted()).toEqual(
      ['10006', '10007', '10008', '10009', '10016', '10284', '19991', '9991'].toSorted(),
    );
  });
});

describe('readAmount', () => {
  it.each([
    ['1250', 1250],
    [' 0 ', 0],
    ['-37', -37], // more used than the reported stock
    ['12.5', 12.5],
    ['99990', 99990],
    ['-9999', -9999],
  ])('reads %j', (text, value) => {
    expect(readAmount(text)).toEqual({ kind: 'amount', value });
  });

  it.each(['9999', '100000', ' 9999 ', '9999.0'])('does not accept %j as a quantity', (text) => {
    expect(readAmount(text)).toMatchObject({ kind: 'sentinel' });
  });

  it.each(['', ' ', 'full', '1e3', '0x10', '1 2', 'NaN', '--1', '.', '9'.repeat(400)])(
    'refuses %j',
    (text) => {
      expect(readAmount(text)).toEqual({ kind: 'unreadable' });
    },
  );
});
