import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashOf, HashesOf } from '../../../../../src/main/core/masking/hashes';
import { anyCharacter } from '../../../../builders/anyCharacter';

it('a substring has the same hash as the equal text alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), fc.nat(), fc.nat(), (text, a, b) => {
      const [from = 0, to = 0] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y);
      expect(new HashesOf(text).of(from, to)).toBe(hashOf(text.slice(from, to)));
    }),
  );
});

it('other texts have other hashes', () => {
  const texts = Array.from({ length: 1_000 }, (_, nr) => `1732579200${nr}`);
  expect(new Set(texts.map(hashOf)).size).toBeGreaterThan(995);
  expect(hashOf('a')).not.toBe(hashOf('aa'));
  expect(hashOf('ab')).not.toBe(hashOf('ba'));
});
