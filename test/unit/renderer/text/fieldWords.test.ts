import { describe, expect, it } from 'vitest';
import { fieldNote } from '../../../../src/renderer/src/text/fieldWords';
import { wordsOf } from '../../../builders/wordsOf';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');

describe('the note beside a member', () => {
  it.each([
    ['qrcode', ['Amount'], 1000, 'price, in fen: ¥10.00', '价格（单位：分）：10.00元'],
    ['qrcode', ['Amount'], ' 250 ', 'price, in fen: ¥2.50', '价格（单位：分）：2.50元'],
    ['qrcode', ['Amount'], 'free', 'price, in fen', '价格（单位：分）'],
    ['productdone', ['isok'], true, 'result: drink made', '出货结果：出货成功'],
    ['productdone', ['isok'], '0', 'result: not made', '出货结果：出货失败'],
    ['productdone', ['PayType'], 'qr_pay ', 'kind of payment', '支付方式'],
    ['error', ['error_code'], 'ERROR:5300', 'error code: no cups', '故障码：缺杯'],
    ['machinestatus', ['status'], 'DoorOpen', 'event: door opened', '状态：门已开'],
    ['machinestatus', ['supply'], {}, 'supplies left, by material id', '物料余量（按物料编号）'],
    ['machinestatus', ['supply', '10009'], '420', 'coffee beans', '咖啡豆'],
    ['machinestatus', ['supply', '10016'], '100000', 'sugar: not measured', '糖：未计量'],
    ['login_r', ['ret'], 0, 'result of the login: accepted', '登录结果：登录成功'],
    [
      'products',
      ['fastcode'],
      13,
      'taste, digits: strength, milk, sugar, 0 to 5 each: strength 0, milk 1, sugar 3',
      '口味（三位数字：浓度、奶、糖，各 0 至 5）：浓度 0，奶 1，糖 3',
    ],
    ['priceset', ['price', 0, 1], 1200, 'price, in fen: ¥12.00', '价格（单位：分）：12.00元'],
    ['hb', ['cmd'], 'hb', 'command: heartbeat', '命令：心跳'],
  ] as const)('%s %j %j', (cmd, path, value, english, chinese) => {
    expect(fieldNote(en, cmd, path, value)?.text).toBe(english);
    expect(fieldNote(zh, cmd, path, value)?.text).toBe(chinese);
  });

  it('names its source, and nothing that is unknown', () => {
    expect(fieldNote(en, 'login', ['version'], '1')?.source).toBe('doc');
    expect(fieldNote(en, 'login', ['io_version'], '1')?.source).toBe('field');
    expect(fieldNote(en, 'login', ['colour'], '1')).toBeNull();
  });
});
