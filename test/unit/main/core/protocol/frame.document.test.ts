/** The vendor document's examples as frames in both heads, and every message of the document in both directions. */
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import type { MachineMessage, WireMessage } from '#shared/model/message';
import { encodeFrame } from '../../../../../src/main/core/protocol/encode';
import { readMessage } from '#shared/messages/read';
import { outcome } from '../../../../builders/decoding';
import { rawFrame } from '../../../../builders/frames';
import { document } from '../../../../fixtures/document';

const sample = '594f803b380a41396ed63dca3950354';
const vmc_no = 33_232;

/** Name, example, the resulting object, the first finding, and its text position. */
const examples: readonly (readonly [string, string, JsonObject, (readonly [string, string | RegExp])?])[] = [
  ['heartbeat', document.heartbeat, { cmd: 'hb', vmc_no }],
  ['heartbeat reply', document.heartbeatReply, { cmd: 'hb' }],
  [
    'login',
    document.login,
    {
      cmd: 'login',
      vmc_no,
      timestamp: 20_150_624,
      sign: sample,
      version: '1.2.8.8',
      linuxDriverVersion: '1.3',
    },
  ],
  ['login reply', document.loginReply, { cmd: 'login_r', date_time: '2017-05-01 02:13:50', ret: 0 }],
  ['machine status', document.machineStatus, { cmd: 'machinestatus', vmc_no, status: 'clearerror' }],
  [
    'error',
    document.error,
    {
      cmd: 'error',
      vmc_no,
      datetime: '20161212',
      error_code: 'EC_2',
      error_description: 'No machine connected',
      isSet: true,
      is_fatal_error: true,
      is_persistence_error: true,
    },
    ['trailingComma', /,\s*}/],
  ],
  [
    'QR code',
    document.qrCode,
    { cmd: 'qrcode', vmc_no, qr_type: 'all', product_id: 810, Amount: 1000, order_no: sample },
  ],
  [
    'QR code reply',
    document.qrCodeReply,
    { cmd: 'qrcode_r', vmc_no, qr_type: 'wx_pub', qrcode: 'XXXXXXXXXXXXXXXX', order_no: sample },
    ['invalidSymbol', /\|/],
  ],
  [
    'pay done, first part',
    document.payDoneFirst,
    { cmd: 'pay_done', vmc_no, product_amount: 1000, order_no: sample },
    ['trailingComma', /,\s*}/],
  ],
  ['pay done, second part', document.payDoneSecond, { paytype: ' wx_pub ' }, ['objectCut', '']],
  [
    'pay done, both parts',
    `${document.payDoneFirst}\n${document.payDoneSecond}`,
    { cmd: 'pay_done', vmc_no, product_amount: 1000, order_no: sample, paytype: ' wx_pub ' },
    ['trailingComma', /,\s*}/],
  ],
  [
    'product done',
    document.productDone,
    {
      cmd: 'productdone',
      vmc_no,
      ProductName: 'Hot milk',
      ProductId: 701,
      ProductAmount: 1000,
      PayType: 'qr_pay ',
      isok: true,
      order_no: 'bc114ddb5370a97a9012ca695f7ffa25',
    },
    ['missingComma', '"ProductId"'],
  ],
  [
    'products',
    document.products,
    { cmd: 'products', vmc_no, product_id: 810, fastcode: 213, paydone: true, paytype: 'fastcode' },
    ['comment', '//'],
  ],
  ['reboot', document.reboot, { cmd: 'reboot', vmc_no }, ['trailingComma', /,\s*}/]],
  ['open door', document.openDoor, { cmd: 'opendoor', vmc_no }, ['trailingComma', /,\s*}/]],
  ['upgrade', document.upgrade, { cmd: 'upgrade', vmc_no, dir: 'http://192.168.1.200:12345/update ' }],
  ['rinsing', document.rinsing, { cmd: 'rinsing', vmc_no }],
  [
    'price set',
    document.priceSet,
    { cmd: 'priceset', vmc_no, price: [[], []] },
    ['invalidSymbol', 'product_id, price'],
  ],
  [
    'discount, both parts',
    `${document.discountFirst}\n${document.discountSecond}`,
    { cmd: 'discount', vmc_no, discount: 80 },
  ],
  ['discount, first part', document.discountFirst, { cmd: 'discount', vmc_no }, ['unexpectedEnd', /$/]],
  ['discount, second part', document.discountSecond, { discount: 80 }, ['objectCut', '']],
];

describe.each(['decimal', 'le48'] as const)("the document's examples with the %s head", (head) => {
  it.each(examples.map((e) => ({ name: e[0], text: e[1], json: e[2], fault: e[3] })))(
    '$name',
    ({ text, json, fault }) => {
      const [item, next, ...more] = outcome(
        Buffer.concat([rawFrame(text, head), rawFrame(document.heartbeat, head)]),
      );
      expect(more).toEqual([]);
      expect(next).toMatchObject({ head, text: document.heartbeat, findings: [] });
      if (item?.kind !== 'frame') throw new Error('no frame');
      expect(item.head).toBe(head);
      expect(item.text).toBe(text);
      expect(item.json).toEqual(json);
      expect(item.findings.map(({ code, params }) => [code, params?.['what'], params?.['offset']])).toEqual(
        fault === undefined ? [] : [['json.lenient', fault[0], text.search(fault[1])]],
      );
    },
  );
});

