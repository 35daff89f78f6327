import { describe, expect, it } from 'vitest';
import { checkBody } from '#shared/compose/checkBody';

describe('hints for a body', () => {
  const codes = (text: string): readonly string[] =>
    checkBody(text, 33232).map((hint) => ('field' in hint ? `${hint.code} ${hint.field}` : hint.code));

  it.each([
    ['{"cmd":"hb","vmc_no":33232}', []],
    ['{"cmd":"hb","vmc_no":"33232"}', []],
    ['{"cmd":"hb"', ['notJson']],
    ['["hb"]', ['notJson']],
    ['{"vmc_no":33232}', ['noCmd']],
    ['{"cmd":"format","vmc_no":33232}', ['cmdUnknown']],
    ['{"cmd":"productdone_r","vmc_no":33232,"order_no":"1","isOk":true,"x":1}', ['fieldUnknown x']],
    ['{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}', ['fromMachine']],
    ['{"cmd":"reboot","vmc_no":5}', ['otherMachine']],
    ['{"cmd":"discount","vmc_no":33232,"discount":"half"}', ['wrongType discount']],
    ['{"cmd":"discount","vmc_no":33232}', ['fieldMissing discount']],
    ['{"cmd":"priceset","vmc_no":33232,"price":{}}', ['wrongType price']],
    ['{"cmd":"remote","vmc_no":33232}', ['fieldMissing operation']],
    ['{"cmd":"remote","vmc_no":33232,"operation":"dance"}', ['valueUnknown operation']],
    ['{"cmd":"discount","vmc_no":33232,"discount":5000}', ['outOfRange discount']],
    ['{"cmd":"discount","vmc_no":33232,"discount":0}', ['outOfRange discount']],
    ['{"cmd":"discount","vmc_no":33232,"discount":1}', []],
    ['{"cmd":"discount","vmc_no":33232,"discount":"100"}', []],
    [
      '{"cmd":"login_r","vmc_no":33232,"date_time":"24.11.2026","ret":4}',
      ['wrongForm date_time', 'outOfRange ret'],
    ],
    ['{"cmd":"upgrade","vmc_no":33232,"dir":"update.zip"}', ['wrongForm dir']],
    ['{"cmd":"upgrade","vmc_no":33232,"dir":"http://192.168.1.200:12345/update "}', []],
  ])('%s', (text, wanted) => {
    expect(codes(text)).toEqual(wanted);
  });

  it.each([
    [[['801', 1000, 0]], []],
    [[[100, 0, 3]], []],
    [[], ['listEmpty price']],
    [[['a']], ['wrongRow price[0]']],
    [
      [801, 1000, 0],
      ['wrongRow price[0]', 'wrongRow price[1]', 'wrongRow price[2]'],
    ],
    [
      [
        [801, 1000, 0],
        [801, 1000],
      ],
      ['wrongRow price[1]'],
    ],
    [[[801, 1000, 0, 0]], ['wrongRow price[0]']],
    [[[0, -1, 4]], ['outOfRange price[0][0]', 'outOfRange price[0][1]', 'outOfRange price[0][2]']],
    [[[801, 9.5, 'x']], ['wrongType price[0][1]', 'wrongType price[0][2]']],
    [
      [801, [0, 0, 0]],
      ['wrongRow price[0]', 'outOfRange price[1][0]'],
    ],
  ])('the price list %j', (price, wanted) => {
    expect(codes(JSON.stringify({ cmd: 'priceset', vmc_no: 33232, price }))).toEqual(wanted);
  });

  it('only the first hints for a long list', () => {
    const price = Array.from({ length: 300 }, (_, n) => n);
    expect(codes(JSON.stringify({ cmd: 'priceset', vmc_no: 33232, price }))).toHaveLength(5);
  });

  it.each([
    [222, []],
    ['022', []],
    [0, []],
    [555, []],
    ['999', ['wrongForm fastcode']],
    [226, ['wrongForm fastcode']],
    [-1, ['wrongForm fastcode']],
    [2222, ['wrongForm fastcode']],
  ])('the fastcode %j', (fastcode, wanted) => {
    const drink = { vmc_no: 33232, product_id: 801, paydone: true, paytype: 'fastcode', fastcode };
    expect(codes(JSON.stringify({ cmd: 'products', ...drink }))).toEqual(wanted);
    const wrapped = { cmd: 'remote', operation: 'products', session_id: '1', ...drink };
    expect(codes(JSON.stringify(wrapped))).toEqual(wanted);
  });

  it('contain the limits, and the positions in a row', () => {
    const of = (body: object): unknown => checkBody(JSON.stringify({ vmc_no: 33232, ...body }), 33232)[0];
    expect(of({ cmd: 'discount', discount: 101 })).toMatchObject({ min: 1, max: 100 });
    expect(of({ cmd: 'priceset', price: [[0, 1, 1]] })).toMatchObject({ min: 1, max: null });
    expect(of({ cmd: 'priceset', price: [[]] })).toMatchObject({
      places: ['productId', 'price', 'priceType'],
    });
    expect(of({ cmd: 'upgrade', type: 'rom', dir: 'http://h/' })).toMatchObject({ field: 'type' });
  });

  it.each([['{"cmd":"hb","vmc_no":"x"}', ['wrongType vmc_no']]])('%s', (text, wanted) => {
    expect(codes(text)).toEqual(wanted);
  });
});

it('warn of a harmful value', () => {
  const restart = (type: string) => checkBody(JSON.stringify({ cmd: 'reboot', vmc_no: 7, type }), 7);
  expect(restart('io')).toEqual([{ code: 'valueHarmful', field: 'type', value: 'io' }]);
  expect(restart('ice')).toEqual([]);
});
