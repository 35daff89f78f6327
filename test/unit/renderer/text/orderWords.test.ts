import { expect, it } from 'vitest';
import { drinkStateWords, payTypeInFull, payTypeWords } from '../../../../src/renderer/src/text/orderWords';
import { order } from '../../../builders/rows';
import { wordsOf } from '../../../builders/wordsOf';

it('names a payment as shops do, and an unknown one as the machine does', () => {
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
  expect(payTypeInFull(zh, 'mdb_cashless')).toBe('刷卡（mdb_cashless）');
  for (const type of ['toString', '__proto__', 'shells', '']) expect(payTypeInFull(en, type)).toBe(type);
});

it('names who refused a drink: a machine with an unpaid order has refused nothing', () => {
  const said = (over: Parameters<typeof order>[1]): readonly string[] =>
    (['en', 'zh-CN'] as const).map((language) => drinkStateWords(wordsOf(language), order(1, over)));
  const told = { entry: 2, conn: 1, paid: true, answer: 'failed', answered: null } as const;
  expect(said({ state: 'failed', failReason: 'ERROR:5300' })).toEqual([
    'failed: no cups (ERROR:5300)',
    '制作失败：缺杯（代码 ERROR:5300）',
  ]);
  expect(said({ state: 'refused' })).toEqual(['not paid', '未支付']);
  expect(said({ state: 'paid', told: [told] })).toEqual([
    'payment refused by the machine',
    '机器拒绝支付结果',
  ]);
  expect(said({ state: 'paid', told: [{ ...told, answer: null }] })).toEqual([
    'paid, not made yet',
    '已支付，尚未制作',
  ]);
});
