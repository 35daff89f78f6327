import { orderNo, yyyyMMddHHmmss } from './common';
import { flag, seen, text, texts } from './field';
import { fromMachine, toMachine } from './row';
import { secondOf } from './times';

/** The consumption of an order. Repeated after every login until it is answered with its order and `isOk` [field]. */
export const upordrecipe = fromMachine('upordrecipe', {
  source: 'field',
  fields: {
    timestamp: seen(text('timestamp', { means: 'recordTime', ...yyyyMMddHHmmss })),
    orderNo,
    /** Amounts by material: "12.50". */
    consumed: texts('recipe', {
      unit: 'materialId',
      each: { means: 'consumedAmount', type: 'text', unit: 'none' },
    }),
  },
  answer: {
    with: 'upordrecipe_r',
    profile: 'extended',
    settles: 'orderNo',
    make: ({ orderNo: number }, { vmcNo }) => ({
      cmd: 'upordrecipe_r',
      vmc_no: vmcNo,
      order_no: number ?? '',
      isOk: true,
    }),
  },
  virtual: {
    consumed: ({ orderNo: number, amounts }, { platform, now }) =>
      platform === 'linux'
        ? null
        : {
            timestamp: secondOf(now),
            order_no: number,
            recipe: Object.fromEntries(
              Object.entries(amounts).map(([material, amount]) => [material, amount.toFixed(2)]),
            ),
          },
  },
  example: {
    vmc_no: 33_232,
    timestamp: '20250318165359',
    order_no: '594f803b380a41396ed63dca39503542',
    recipe: { '10009': '12.50' },
  },
});

export const upordrecipe_r = toMachine('upordrecipe_r', {
  source: 'field',
  fields: { orderNo, recordTaken: flag('isOk') },
  example: { vmc_no: 33_232, order_no: '0', isOk: true },
});
