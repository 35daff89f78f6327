import { z } from 'zod';
import { toText } from '../messages/field';
import { orderNo, payType } from './kit/inputs';
import { command } from './kit/row';
import { never } from './kit/verdict';
import { both } from './kit/wire';

export const answerQr = command(
  z.strictObject({ orderNo, qrType: payType, qrCode: z.string().min(1).max(800) }),
)({
  examples: [{ orderNo: '0', qrType: 'wx_pub', qrCode: 'CREMA TEST' }],
  offered: 'order',
  effects: [],
  wire: both((input, { vmcNo }) => ({
    cmd: 'qrcode_r',
    vmc_no: vmcNo,
    qr_type: input.qrType,
    qrcode: input.qrCode,
    order_no: input.orderNo,
  })),
  expects: both(never('the machine shows the text and says nothing')),
  queueFor: 10_000,
  sameAs: (a, b) => a.orderNo === b.orderNo,
  says: (input) => ['text', { qrType: input.qrType, orderNo: input.orderNo }],
  virtual: both({
    acts: (vm, { order_no: order, qr_type: type, qrcode }) =>
      vm.showQr({ orderNo: toText(order), type: toText(type), text: toText(qrcode) }),
  }),
});
