/** The workshop's products as a file: an export can be imported again, and errors are reported with their place. */
import { describe, expect, it } from 'vitest';
import { mostOwnProducts } from '#shared/limits';
import type { OwnProducts } from '#shared/model/ownProducts';
import { readProducts, writeProducts } from '../../../../../src/main/core/lists/ownProductsFile';

const own: OwnProducts = {
  810: { name: '拿铁', price: 950, fastcode: '322', at: 5 },
  15: { at: 6 },
};
const fileOf = (...entries: readonly string[]): string =>
  `{\n"crema": "products",\n"version": 1,\n"products": [\n${entries.join(',\n')}\n]\n}`;

describe('a file of products', () => {
  it('is read as written, by number, with its unit', () => {
    const text = writeProducts(own);
    expect(readProducts(text)).toEqual({
      ok: true,
      products: { 15: {}, 810: { name: '拿铁', price: 950, fastcode: '322' } },
      refused: [],
    });
    expect(text.indexOf('"product": 15')).toBeLessThan(text.indexOf('"product": 810'));
    expect(text).toContain('"fen": 950');
  });

  it('keeps valid products and names each wrong product with its line and the reason', () => {
    const text = fileOf(
      '{"product": 801, "name": "Latte", "fen": 950}',
      '{"name": "Nobody"}',
      '{"product": "802"}',
      '{"product": 803, "price": 9.5}',
      '{"product": 804, "fen": 9.5}',
      '{"product": 805, "fastcode": "326"}',
      '{"product": 806, "nme": "x"}',
      '7',
      `{"product": 807, "name": "${'x'.repeat(61)}"}`,
      '{"product": 801, "name": "Again"}',
      '{"product": 808}',
    );
    expect(readProducts(text)).toEqual({
      ok: true,
      products: { 801: { name: 'Latte', price: 950 }, 808: {} },
      refused: [
        { line: 6, product: null, reason: 'noNumber', member: 'product' },
        { line: 7, product: null, reason: 'noNumber', member: 'product' },
        { line: 8, product: 803, reason: 'unknownMember', member: 'price' },
        { line: 9, product: 804, reason: 'wrongValue', member: 'fen' },
        { line: 10, product: 805, reason: 'wrongValue', member: 'fastcode' },
        { line: 11, product: 806, reason: 'unknownMember', member: 'nme' },
        { line: 12, product: null, reason: 'noEntry', member: null },
        { line: 13, product: 807, reason: 'tooLong', member: 'name' },
        { line: 14, product: 801, reason: 'twice', member: null },
      ],
    });
  });

  it('refuses products beyond the limit, and still changes known ones', () => {
    const known = Array.from({ length: mostOwnProducts - 1 }, (_, n) => String(n + 1));
    const read = readProducts(
      fileOf('{"product": 1, "name": "y"}', '{"product": 5001}', '{"product": 5002}'),
      known,
    );
    expect(read).toMatchObject({
      products: { 1: { name: 'y' }, 5001: {} },
      refused: [{ product: 5002, reason: 'tooMany' }],
    });
  });

  it.each([
    ['plain text', 'products', 1],
    ['a truncated file', '{\n"crema": "products",\n"products": [', 3],
    ['another file', '{"crema": "error catalogue", "version": 1, "products": []}', 1],
    ['nothing', '', 1],
  ])('reports the line of the problem in %s', (_name, text, line) => {
    expect(readProducts(text)).toEqual({ ok: false, line });
  });
});
