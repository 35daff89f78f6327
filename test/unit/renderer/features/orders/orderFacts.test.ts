import { describe, expect, it } from 'vitest';
import { orderFacts } from '../../../../../src/renderer/src/features/orders/orderFacts';
import { orderNumberWords } from '../../../../../src/renderer/src/text/orderWords';
import { order } from '../../../../builders/rows';
import { wordsOf } from '../../../../builders/wordsOf';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');

const linesOf = (words: typeof en, over: Parameters<typeof order>[1]) =>
  Object.fromEntries(orderFacts(words, order(1, over)).map(({ label, lines }) => [label, lines]));

describe('the page of an order', () => {
  it('shows the amount, the ingredients, and the machine’s own texts for cups and canisters', () => {
    const facts = linesOf(en, {
      amount: 1550,
      payType: 'alipay',
      recipe: 'Latte L',
      parts: { canisterIds: '3, 4', cupType: '12' },
    });
    expect(facts).toMatchObject({
      Amount: ['¥15.50'],
      'Paid with': ['Alipay (alipay)'],
      Recipe: ['Latte L'],
      canisterIds: ['3, 4'],
      cupType: ['12'],
    });
    expect(facts['Reported']).toBeUndefined();
  });

  it('shows the cause: a code with its meaning, or the machine’s own text', () => {
    expect(linesOf(en, { failReason: 'ERROR:5300' })['Reason']).toEqual(['no cups (ERROR:5300)']);
    expect(linesOf(zh, { failReason: '5300' })['失败原因']).toEqual(['缺杯（代码 5300）']);
    expect(linesOf(en, { failReason: ' can not find this product. ' })['Reason']).toEqual([
      'can not find this product.',
    ]);
    expect(linesOf(en, { failReason: null })['Reason']).toBeUndefined();
  });

  it('shows when a stored order was reported', () => {
    const week = 7 * 86_400_000;
    expect(linesOf(en, { at: 0, heardAt: week })['Reported']?.[0]).toContain(
      'stored by the machine for 7 d,',
    );
    expect(linesOf(zh, { at: 0, heardAt: week })['上报']?.[0]).toContain('暂存');
    expect(linesOf(en, { at: 0, heardAt: 60_000 })['Reported']).toBeUndefined();
  });

  it('shows no number if the machine sent none', () => {
    expect(orderNumberWords(en, order(1, { orderNo: ' 20150617080000 101' }))).toBe('not reported');
  });
});
