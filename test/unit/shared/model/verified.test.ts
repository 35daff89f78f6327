import { expect, it } from 'vitest';
import { isClaimShown, lastClaim, verificationOf } from '#shared/model/verified';

const matched = { kind: 'matched', formula: 'codeNumber', exact: true } as const;
const mismatch = { kind: 'mismatch' } as const;
const proved = { value: 'codeNumber', at: 1, entry: 1 } as const;
const stored = { hasCode: true, signPolicy: 'warn', platform: 'linux' } as const;

it('without a stored code, verification is impossible', () => {
  for (const sign of [matched, mismatch, null])
    expect(verificationOf({ sign, proved: null }, { ...stored, hasCode: false })).toBe('unverifiable');
});

it('with a stored code, a matching login on this connection verifies, and nothing else', () => {
  expect(verificationOf({ sign: matched, proved }, stored)).toBe('verified');
  for (const sign of [mismatch, { kind: 'absent' } as const, null])
    expect(verificationOf({ sign, proved }, stored)).toBe('unverified');
  expect(verificationOf(null, stored)).toBe('unverified');
});

it('android’s sign is a constant: it can’t be verified, unless the number was verified before', () => {
  const android = { ...stored, platform: 'android' } as const;
  expect(verificationOf({ sign: mismatch, proved: null }, android)).toBe('unverifiable');
  expect(verificationOf({ sign: mismatch, proved }, android)).toBe('unverified');
});

it('if a person ignores signs, a matching one still verifies', () => {
  const ignored = { ...stored, signPolicy: 'ignore' } as const;
  expect(verificationOf({ sign: matched, proved }, ignored)).toBe('verified');
  expect(verificationOf({ sign: { kind: 'ignored' }, proved }, ignored)).toBe('unverifiable');
});

it('the last claim of the number is shown for ten minutes', () => {
  expect(lastClaim({ findings: {} })).toBeNull();
  const taken = {
    times: 1,
    last: 1_000,
    entry: 5,
    params: { conn: 1, address: '192.168.1.66', from: '192.168.1.77' },
  };
  const claimed = {
    times: 2,
    last: 2_000,
    entry: 9,
    params: { conn: 2, address: '192.168.1.67', here: '192.168.1.66' },
  };
  const claim = lastClaim({ findings: { 'number.claimed': claimed, 'number.taken': taken } });
  expect(claim).toEqual({
    kind: 'claimed',
    at: 2_000,
    entry: 9,
    address: '192.168.1.67',
    of: '192.168.1.66',
  });
  expect(lastClaim({ findings: { 'number.takenUnsigned': taken } })).toEqual({
    kind: 'takenUnsigned',
    at: 1_000,
    entry: 5,
    address: '192.168.1.66',
    of: '192.168.1.77',
  });
  expect([isClaimShown(claim, 601_999), isClaimShown(claim, 602_000), isClaimShown(null, 0)]).toEqual([
    true,
    false,
    false,
  ]);
});
