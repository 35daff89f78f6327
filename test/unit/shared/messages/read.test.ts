import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import type { MachineMessage } from '#shared/model/message';
import { readMessage as readFrom, type Read } from '#shared/messages/read';

const readMessage = (json: JsonObject | null): Read<MachineMessage> => readFrom(json, 'in');
const read = (json: JsonObject): MachineMessage => readMessage(json).message;
const codes = (json: JsonObject): string[] =>
  readMessage(json).findings.map(({ code, params }) => `${code} ${params['field'] ?? params['cmd']}`);
const vmc_no = 33_232;

describe('messages seen in the field', () => {
  it('login of an android machine', () => {
    const json = {
      cmd: 'login',
      vmc_no,
      timestamp: '20230624',
      sign: 'CONSTANT',
      version: '3.4.5',
      io_version: '2.0.1',
      vmc_model: 'JL32',
      login_count: 3,
      comp_id: 7,
      ice_version: '1.1',
      boardVersion: 12,
      padding: 'padding',
    };
    expect(readMessage(json)).toEqual({
      message: {
        cmd: 'login',
        vmcNo: vmc_no,
        timestamp: '20230624',
        sign: 'CONSTANT',
        version: '3.4.5',
        driverVersion: null,
        ioVersion: '2.0.1',
        model: 'JL32',
        loginCount: 3,
        compId: '7',
        boards: { ice_version: '1.1', boardVersion: '12' },
      },
      findings: [],
    });
  });

  it.each([null, '', '  ', true, [], {}])('leaves out the amount %j and keeps the others', (odd) => {
    const supply = { '10007': '5', '10009': odd };
    expect(read({ cmd: 'machinestatus', vmc_no, status: 'supply', supply })).toMatchObject({
      supply: { '10007': '5' },
    });
    expect(read({ cmd: 'machinestatus', vmc_no, status: 'supply', supply })).not.toHaveProperty(
      'supply.10009',
    );
  });

  it('machinestatus with supplies, and with a lock', () => {
    const supply = { '10007': '100000', '10009': '-3', '10016': 9999 };
    expect(readMessage({ cmd: 'machinestatus', vmc_no, status: 'supply', supply, time: '20230101' })).toEqual(
      {
        message: {
          cmd: 'machinestatus',
          vmcNo: vmc_no,
          status: 'supply',
          supply: { '10007': '100000', '10009': '-3', '10016': '9999' },
          locked: null,
          time: '20230101',
        },
        findings: [],
      },
    );
    expect(read({ cmd: 'machinestatus', vmc_no, status: 'machinelock', islock: 1, time: 5 })).toMatchObject({
      status: 'machinelock',
      locked: true,
      time: '5',
    });
  });

  it('productdone with android’s additions', () => {
    const json = {
      cmd: 'productdone',
      vmc_no,
      ProductName: '',
      ProductId: '701',
      ProductAmount: '1000',
      PayType: 'qr_pay ',
      isOk: 'false',
      order_no: 17,
      timestamp: '20230101101112',
      nameKey: 'k',
      order_resend_times: '4',
      failreason: 'no cup',
    };
    expect(readMessage(json)).toEqual({
      message: {
        cmd: 'productdone',
        vmcNo: vmc_no,
        productName: null,
        productId: 701,
        amount: 1000,
        payType: 'qr_pay',
        isOk: false,
        orderNo: '17',
        timestamp: '20230101101112',
        nameKey: 'k',
        resendTimes: 4,
        orderUploaded: null,
        failReason: 'no cup',
        isStored: null,
        recipe: null,
        parts: {},
      },
      findings: [],
    });
  });

  it.each<[JsonObject, MachineMessage]>([
    [
      { cmd: 'checkorder', vmc_no, order_no: 'a', product_id: 810 },
      { cmd: 'checkorder', vmcNo: vmc_no, orderNo: 'a', productId: 810 },
    ],
    [
      { cmd: 'rinsingrecord', c_uid: ' 07', isok: true, rinsing_code: 3, timestamp: '1' },
      {
        cmd: 'rinsingrecord',
        vmcNo: null,
        recordId: ' 07',
        isOk: true,
        rinsingCode: '3',
        rinsingWay: null,
        details: {},
        timestamp: '1',
      },
    ],
    [
      { cmd: 'rinsingrecord', c_uid: 7 },
      {
        cmd: 'rinsingrecord',
        vmcNo: null,
        recordId: 7,
        isOk: null,
        rinsingCode: null,
        rinsingWay: null,
        details: {},
        timestamp: null,
      },
    ],
    [
      { cmd: 'rinsingrecord', c_uid: '' },
      {
        cmd: 'rinsingrecord',
        vmcNo: null,
        recordId: '',
        isOk: null,
        rinsingCode: null,
        rinsingWay: null,
        details: {},
        timestamp: null,
      },
    ],
    [
      { cmd: 'paydone_r', vmc_no, order_no: 'a' },
      { cmd: 'paydone_r', vmcNo: vmc_no, orderNo: 'a', status: null },
    ],
    [
      { cmd: 'statusquery_r', vmc_no, status: 'dooropen' },
      { cmd: 'statusquery_r', vmcNo: vmc_no, status: 'dooropen', supply: null },
    ],
    [
      { cmd: 'querysupplies', vmc_no, supply: { '10007': '5' } },
      { cmd: 'querysupplies_r', vmcNo: vmc_no, status: null, supply: { '10007': '5' } },
    ],
    [
      { cmd: 'feedrecord', vmc_no, timestamp: 20150624120000, supply: { '10009': 420 } },
      {
        cmd: 'feedrecord',
        vmcNo: vmc_no,
        timestamp: 20150624120000,
        operation: null,
        supply: { '10009': '420' },
      },
    ],
    [
      { cmd: 'upordrecipe' },
      { cmd: 'upordrecipe', vmcNo: null, timestamp: null, orderNo: null, consumed: null },
    ],
  ])('%o', (json, message) => {
    expect(readMessage(json)).toEqual({ message, findings: [] });
  });
});

