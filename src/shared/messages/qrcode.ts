import { orderOf } from '../model/order';
import { qrTextOf } from '../rehearsal';
import { orderNo, price, productId, qrType } from './common';
import { exactText } from './field';
import { fromMachine, toMachine, type AnswerContext } from './row';

/** Requests the text of a QR code; repeated after 8 s with the same `order_no` [field]. */
export const qrcode = fromMachine('qrcode', {
  source: 'doc',
  fields: {
    qrType,
    productId,
    amount: price(['Amount', 'product_amount']),
    orderNo,
  },
  says: ({ amount, orderNo: order }) => {
    if (amount === null) return null;
    return order === null ? ['price', { amount }] : ['priceOfOrder', { amount, order }];
  },
  answer: {
    with: 'qrcode_r',
    profile: 'document',
    make: (request, context) =>
      request.orderNo === null ? null : qrAnswers({ ...request, orderNo: request.orderNo }, context),
  },
  virtual: {
    qrWanted: ({ payment, productId: product, amount, orderNo: order }) => ({
      qr_type: payment,
      product_id: product,
      Amount: amount,
      order_no: order,
    }),
  },
  example: {
    vmc_no: 33_232,
    qr_type: 'all',
    product_id: 810,
    Amount: 1000,
    order_no: '594f803b380a41396ed63dca39503542',
  },
});

export const qrcode_r = toMachine('qrcode_r', {
  source: 'doc',
  fields: { qrType, qrCode: exactText('qrcode', { secrecy: 'payment' }), orderNo },
  says: ({ qrType: type, orderNo: order }) => {
    if (type === null) return null;
    return order === null ? ['payType', { payment: type }] : ['payTypeOfOrder', { payment: type, order }];
  },
  example: { vmc_no: 33_232, qr_type: 'wx_pub', qrcode: 'CREMA TEST', order_no: '0' },
});

interface Request {
  readonly qrType: string | null;
  readonly productId: number | null;
  readonly amount: number | null;
  readonly orderNo: string;
}

interface QrAnswer {
  readonly [member: string]: string | number;
  readonly cmd: 'qrcode_r';
}

/** The same order always gets the same texts [ours]. */
function qrAnswers(
  { qrType: wanted, productId: product, amount, orderNo: number }: Request,
  { vmcNo, machine, qrAnswers: by, qrTemplate, paymentTypes }: AnswerContext,
): readonly QrAnswer[] {
  if (by === 'silent') return [];
  const known = orderOf(machine?.orders ?? [], number)?.qr ?? {};
  const isAll = wanted === null || wanted.toLowerCase() === 'all';
  const answer = (type: string, qr: string): QrAnswer => ({
    cmd: 'qrcode_r',
    vmc_no: vmcNo,
    qr_type: type,
    qrcode: qr,
    order_no: number,
  });
  if (by === 'hand') {
    // A repetition gets the answer of a person; before that, nothing.
    return Object.entries(known)
      .filter(([type]) => isAll || type === wanted)
      .map(([type, qr]) => answer(type, qr));
  }
  const types = isAll ? paymentTypes : [wanted];
  return types.map((type) => {
    const given = Object.hasOwn(known, type) ? known[type] : undefined;
    return answer(
      type,
      given ?? qrTextOf(qrTemplate, { vmcNo, orderNo: number, type, amount, productId: product }),
    );
  });
}
