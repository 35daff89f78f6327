import { afterEach, expect, it, vi } from 'vitest';
import { PrivateTexts } from '../../../../../src/main/core/masking/privateTexts';
import { formOf, keyOf, standInOf } from '../../../../builders/masking';

afterEach(() => vi.restoreAllMocks());

const known = (...texts: readonly string[]): PrivateTexts => {
  const all = new PrivateTexts(keyOf(1), []);
  for (const one of texts) all.add(one);
  return all;
};

it('equal texts get equal replacements of equal length everywhere, different texts different ones', () => {
  const [a, b] = ['594f803b380a41396ed63dca39503542', 'bc114ddb5370a97a9012ca695f7ffa25'];
  const texts = known(a, b);
  expect(texts.standIn(a)).not.toBe(texts.standIn(b));
  expect(texts.cleaned(`order ${a} after ${b}.`)).toBe(
    `order ${texts.standIn(a)} after ${texts.standIn(b)}.`,
  );
  expect(texts.cleaned('nothing of it')).toBe('nothing of it');
});

it('the longest of texts with the same beginning wins, and adjacent texts are both found', () => {
  const texts = known('A-1234567', 'A-123456');
  const clean = texts.cleaned('A-1234567A-123456A-12345');
  expect(clean).not.toMatch(/A-123456/);
  expect(clean).toMatch(/A-12345$/);
  expect(clean).toHaveLength(24);
});

it('short texts are not searched for', () => {
  expect(known('17').cleaned('17 of 17')).toBe('17 of 17');
});

it('thousands of numbers with the same beginning are all found', () => {
  const texts = known(
    ...Array.from({ length: 20_000 }, (_, nr) => `173257920${String(nr).padStart(5, '0')}`),
  );
  const clean = texts.cleaned('17325792000007, 17325792019999, 17325792020000');
  expect(clean).not.toMatch(/00007|19999/);
  expect(clean).toMatch(/, 17325792020000$/);
});

it('the oldest texts are forgotten, and never a code', () => {
  const texts = new PrivateTexts(keyOf(1), ['q7w8e9r0'], 600);
  texts.add('order-early');
  for (let nr = 100; nr < 200; nr += 1) {
    texts.add('order-often');
    texts.add(`order-${nr}`);
  }
  expect(texts.cleaned('order-early')).toBe('order-early');
  for (const one of ['order-often', 'order-199', 'order-180', 'q7w8e9r0'])
    expect(texts.cleaned(one)).toMatch(standInOf(one.length));
});

it('long texts with the same beginning are not copied at every position', () => {
  const texts = known(...Array.from({ length: 100 }, (_, nr) => 'A'.repeat(1000 + nr)));
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
  expect(texts.cleaned(`B${'A'.repeat(1050)}B`)).toMatch(new RegExp(`^B${formOf(1050)}B$`));
});
