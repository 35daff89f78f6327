import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { StandIns } from '../../../../../src/main/core/masking/standIns';
import { keyOf } from '../../../../builders/masking';

const order = '594f803b380a41396ed63dca39503542';

it('a stand-in depends on the key and the text only', () => {
  const standIns = new StandIns(keyOf(1));
  const made = standIns.of(order);
  for (let nr = 0; nr < 20_000; nr += 1) standIns.of(`173257920${nr}`);
  expect(standIns.of(order)).toBe(made);
  expect(new StandIns(keyOf(1)).of(order)).toBe(made);
  expect(new StandIns(keyOf(2)).of(order)).not.toBe(made);
  // Fixed, because masked entries of different versions refer to the same orders.
  expect(made).toBe('masked-tfesiqfemtpxkreggvcbowyzi');
});

it.each([
  ['17', /^9\d$/],
  ['1732579200000000001', /^9\d{18}$/],
  ['9'.repeat(60), /^9\d{32}0{27}$/],
  ['a', /^[a-z]$/],
  ['A-17-9c31-x2', /^[a-z]{12}$/],
  [order, /^masked-[a-z]{25}$/],
  ['你好 42', /^[a-z]{5}$/],
  ['x-'.repeat(50), /^masked-[a-z]{32}x{61}$/],
  ['', /^$/],
])('%s keeps its length: digits for digits, otherwise letters', (text, form) => {
  expect(new StandIns(keyOf(1)).of(text)).toMatch(form);
});

it('different texts have different stand-ins, and no stand-in equals its text', () => {
  const standIns = new StandIns(keyOf(1));
  const orders = Array.from({ length: 20_000 }, (_, nr) => `17325792000000${String(nr).padStart(5, '0')}`);
  const made = orders.map((one) => standIns.of(one));
  expect(new Set(made).size).toBe(orders.length);
  for (let nr = 90; nr < 100; nr += 1) expect(standIns.of(String(nr))).not.toBe(String(nr));
});

it('the places of the digits of a hash are not shown', () => {
  const standIns = new StandIns(keyOf(1));
  const hashes = Array.from({ length: 50 }, (_, nr) => createHash('md5').update(String(nr)).digest('hex'));
  for (const one of hashes) expect(standIns.of(one)).toMatch(/^masked-[a-z]{25}$/);
});

it('refuses a key of another length', () => {
  expect(() => new StandIns(new Uint8Array(16))).toThrow('32 bytes');
});
