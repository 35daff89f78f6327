import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '#shared/messages/read';
import type { JsonObject } from '#shared/model/frame';

const vmc_no = 33_232;

describe('messages of servers', () => {
  it('are read by the same rules as messages of machines', () => {
    expect(
      readMessage(
        {
          cmd: ' PAY_DONE ',
          VMC_NO: ' 7 ',
          product_amount: '1000',
          order_no: 5,
          PayDone: 'true',
          paytype: ' wx_pub ',
        },
        'out',
      ),
    ).toEqual({
      message: {
        cmd: 'pay_done',
        vmcNo: 7,
        amount: 1000,
        orderNo: '5',
        isPaid: true,
        payType: 'wx_pub',
        productId: null,
      },
      findings: [],
    });
  });

  it('a missing or invalid member is a finding, and null', () => {
    const { message, findings } = readMessage(
      { cmd: 'qrcode_r', vmc_no, qr_type: 'all', qrcode: { text: 'x' } },
      'out',
    );
    expect(message).toEqual({ cmd: 'qrcode_r', vmcNo: vmc_no, qrType: 'all', qrCode: null, orderNo: null });
    expect(findings).toEqual([
      { code: 'field.invalid', params: { field: 'qrcode', value: '{"text":"x"}' } },
      { code: 'field.missing', params: { field: 'order_no' } },
    ]);
  });

  it('a QR text keeps its spaces', () => {
    const json = { cmd: 'qrcode_r', vmc_no, qr_type: 'wx_pub', qrcode: ' a b ', order_no: '1' };
    expect(readMessage(json, 'out').message).toMatchObject({ qrCode: ' a b ' });
  });

  it('have no number only if the document’s own examples have none', () => {
    const found = (json: JsonObject): string[] =>
      readMessage(json, 'out').findings.map(({ code, params }) => `${code} ${params['field']}`);
    expect(found({ cmd: 'hb' })).toEqual([]);
    expect(found({ cmd: 'login_r', date_time: '2017-05-01 02:13:50', ret: 0 })).toEqual([]);
    expect(found({ cmd: 'reboot' })).toEqual(['field.missing vmc_no']);
    expect(found({ cmd: 'remote', vmc_no })).toEqual(['field.missing operation']);
    expect(found({ cmd: 'hb', vmc_no: 'x' })).toEqual(['field.invalid vmc_no']);
    expect(found({ cmd: 'upgrade', vmc_no, dir: 'http://h/' })).toEqual([]);
    expect(found({ cmd: 'discount', vmc_no, discount: 'half' })).toEqual(['field.invalid discount']);
    expect(found({ cmd: 'priceset', vmc_no, price: {} })).toEqual(['field.invalid price']);
  });

  it('a machine’s message from a server is not one of ours, and vice versa', () => {
    expect(readMessage({ cmd: 'login', vmc_no }, 'out')).toEqual({
      message: { cmd: 'unknown', name: 'login', vmcNo: vmc_no },
      findings: [{ code: 'cmd.unknown', params: { cmd: 'login' } }],
    });
    expect(readMessage({ cmd: 'reboot', vmc_no }, 'in').message.cmd).toBe('unknown');
    expect(readMessage(null, 'out')).toEqual({
      message: { cmd: 'unknown', name: null, vmcNo: null },
      findings: [],
    });
  });

  it('every object is read without an exception', () => {
    const cmds = ['hb', 'login_r', 'qrcode_r', 'pay_done', 'priceset', 'discount', 'remote', 'upgrade', 'x'];
    fc.assert(
      fc.property(fc.constantFrom(...cmds), fc.dictionary(fc.string(), fc.jsonValue()), (cmd, members) => {
        const { message } = readMessage({ ...(members as JsonObject), cmd }, 'out');
        expect(message.cmd === 'unknown' ? 'x' : message.cmd).toBe(cmd);
      }),
    );
  });
});
