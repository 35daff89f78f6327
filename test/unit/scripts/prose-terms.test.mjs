import { describe, expect, it } from 'vitest';
import { breachesInText, hasTexts, termsOfWindow } from '../../../scripts/lib/prose-terms.mjs';

it('texts are in the locales and in the tables with both languages', () => {
  for (const file of [
    'src/renderer/src/locales/en/orders.ts',
    'src/renderer/src/locales/zh-CN/orders.ts',
    'src/shared/errors/names.ts',
    'src/shared/sequences.ts',
    'src/shared/doctorWords.ts',
    'src/main/desktop/electron/menu/rows.ts',
  ])
    expect(hasTexts(file), file).toBe(true);
  for (const file of ['src/shared/model/order.ts', 'src/renderer/src/text/words.ts', 'test/unit/a.test.ts'])
    expect(hasTexts(file), file).toBe(false);
});

const words = (/** @type {number} */ count) => Array.from({ length: count }, () => 'ab').join(' ');

describe('an English text', () => {
  it.each([
    'The machine is told its price.',
    'A linux machine restarts.',
    'For android machines',
    'Export the registry…',
    'Read in sequences',
    'No proof in time',
    'Machines are passed on.',
    'The frame is held back.',
    'The connection was let go.',
    'Serve them all the same.',
    'Set by hand',
    'The download began.',
    'Type this into the machine',
    'What it leads to',
    'Save as CSV',
    `${words(26)}.`,
  ])('is refused: %s', (text) => {
    expect(breachesInText(text)).toHaveLength(1);
  });

  it.each([
    'A Linux machine restarts.',
    'Number, name, or platform:android',
    'The machine list has {{count, number}} machines.',
    'Frames lost (sequence gaps)',
    'Not confirmed in time',
    'What to do',
    'What does the machine do?',
    `${words(24)} {{time, number}}.`,
    `${words(20)}. ${words(20)}.`,
    `Linux over \${longestTaken.linux} bytes`,
    'linux',
    '#shared/model/registry',
  ])('is accepted: %s', (text) => {
    expect(breachesInText(text)).toEqual([]);
  });
});

describe('a Chinese text', () => {
  it.each([
    'android 机器',
    'linux 机器',
    'I/O 板版本',
    '机器登记表',
    '没有收到消息',
    '手动发送报文',
    '新建流程',
    '尚未证实',
    '扣下的帧',
    '告知支付成功',
    '程度',
    '错误代码',
    '过滤条件',
    '门开着。',
    '另存为 CSV',
    '已 5 秒',
    '{{count, number}} 台机器',
    '没有连接,请检查',
    '价格 10.00 元',
    '缺杯(ERROR:5300)',
    '缺杯 (ERROR:5300)',
    'ERROR:5300 (缺杯)',
    '(ERROR:5300) 缺杯',
  ])('is refused: %s', (text) => {
    expect(breachesInText(text)).toHaveLength(1);
  });

  it.each([
    '安卓机器',
    'Linux 机器',
    '机器档案',
    '自定义报文',
    '作业流程',
    '严重程度',
    '导出 CSV',
    '已{{time}}',
    '{{count, number}}台机器',
    '从 {{from}} 到 {{to}}',
    'le48 帧头',
    '给 {{name}} 分配地址',
    '大门：已开',
    '缺杯（ERROR:5300）',
    '价格 10.00元',
    `超过\${longestTaken.linux}字节`,
  ])('is accepted: %s', (text) => {
    expect(breachesInText(text)).toEqual([]);
  });
});

it('each term has another to write instead', () => {
  for (const { pattern, instead } of termsOfWindow) {
    expect(pattern.global).toBe(true);
    expect(instead).not.toBe('');
  }
});
