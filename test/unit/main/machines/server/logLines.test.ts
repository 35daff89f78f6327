import { expect, it } from 'vitest';
import { claimLine } from '../../../../../src/main/machines/server/logLines';

it('logs a claim of a number with both addresses', () => {
  const to = { conn: 2, address: '192.168.1.66' };
  expect(claimLine(33_232, { code: 'number.claimed', params: { ...to, here: '192.168.1.77' } })).toBe(
    'machines: 192.168.1.66 claimed number 33232 without a matching sign; the verified machine at 192.168.1.77 keeps it',
  );
  expect(claimLine(33_232, { code: 'number.taken', params: { ...to, from: '192.168.1.77' } })).toBe(
    'machines: number 33232 taken over from another address: 192.168.1.66 replaced 192.168.1.77',
  );
  expect(claimLine(33_232, { code: 'number.takenUnsigned', params: { ...to, from: '192.168.1.77' } })).toBe(
    'machines: number 33232 taken over without a matching sign: 192.168.1.66 replaced the silent verified machine at 192.168.1.77',
  );
  expect(
    claimLine(33_232, {
      code: 'number.moved',
      params: { address: '192.168.1.66', from: '192.168.1.77' },
    }),
  ).toBe('machines: number 33232 came from another address: 192.168.1.66, and before from 192.168.1.77');
  expect(claimLine(33_232, { code: 'number.replaced', params: { conn: 1 } })).toBeNull();
});
