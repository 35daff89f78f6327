import { test } from 'vitest';
import { answers, never } from '../../../builders/answering';
import { controlled, linux } from '../../../builders/controlled';

const answer = (orderNo: string) => ({ orderNo, qrType: 'wx_pub', qrCode: 'weixin://x' });
const qrFrame = (order: string) => ({
  cmd: 'qrcode_r',
  vmc_no: 7,
  qr_type: 'wx_pub',
  qrcode: 'weixin://x',
  order_no: order,
});

test('is displayed by the machine, which sends no reply', () => {
  controlled(linux)
    .gives('answerQr', answer('o1'))
    .sends(qrFrame('o1'))
    .shows('unconfirmable', 'cannotProve')
    .after(1_000)
    .gives('answerQr', answer('o1'))
    .sends(qrFrame('o1'))
    .shows('unconfirmable', 'cannotProve');
});

test('waits ten seconds for an offline machine, one for each order', () => {
  controlled(linux)
    .hangsUp()
    .gives('answerQr', answer('o1'))
    .shows('queued', 'queued')
    .gives('answerQr', answer('o2'))
    .shows('queued', 'queued')
    .refuses('answerQr', answer('o2'), { code: 'commandRunning' })
    .after(10_000)
    .showsOf(1, 'expired', 'notSent')
    .shows('expired', 'notSent');
});

answers(
  'answerQr',
  {
    linux: {
      truly: never,
      refuses: never,
      fails: never,
      late: never,
      never: never,
      restarts: never,
      dropped: never,
    },
    android: {
      truly: never,
      refuses: never,
      fails: never,
      late: never,
      never: never,
      restarts: never,
      dropped: never,
    },
  },
  { input: { qrType: 'wx_pub', qrCode: 'CREMA' }, customers: 'before' },
);
