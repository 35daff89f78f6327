import { silenceLimit, swapWindow } from '#shared/limits';
import { expect, it } from 'vitest';
import { claimFindings, Claims, swapLimit } from '../../../../../src/main/core/connection/claims';

/** Each connection has its own address. */
const stranger = (conn: number) => ({ peer: { remoteAddress: `192.0.2.${conn}` }, since: 0, lastHeard: 0 });

const nothing = { replaced: null, stays: false, taken: null, moved: null, shared: null };

it('the newer connection wins, and the older one can’t release a number that it lost', () => {
  const claims = new Claims(stranger);
  expect(claims.claim({ conn: 1, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, 0)).toEqual(
    nothing,
  );
  expect(claims.claim({ conn: 1, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, 0)).toEqual(
    nothing,
  );
  expect(claims.claim({ conn: 2, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, 0)).toEqual({
    ...nothing,
    replaced: 1,
    taken: { address: '192.0.2.2', from: '192.0.2.1', isUnsigned: false },
  });
  claims.release(7, 1);
  expect(claims.holder(7)).toBe(2);
  expect(claims.claim({ conn: 2, vmcNo: 8, released: 7, isUnsigned: false, movedFrom: null }, 0)).toEqual(
    nothing,
  );
  expect(claims.holder(7)).toBeUndefined();
  expect(claims.holder(8)).toBe(2);
});

it('swaps count only within their window', () => {
  const claims = new Claims(stranger);
  const swap = (conn: number, at: number) =>
    claims.claim({ conn, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, at).shared?.swaps ??
    null;
  const close = Array.from({ length: swapLimit + 2 }, (_, n) => swap(n, n));
  expect(close).toEqual([...Array.from({ length: swapLimit + 1 }, () => null), swapLimit + 1]);
  expect(swap(100, swapWindow + swapLimit + 1)).toBeNull();
});

it('a swap counts up to the last millisecond of the window', () => {
  const sharedAfter = (ms: number) => {
    const claims = new Claims(stranger);
    const swap = (conn: number, at: number) =>
      claims.claim({ conn, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, at).shared
        ?.swaps ?? null;
    // The first takes it from no other connection.
    swap(0, 1_000);
    for (let nth = 1; nth <= swapLimit; nth += 1) swap(nth, 1_000);
    return swap(swapLimit + 1, 1_000 + ms);
  };
  expect([swapLimit, swapWindow]).toEqual([3, 120_000]);
  expect(sharedAfter(swapWindow - 1)).toBe(swapLimit + 1);
  expect(sharedAfter(swapWindow)).toBeNull();
});

it('swaps of one number do not count for another', () => {
  const claims = new Claims(stranger);
  const swap = (vmcNo: number, conn: number) =>
    claims.claim({ conn, vmcNo, released: null, isUnsigned: false, movedFrom: null }, 0).shared?.swaps ??
    null;
  for (let nth = 0; nth <= swapLimit; nth += 1) expect(swap(7, nth)).toBeNull();
  for (let nth = 0; nth <= swapLimit; nth += 1) expect(swap(8, 100 + nth)).toBeNull();
  expect(swap(7, 50)).toBe(swapLimit + 1);
});

it('from one address, data in the newer connection’s first millisecond is not evidence of a second machine', () => {
  const swaps = (lastHeard: number) => {
    const claims = new Claims(() => ({ peer: { remoteAddress: '192.0.2.7' }, since: 1_000, lastHeard }));
    return [1, 2, 3, 4, 5].map(
      (conn) =>
        claims.claim({ conn, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, 1_001).shared
          ?.swaps ?? null,
    );
  };
  expect(swaps(1_000)).toEqual([null, null, null, null, null]);
  expect(swaps(1_001)).toEqual([null, null, null, null, swapLimit + 1]);
});

it('from one address it is two machines only if the older one still sends', () => {
  const swaps = (heardAfter: number): readonly (number | null)[] => {
    const known = (conn: number) => ({
      peer: { remoteAddress: '192.0.2.7' },
      since: conn * 1_000,
      // The next one begins 1,000 ms later.
      lastHeard: conn * 1_000 + heardAfter,
    });
    const claims = new Claims(known);
    return [1, 2, 3, 4, 5].map(
      (conn) =>
        claims.claim({ conn, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, conn).shared
          ?.swaps ?? null,
    );
  };
  expect(swaps(900)).toEqual([null, null, null, null, null]);
  expect(swaps(1_100)).toEqual([null, null, null, null, swapLimit + 1]);
});

it('another address takes it from a live connection; from a dead one only without proof', () => {
  const taken = (silentFor: number, isUnsigned: boolean) => {
    const claims = new Claims(stranger);
    claims.claim({ conn: 1, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, 0);
    return claims.claim({ conn: 2, vmcNo: 7, released: null, isUnsigned, movedFrom: null }, silentFor).taken;
  };
  const both = { address: '192.0.2.2', from: '192.0.2.1' };
  expect(taken(silenceLimit, false)).toEqual({ ...both, isUnsigned: false });
  expect(taken(silenceLimit + 1, false)).toBeNull();
  expect(taken(silenceLimit + 1, true)).toEqual({ ...both, isUnsigned: true });
});

it('a rival is the other connection with the number, alive if it sent data in time', () => {
  const claims = new Claims(stranger);
  expect(claims.rival(7, 2, 0)).toBeNull();
  claims.claim({ conn: 1, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, 0);
  expect(claims.rival(7, 1, 0)).toBeNull();
  expect(claims.rival(7, 2, silenceLimit)).toEqual({ conn: 1, address: '192.0.2.1', isAlive: true });
  expect(claims.rival(7, 2, silenceLimit + 1)?.isAlive).toBe(false);
});

it('an unused number reports its earlier address, only if that differs', () => {
  const claims = new Claims(stranger);
  const first = { conn: 1, vmcNo: 7, released: null, isUnsigned: false } as const;
  expect(claims.claim({ ...first, movedFrom: '192.0.2.9' }, 0)).toEqual({
    ...nothing,
    moved: { address: '192.0.2.1', from: '192.0.2.9' },
  });
  expect(claims.claim({ ...first, movedFrom: '192.0.2.9' }, 0)).toEqual(nothing);
});

it('of two relayed connections, the older one stays', () => {
  const relay = { host: '192.0.2.8', port: 4_567, is: 'relayed' } as const;
  const claims = new Claims((conn) => ({
    ...stranger(1),
    peer: { remoteAddress: `192.0.2.${conn}`, relay },
  }));
  claims.claim({ conn: 1, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, 0);
  const second = claims.claim({ conn: 2, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, 0);
  expect(second).toMatchObject({ replaced: 1, stays: true });
  expect(claimFindings(second)).toMatchObject([{ code: 'number.taken' }]);
  expect(claimFindings({ ...second, taken: null })).toEqual([]);
});

it('silence before this computer could receive does not count', () => {
  const claims = new Claims(stranger);
  claims.claim({ conn: 1, vmcNo: 7, released: null, isUnsigned: false, movedFrom: null }, 0);
  claims.listensAgain(600_000);
  expect(claims.rival(7, 2, 600_000 + silenceLimit)?.isAlive).toBe(true);
  expect(claims.rival(7, 2, 600_001 + silenceLimit)?.isAlive).toBe(false);
});

it('the findings name the connection, the swaps and both addresses', () => {
  const shared = { swaps: 4, address: '192.0.2.8', from: '192.0.2.7' };
  expect(claimFindings(nothing)).toEqual([]);
  expect(claimFindings({ ...nothing, replaced: 3, shared })).toEqual([
    { code: 'number.replaced', params: { conn: 3 } },
    { code: 'number.shared', params: shared },
  ]);
});
