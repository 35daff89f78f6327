/** Secrets that must not appear in the log, as error messages quote them; and texts that stay readable. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleared } from '../../../../../src/main/core/masking/cleared';

const codes = new Set(['a1b2c3d4']);

describe('secrets in the log', () => {
  it.each([
    ['a code', 'sign of a1b2c3d4 is wrong', 'a1b2c3d4'],
    ['a code within other text', 'xxa1b2c3d4yy', 'a1b2c3d4'],
    ['an order of 32 digits', 'order 594f803b380a41396ed63dca39503542 twice', '594f803b'],
    ['an order of digits', 'order 2021092711142155332320 twice', '20210927'],
    ['an order with the machine’s number', 'no order 33232_1632708735', '1632708735'],
    ['a member of a body', '{"order_no":"A-1","qrcode":"PAY ME"}', 'A-1'],
    ['a payment text that is no address', '{"order_no":"A-1","qrcode":"PAY ME"}', 'PAY ME'],
    ['a body within a text', String.raw`"{\"order_no\":\"A-1\"}"`, 'A-1'],
    ['a member as code prints it', "{ orderNo: 'A-1', n: 2 }", 'A-1'],
    ['a payment address', 'bad text weixin://wxpay/bizpayurl?pr=Xy7z', 'Xy7z'],
    ['another one', 'https://qr.alipay.com/bax0123 is long', 'bax0123'],
    ['a quoted text', `SyntaxError: Unexpected token 'P', "PAY:ME" is not valid JSON`, 'PAY:ME'],
  ])('%s', (_what, text, secret) => {
    expect(text).toContain(secret);
    expect(cleared(text, codes)).not.toContain(secret);
  });

  it('any order number in the format of a real machine, and any code, anywhere', () => {
    const order = fc.oneof(
      fc.stringMatching(/^[0-9a-f]{32}$/),
      fc.stringMatching(/^\d{12,24}$/),
      fc.stringMatching(/^\d{5}_\d{10}$/),
    );
    const code = fc.stringMatching(/^[A-Za-z0-9]{8}$/);
    fc.assert(
      fc.property(order, code, fc.string(), fc.string(), (number, secret, before, after) => {
        const text = cleared(`${before} ${number} ${secret} ${after}`, new Set([secret]));
        expect(text).not.toContain(number);
        expect(text).not.toContain(secret);
      }),
    );
  });
});

it.each([
  'machines: listening on 0.0.0.0:4567',
  'listener: port 4567 on 192.168.1.20 is in use by python3 (process 12345)',
  'TypeError: x is undefined at App (crema://app/assets/index-DkJ3s9.js:12:345)',
  'at run (file:///opt/Crema/resources/app.asar/out/main/index.js:120:7)',
  'at render (http://localhost:5173/src/App.tsx:3:1)',
  'settings: the file is kept as it was: /home/x/.config/Crema/settings.damaged-2026-11-26.json',
  'frame refused: unknownFrame id=12345678',
  'connection 41 of machine 33232 is given up',
])('%s stays as it is', (text) => {
  expect(cleared(text, codes)).toBe(text);
});
