import { swapWindow } from '#shared/limits';
import { expect, it } from 'vitest';
import { claimFindings, Claims, swapLimit } from '../../../../../src/main/session/connection/claims';

/** Each connection comes from an address of its own. */
const stranger = (conn: number) => ({ peer: { remoteAddress: `192.0.2.${conn}` }, since: 0, lastHeard: 0 });

it('the newer connection wins, and the older one can’t let go of what is no longer its own', () => {
  const claims = new Claims(stranger);
  expect(claims.claim({ conn: 1, vmcNo: 7, released: null }, 0)).toEqual({ replaced: null, shared: null });
  expect(claims.claim({ conn: 1, vmcNo: 7, released: null }, 0)).toEqual({ replaced: null, shared: null });
  expect(claims.claim({ conn: 2, vmcNo: 7, released: null }, 0)).toEqual({ replaced: 1, shared: null });
  claims.release(7, 1);
  expect(claims.holder(7)).toBe(2);
  expect(claims.claim({ conn: 2, vmcNo: 8, released: 7 }, 0)).toEqual({ replaced: null, shared: null });
  expect(claims.holder(7)).toBeUndefined();
  expect(claims.holder(8)).toBe(2);
});

it('swaps count within their window only', () => {
  const claims = new Claims(stranger);
  const swap = (conn: number, at: number) => claims.claim({ conn, vmcNo: 7, released: null }, at).shared;
  const close = Array.from({ length: swapLimit + 2 }, (_, n) => swap(n, n));
  expect(close).toEqual([...Array.from({ length: swapLimit + 1 }, () => null), swapLimit + 1]);
  expect(swap(100, swapWindow + swapLimit + 1)).toBeNull();
});

it('from one address it is two machines only where the older one still talks', () => {
  const swaps = (heardAfter: number): readonly (number | null)[] => {
    const known = (conn: number) => ({
      peer: { remoteAddress: '192.0.2.7' },
      since: conn * 1_000,
      // The next one begins 1,000 ms later.
      lastHeard: conn * 1_000 + heardAfter,
    });
    const claims = new Claims(known);
    return [1, 2, 3, 4, 5].map((conn) => claims.claim({ conn, vmcNo: 7, released: null }, conn).shared);
  };
  expect(swaps(900)).toEqual([null, null, null, null, null]);
  expect(swaps(1_100)).toEqual([null, null, null, null, swapLimit + 1]);
});

it('the findings name the connection and the swaps', () => {
  expect(claimFindings({ replaced: null, shared: null })).toEqual([]);
  expect(claimFindings({ replaced: 3, shared: 4 })).toEqual([
    { code: 'number.replaced', params: { conn: 3 } },
    { code: 'number.shared', params: { swaps: 4 } },
  ]);
});
