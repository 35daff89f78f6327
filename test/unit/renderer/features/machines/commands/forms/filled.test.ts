import { describe, expect, it } from 'vitest';
import { commands } from '#shared/commands/index';
import {
  filledWith,
  fits,
  readFilled,
  wholeNumber,
} from '../../../../../../../src/renderer/src/features/machines/commands/forms/filled';

describe('a form that is drawn from a row', () => {
  const fields = commands.makeDrink.fields ?? [];

  it('begins with what the row says, or with what was sent', () => {
    expect(filledWith(fields, {})).toEqual({ productId: '', strength: 3, milk: 3, sugar: 3 });
    const sent = { productId: 810, strength: 0, milk: 5, sugar: 1 };
    expect(filledWith(fields, sent)).toEqual({ ...sent, productId: '810' });
  });

  it('reads what was typed, and nothing that its schema refuses', () => {
    const filled = { productId: ' 810 ', strength: 0, milk: 5, sugar: 1 };
    expect(readFilled('makeDrink', fields, filled)).toEqual({
      productId: 810,
      strength: 0,
      milk: 5,
      sugar: 1,
    });
    expect(readFilled('makeDrink', fields, { ...filled, productId: '0' })).toBeNull();
    expect(readFilled('makeDrink', fields, { ...filled, milk: 6 })).toBeNull();
    expect(fields.map((field) => fits('makeDrink', field, { ...filled, milk: 6 }))).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it.each([
    ['80', 80],
    [' 80 % ', 80],
    ['', null],
    ['8.5', null],
    ['-1', null],
    ['%', null],
    ['80 %%', null],
  ])('%j percent is %j', (text, number) => {
    expect(wholeNumber(text, '%')).toBe(number);
  });

  it('takes no unit where there is none', () => {
    expect(wholeNumber('80%', '')).toBeNull();
  });
});