describe('reads machine to server', () => {
  const read: readonly (readonly [string, MachineMessage])[] = [
    [document.heartbeat, { cmd: 'hb', vmcNo: vmc_no }],
    [
      document.login,
      {
        cmd: 'login',
        vmcNo: vmc_no,
        timestamp: '20150624',
        sign: sample,
        version: '1.2.8.8',
        driverVersion: '1.3',
        ioVersion: null,
        model: null,
        loginCount: null,
        compId: null,
        boards: {},
      },
    ],
    [
      document.machineStatus,
      { cmd: 'machinestatus', vmcNo: vmc_no, status: 'clearerror', supply: null, locked: null, time: null },
    ],
    [
      document.error,
      {
        cmd: 'error',
        vmcNo: vmc_no,
        code: 'EC_2',
        description: 'No machine connected',
        isSet: true,
        isFatal: true,
        isPersistent: true,
        datetime: '20161212',
      },
    ],
    [
      document.qrCode,
      { cmd: 'qrcode', vmcNo: vmc_no, qrType: 'all', productId: 810, amount: 1000, orderNo: sample },
    ],
    [
      document.productDone,
      {
        cmd: 'productdone',
        vmcNo: vmc_no,
        productName: 'Hot milk',
        productId: 701,
        amount: 1000,
        payType: 'qr_pay',
        isOk: true,
        orderNo: 'bc114ddb5370a97a9012ca695f7ffa25',
        timestamp: null,
        nameKey: null,
        resendTimes: null,
        orderUploaded: null,
        failReason: null,
        isStored: null,
        recipe: null,
        parts: {},
      },
    ],
  ];

  it.each(read)('%s', (text, message) => {
    const [item] = outcome(rawFrame(text));
    expect(item?.kind === 'frame' && readMessage(item.json, 'in')).toEqual({ message, findings: [] });
  });
});

describe('writes server to machine exactly', () => {
  const written: readonly (readonly [WireMessage, string])[] = [
    [{ cmd: 'hb' }, '{"cmd":"hb"}'],
    [{ cmd: 'hb', vmc_no }, '{"cmd":"hb","vmc_no":33232}'],
    [
      { cmd: 'login_r', vmc_no, date_time: '2017-05-01 02:13:50', ret: 0 },
      '{"cmd":"login_r","vmc_no":33232,"date_time":"2017-05-01 02:13:50","ret":0}',
    ],
    [
      { cmd: 'qrcode_r', vmc_no, qr_type: 'wx_pub', qrcode: 'XXXXXXXXXXXXXXXX', order_no: sample },
      `{"cmd":"qrcode_r","vmc_no":33232,"qr_type":"wx_pub","qrcode":"XXXXXXXXXXXXXXXX","order_no":"${sample}"}`,
    ],
    [
      { cmd: 'pay_done', vmc_no, product_amount: 1000, order_no: sample, paydone: true, paytype: 'wx_pub' },
      `{"cmd":"pay_done","vmc_no":33232,"product_amount":1000,"order_no":"${sample}","paydone":true,"paytype":"wx_pub"}`,
    ],
    [
      { cmd: 'products', vmc_no, product_id: 810, fastcode: 213, paydone: true, paytype: 'fastcode' },
      '{"cmd":"products","vmc_no":33232,"product_id":810,"fastcode":213,"paydone":true,"paytype":"fastcode"}',
    ],
    [{ cmd: 'reboot', vmc_no }, '{"cmd":"reboot","vmc_no":33232}'],
    [{ cmd: 'opendoor', vmc_no }, '{"cmd":"opendoor","vmc_no":33232}'],
    [
      { cmd: 'upgrade', vmc_no, dir: 'http://192.168.1.200:12345/update' },
      '{"cmd":"upgrade","vmc_no":33232,"dir":"http://192.168.1.200:12345/update"}',
    ],
    [{ cmd: 'rinsing', vmc_no }, '{"cmd":"rinsing","vmc_no":33232}'],
    [
      { cmd: 'priceset', vmc_no, price: [[810, 1000, 0]] },
      '{"cmd":"priceset","vmc_no":33232,"price":[[810,1000,0]]}',
    ],
    [{ cmd: 'discount', vmc_no, discount: 80 }, '{"cmd":"discount","vmc_no":33232,"discount":80}'],
    [{ cmd: 'error_r', vmc_no }, '{"cmd":"error_r","vmc_no":33232}'],
    [
      { cmd: 'productdone_r', vmc_no, order_no: sample, isOk: true },
      `{"cmd":"productdone_r","vmc_no":33232,"order_no":"${sample}","isOk":true}`,
    ],
  ];

  it.each(written)('%o', (message, text) => {
    const total = String(12 + text.length).padStart(4, '0');
    const decimal = encodeFrame(message, 'decimal');
    expect(decimal.ok && Buffer.from(decimal.bytes).toString()).toBe(`${total}00000000${text}`);
    const le48 = encodeFrame(message, 'le48', 68);
    expect(le48.ok && Buffer.from(le48.bytes.subarray(4)).toString()).toBe(`t0000000${text}`);
    const [item] = outcome(le48.ok ? le48.bytes : new Uint8Array());
    expect(item).toMatchObject({ head: 'le48', sequence: 68, json: message, findings: [] });
  });
});
