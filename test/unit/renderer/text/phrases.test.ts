import { describe, expect, it } from 'vitest';
import {
  labelled,
  listed,
  stopQuestion,
  stopwatch,
  withCost,
} from '../../../../src/renderer/src/text/phrases';
import { wordsOf } from '../../../builders/wordsOf';

it('texts are joined with the separators of their language', () => {
  expect(listed({ language: 'en' }, ['{a}', '{b}', '{c}'])).toBe('{a}, {b}, {c}');
  expect(listed({ language: 'zh-CN' }, ['{a}', '{b}', '{c}'])).toBe('{a}、{b}、{c}');
  expect(listed({ language: 'zh-CN' }, ['{a}'])).toBe('{a}');
});

it('a label and its value have the colon of their language', () => {
  expect(labelled({ language: 'en' }, 'a', 'b')).toBe('a: b');
  expect(labelled({ language: 'zh-CN' }, '冲洗', '已确认')).toBe('冲洗：已确认');
});

describe.each([
  ['en', /Linux machine needs 2 to 4 min to reconnect\. An Android machine moves to its next server\.$/],
  ['zh-CN', /Linux 机器要2～4分钟才会重连，安卓机器会改连下一个服务器。$/],
] as const)('%s', (language, cost) => {
  const words = wordsOf(language);
  const { t } = words;

  it('a confirmation that closes connections states the cost', () => {
    const question = t('machine.disconnectAsk', { vmcNo: 7 });
    expect(withCost(words, question)).toMatch(cost);
    expect(withCost(words, question).startsWith(question)).toBe(true);
    expect(stopQuestion(words, 3)).toMatch(cost);
  });

  it('and does not if none is closed', () => {
    expect(withCost(words, 'x', false)).toBe('x');
    expect(stopQuestion(words, 0)).toBe(t('relay.stopAskNone'));
  });
});

describe('a stopwatch', () => {
  it.each([
    [-5, '0:00'],
    [42_900, '0:42'],
    [120_000, '2:00'],
    [3_909_000, '1:05:09'],
  ])('%i ms is %s', (ms, text) => {
    expect(stopwatch(ms)).toBe(text);
  });
});
