import { expect, it } from 'vitest';
import { shortOrderNo, soughtOrderNo } from '../../../../src/renderer/src/text/orderNo';

it('a long order number is shown by its end, and a search accepts that form', () => {
  const orderNo = '594f803b380a41396ed63dca39503542';
  expect(shortOrderNo(orderNo)).toBe('…503542');
  expect(orderNo.endsWith(soughtOrderNo(shortOrderNo(orderNo)))).toBe(true);
  expect(soughtOrderNo('...503542')).toBe('503542');
  expect(shortOrderNo('A20261126001')).toBe('A20261126001');
  expect(soughtOrderNo('A-1')).toBe('A-1');
});