describe('spellings and types', () => {
  it('numbers may be text, text may be numbers, with stray spaces', () => {
    expect(read({ cmd: ' HB ', vmc_no: ' 33232 ' })).toEqual({ cmd: 'hb', vmcNo: vmc_no });
    expect(
      read({ cmd: 'qrcode', vmc_no, qr_type: ' wx_pub ', product_id: '810', Amount: '1000.00', order_no: 5 }),
    ).toEqual({
      cmd: 'qrcode',
      vmcNo: vmc_no,
      qrType: 'wx_pub',
      productId: 810,
      amount: 1000,
      orderNo: '5',
    });
  });

  it.each([
    { Amount: 1000, product_id: 810 },
    { amount: 1000, ProductId: 810 },
    { AMOUNT: 1000, productid: 810 },
    { product_amount: 1000, productId: 810 },
  ])('members are found as %o', (members) => {
    const json: JsonObject = { cmd: 'qrcode', vmc_no, qr_type: 'all', order_no: 'a', ...members };
    expect(readMessage(json)).toMatchObject({ message: { amount: 1000, productId: 810 }, findings: [] });
  });

  it.each(['is_persistence_error', 'is_pessistance_error', 'is_persistance_error', 'isPersistenceError'])(
    'persistence is found as %s',
    (name) => {
      expect(read({ cmd: 'error', vmc_no, [name]: 1 })).toMatchObject({ isPersistent: true });
    },
  );

  it.each([
    [true, true],
    ['true', true],
    [' TRUE ', true],
    [1, true],
    ['1', true],
    [false, false],
    ['False', false],
    [0, false],
    ['0', false],
    ['yes', null],
    [2, null],
    [null, null],
    [{}, null],
  ])('a flag %j is %s', (isSet, expected) => {
    expect(read({ cmd: 'error', vmc_no, isSet })).toMatchObject({ isSet: expected });
  });

  it('the exact spelling has priority', () => {
    expect(read({ cmd: 'qrcode', amount: 1, Amount: 2 })).toMatchObject({ amount: 2 });
  });
});

