import { expect, it } from 'vitest';
import { payTypeInFull, payTypeWords } from '../../../../src/renderer/src/text/orderWords';
import { wordsOf } from '../../../builders/wordsOf';

it('calls a payment what is printed in shops, and what it has no name for as the machine does', () => {
  const [en, zh] = [wordsOf('en'), wordsOf('zh-CN')];
  expect([' wx_pub ', 'WX_PUB', 'alipay'].map((type) => payTypeWords(zh, type))).toEqual([
    '微信支付',
    '微信支付',
    '支付宝',
  ]);
  expect([' wx_pub ', 'Alipay'].map((type) => payTypeInFull(en, type))).toEqual([
    'WeChat Pay (wx_pub)',
    'Alipay',
  ]);
  expect(payTypeInFull(zh, 'mdb_cashless')).toBe('刷卡 (mdb_cashless)');
  for (const type of ['toString', '__proto__', 'shells', '']) expect(payTypeInFull(en, type)).toBe(type);
});
