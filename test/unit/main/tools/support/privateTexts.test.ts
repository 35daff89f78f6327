import { afterEach, expect, it, vi } from 'vitest';
import { PrivateTexts } from '../../../../../src/main/tools/support/privateTexts';

afterEach(() => vi.restoreAllMocks());

it('equal texts get equal replacements of equal length everywhere, different texts different ones', () => {
  const texts = new PrivateTexts();
  texts.add('594f803b380a41396ed63dca39503542', 'order');
  texts.add('bc114ddb5370a97a9012ca695f7ffa25', 'order');
  texts.add('1732579200000000001', 'order');
  expect(
    texts.cleaned('order 594f803b380a41396ed63dca39503542 after bc114ddb5370a97a9012ca695f7ffa25.'),
  ).toBe('order order-00000000000000000000000001 after order-00000000000000000000000002.');
  expect(texts.standIn('594f803b380a41396ed63dca39503542', 'order')).toBe('order-00000000000000000000000001');
  // Digits replace digits: the machine may write the text as a number.
  expect(texts.standIn('1732579200000000001', 'order')).toBe('9000000000000000003');
  expect(texts.cleaned('nothing of it')).toBe('nothing of it');
});

it('the longest of texts with the same beginning wins, and adjacent texts are both found', () => {
  const texts = new PrivateTexts();
  texts.add('A-1234567', 'order');
  texts.add('A-123456', 'order');
  const clean = texts.cleaned('A-1234567A-123456A-12345');
  expect(clean).not.toMatch(/A-123456/);
  expect(clean).toMatch(/A-12345$/);
  expect(clean).toHaveLength(24);
});

it('short texts are replaced as whole values, but not searched for', () => {
  const texts = new PrivateTexts();
  texts.add('17', 'order');
  expect(texts.cleaned('17 of 17')).toBe('17 of 17');
  expect(texts.standIn('17', 'order')).toMatch(/^9\d$/);
  expect(texts.standIn('a', 'order')).toBe('x');
});

it('a replacement never contains another private text', () => {
  const texts = new PrivateTexts();
  texts.add('order-0001', 'order');
  texts.add('order-0002', 'order');
  texts.add('order-0003', 'order');
  const given = ['order-0001', 'order-0002', 'order-0003'].map((one) => texts.cleaned(one));
  for (const one of given) expect(['order-0001', 'order-0002', 'order-0003']).not.toContain(one);
  expect(new Set(given).size).toBe(3);
});

it('a value is cleaned completely, names included', () => {
  const texts = new PrivateTexts();
  texts.add('q7w8e9r0', 'code');
  expect(texts.cleanedValue({ a: ['q7w8e9r0', 1, null], q7w8e9r0: { b: true } })).toEqual({
    a: ['code-001', 1, null],
    'code-001': { b: true },
  });
});

it('thousands of numbers with the same beginning are all found', () => {
  const texts = new PrivateTexts();
  for (let nr = 0; nr < 20_000; nr += 1) texts.add(`173257920${String(nr).padStart(5, '0')}`, 'order');
  const clean = texts.cleaned('17325792000007, 17325792019999, 17325792020000');
  expect(clean).not.toMatch(/00007|19999/);
  expect(clean).toMatch(/, 17325792020000$/);
});

it('long texts with the same beginning are not copied at every position', () => {
  const texts = new PrivateTexts();
  for (let nr = 0; nr < 100; nr += 1) texts.add('A'.repeat(1000 + nr), 'order');
  const text = `${'A'.repeat(999)}B`.repeat(5);
  let copied = 0;
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const slice = String.prototype.slice;
  vi.spyOn(String.prototype, 'slice').mockImplementation(function (this: string, from?: number, to?: number) {
    const piece = slice.call(this, from, to);
    copied += piece.length;
    return piece;
  });
  const found = texts.find(text);
  vi.restoreAllMocks();
  expect(found).toEqual([]);
  // One copy per position and length would be four hundred million; only pieces with an equal hash are copied.
  expect(copied).toBeLessThan(text.length * 500);
  expect(texts.cleaned(`B${'A'.repeat(1050)}B`)).toMatch(/^Border-0+1B$/);
});
