import { expect, it } from 'vitest';
import { qrcode, qrcode_r } from '#shared/messages/qrcode';
import { like, loggedIn, stateOf } from '../../../../../builders/loggedIn';

const asks = like(qrcode, { qr_type: 'wx_pub', order_no: 'o1' });
const answer = { ...qrcode_r.example, qrcode: ' weixin://x ', order_no: 'o1' };

it('a request for a person gets no answer before the decision, then always the same one', () => {
  loggedIn({ config: { qrAnswers: 'hand' } })
    .receives(asks)
    .tells(answer)
    .receives(asks)
    .answers({ ...answer })
    .tells({ ...answer, qrcode: 'weixin://y' })
    .receives(asks)
    .answers({ ...answer, qrcode: 'weixin://y' });
});

it('of many types for one order, the latest are kept', () => {
  const play = loggedIn({ config: { qrAnswers: 'hand' } })
    .receives(asks)
    .tells(answer);
  for (let n = 0; n < 40; n += 1) play.tells({ ...answer, qr_type: `kind ${n}` });
  const kinds = Object.keys(stateOf(play).orders[0]?.qr ?? {});
  expect(kinds).toHaveLength(20);
  expect(kinds.at(-1)).toBe('kind 39');
});

it('the first answer is remembered with its frame; for an unknown order, nothing', () => {
  const play = loggedIn({ config: { qrAnswers: 'hand' } })
    .receives(asks)
    .tells(answer);
  const first = play.world.entries.at(-1)?.id;
  play.tells({ ...answer, qr_type: 'alipay' }).tells({ ...answer, order_no: 'o2' });
  expect(stateOf(play).orders).toMatchObject([
    { orderNo: 'o1', answered: { entry: first }, qr: { wx_pub: ' weixin://x ', alipay: ' weixin://x ' } },
  ]);
});
