import { describe, expect, it } from 'vitest';
import { commands } from '#shared/commands/index';
import {
  codesOf,
  codeText,
  digitsOf,
  filledWith,
  fits,
  readFilled,
  wholeNumber,
  withCode,
  withOnlyProduct,
  withStep,
} from '../../../../../../../src/renderer/src/features/machines/commands/forms/filled';

describe('a form generated from a row', () => {
  const fields = commands.makeDrink.fields ?? [];

  it('begins with the row’s values, or with the sent ones', () => {
    expect(filledWith(fields, {})).toEqual({ productId: '', strength: 3, milk: 3, sugar: 3 });
    const sent = { productId: 810, strength: 0, milk: 5, sugar: 1 };
    expect(filledWith(fields, sent)).toEqual({ ...sent, productId: '810' });
  });

  it('reads valid input only', () => {
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

  it('has the only known product with its code, and leaves the choice among several', () => {
    const codes = codesOf(fields);
    const empty = filledWith(fields, {});
    const one = { productId: 801, fastcode: null };
    const coded = { productId: 802, fastcode: '105' };
    expect(withOnlyProduct(fields, codes, empty, [one])).toEqual({ ...empty, productId: '801' });
    expect(withOnlyProduct(fields, codes, empty, [coded])).toMatchObject({
      productId: '802',
      strength: 1,
      milk: 0,
      sugar: 5,
    });
    expect(withOnlyProduct(fields, codes, empty, [one, coded])).toBe(empty);
    expect(withOnlyProduct(fields, codes, empty, [])).toBe(empty);
    const typed = { ...empty, productId: '7' };
    expect(withOnlyProduct(fields, codes, typed, [one])).toBe(typed);
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

  it('accepts a unit only where there is one', () => {
    expect(wholeNumber('80%', '')).toBeNull();
  });

  it('a code and its scales agree, whichever is changed', () => {
    const codes = codesOf(fields);
    const [code] = codes;
    if (code === undefined) throw new Error('no code');
    const first = filledWith(fields, { productId: 810 });
    expect(codeText(code, first)).toBe('333');
    const typed = withCode(first, code, '150');
    expect(typed).toMatchObject({ strength: 1, milk: 5, sugar: 0 });
    expect(readFilled('makeDrink', fields, typed)).toEqual({
      productId: 810,
      strength: 1,
      milk: 5,
      sugar: 0,
    });
    const stepped = withStep(typed, codes, 'sugar', 4);
    expect(codeText(code, stepped)).toBe('154');
  });

  it.each(['', '32', '3222', '326', '3 2', 'abc', '-32'])(
    'the code %j is invalid, stays as typed, and is not sent',
    (text) => {
      const [code] = codesOf(fields);
      if (code === undefined) throw new Error('no code');
      const filled = withCode(filledWith(fields, { productId: 810 }), code, text);
      expect(digitsOf(code, text)).toBeNull();
      expect(codeText(code, filled)).toBe(text);
      expect(filled).toMatchObject({ strength: 3, milk: 3, sugar: 3 });
      expect(readFilled('makeDrink', fields, filled)).toBeNull();
    },
  );
});