describe('findings', () => {
  it('name each missing member of the document’s, and none from the field', () => {
    expect(codes({ cmd: 'hb' })).toEqual(['field.missing vmc_no']);
    expect(codes({ cmd: 'login' })).toEqual(
      ['vmc_no', 'timestamp', 'sign', 'version', 'linuxDriverVersion'].map((f) => `field.missing ${f}`),
    );
    expect(codes({ cmd: 'machinestatus' })).toEqual(['vmc_no', 'status'].map((f) => `field.missing ${f}`));
    expect(codes({ cmd: 'error' })).toEqual(
      [
        'vmc_no',
        'error_code',
        'error_description',
        'isSet',
        'is_fatal_error',
        'is_persistence_error',
        'datetime',
      ].map((f) => `field.missing ${f}`),
    );
    expect(codes({ cmd: 'qrcode' })).toEqual(
      ['vmc_no', 'qr_type', 'product_id', 'Amount', 'order_no'].map((f) => `field.missing ${f}`),
    );
    expect(codes({ cmd: 'productdone' })).toEqual(
      ['vmc_no', 'ProductName', 'ProductId', 'ProductAmount', 'PayType', 'isok', 'order_no'].map(
        (f) => `field.missing ${f}`,
      ),
    );
    for (const cmd of [
      'checkorder',
      'rinsingrecord',
      'paydone_r',
      'feedrecord',
      'upordrecipe',
      'statusquery_r',
    ]) {
      expect(codes({ cmd })).toEqual([]);
    }
  });

  it.each([
    ['x', 'x'],
    ['', ''],
    [-1, '-1'],
    [1.5, '1.5'],
    [1e300, '1e+300'],
    [2 ** 53, '9007199254740992'],
    ['99999999999999999999', '99999999999999999999'],
    [null, 'null'],
    [[1], '[1]'],
    [true, 'true'],
  ])('a vmc_no %j is invalid, with a finding', (value, shown) => {
    for (const cmd of ['hb', 'checkorder', 'whatever']) {
      const { message, findings } = readMessage({ cmd, vmc_no: value });
      expect(message.vmcNo).toBeNull();
      expect(findings).toContainEqual({ code: 'field.invalid', params: { field: 'vmc_no', value: shown } });
    }
  });

  it('quote a bad value briefly', () => {
    expect(readMessage({ cmd: 'machinestatus', vmc_no, status: ['x'.repeat(500)] }).findings).toEqual([
      { code: 'field.invalid', params: { field: 'status', value: `["${'x'.repeat(58)}` } },
    ]);
  });

  it('an order number that lost digits in parsing is not used', () => {
    expect(
      readMessage(JSON.parse(`{"cmd":"qrcode","order_no":12345678901234567890}`) as JsonObject).message,
    ).toMatchObject({
      orderNo: null,
    });
  });

  it('unknown members are reported once, with the first; padding is ignored', () => {
    const said = { cmd: 'hb', VmcNo: vmc_no, mood: 'good', hue: 1, padding: 'padding' };
    expect(readMessage(said).findings).toEqual([
      { code: 'field.unknown', params: { field: 'mood', count: 2 } },
    ]);
    // In a message with a pattern of members, only members outside the pattern are unknown.
    const login = { cmd: 'login', vmc_no, timestamp: '20150624', version: '1', sign: '', io_version: '1' };
    expect(codes({ ...login, cup_version: '7', cups: '7' })).toEqual(['field.unknown cups']);
  });

  it('an unknown command is named; a missing or invalid one is reported', () => {
    expect(readMessage({ cmd: 'dance', vmc_no })).toEqual({
      message: { cmd: 'unknown', name: 'dance', vmcNo: vmc_no },
      findings: [{ code: 'cmd.unknown', params: { cmd: 'dance' } }],
    });
    expect(codes({})).toEqual(['field.missing cmd']);
    expect(codes({ cmd: [] })).toEqual(['field.invalid cmd']);
    expect(readMessage(null)).toEqual({ message: { cmd: 'unknown', name: null, vmcNo: null }, findings: [] });
  });
});

describe('hostile members', () => {
  it('names of a prototype are not members', () => {
    expect(read({ cmd: 'constructor' })).toMatchObject({ cmd: 'unknown', name: 'constructor' });
    const json = JSON.parse(
      '{"__proto__":{"vmc_no":1,"cmd":"hb"},"cmd":"login","__proto__version":"1","supply":{"__proto__":"5"}}',
    ) as JsonObject;
    expect(readMessage(json).message).toMatchObject({
      cmd: 'login',
      vmcNo: null,
      boards: { __proto__version: '1' },
    });
    const supply = JSON.parse('{"cmd":"machinestatus","supply":{"__proto__":"5","a":"1"}}') as JsonObject;
    const message = read(supply);
    expect(message.cmd === 'machinestatus' && Object.entries(message.supply ?? {})).toEqual([
      ['__proto__', '5'],
      ['a', '1'],
    ]);
  });

  it('any object is read without an exception, twice with the same result', () => {
    const cmd = fc.constantFrom(
      'hb',
      'login',
      'machinestatus',
      'error',
      'qrcode',
      'productdone',
      'checkorder',
      'x',
      5,
      null,
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(1e308, -0, '1e5', '0x10', Number.MAX_SAFE_INTEGER),
    );
    const name = fc.constantFrom(
      'vmc_no',
      'VMC_NO',
      'supply',
      'order_no',
      'isok',
      'Amount',
      'sign',
      'x_version',
      '__proto__',
    );
    fc.assert(
      fc.property(cmd, fc.array(fc.tuple(name, value)), (command, members) => {
        const json = Object.fromEntries([['cmd', command], ...members]) as JsonObject;
        const { message, findings } = readMessage(json);
        expect(readMessage(json)).toEqual({ message, findings });
        expect(message.vmcNo === null || (Number.isSafeInteger(message.vmcNo) && message.vmcNo >= 0)).toBe(
          true,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
