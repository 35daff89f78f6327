import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/**
 * As `expect(found).toEqual(expected)`, whose comparison costs more than most of what is compared thousands of times: it is asked only
 * where something differs, and says what.
 */
export function expectSame(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}
