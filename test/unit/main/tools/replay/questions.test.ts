import { describe, expect, it } from 'vitest';
import { Questions } from '../../../../../src/main/tools/replay/questions';
import { said } from '../../../../builders/replayed';

const hb = said('in', { cmd: 'hb', vmc_no: 1 });
const answered = said('out', { cmd: 'hb', vmc_no: 1 });
const asks = (order_no: string) => said('in', { cmd: 'qrcode', vmc_no: 1, qr_type: 'all', order_no });
const code = (order_no: string, qr_type: string) =>
  said('out', { cmd: 'qrcode_r', vmc_no: 1, qr_type, order_no });

describe('a recorded answer belongs to', () => {
  it('the first question without an answer, if it names nothing', () => {
    const questions = new Questions();
    questions.ask(hb, true);
    questions.ask(hb, false);
    expect([questions.isAnswer(answered), questions.isAnswer(answered)]).toEqual([true, false]);
  });

  it('all questions about its order', () => {
    const questions = new Questions();
    questions.ask(asks('one'), false);
    questions.ask(asks('two'), true);
    const answers = [
      code('one', 'wx_pub'),
      code('one', 'alipay'),
      code('two', 'wx_pub'),
      code('two', 'alipay'),
    ];
    expect(answers.map((one) => questions.isAnswer(one))).toEqual([false, false, true, true]);
  });

  it('no question if there was none', () => {
    const questions = new Questions();
    questions.ask(hb, true);
    expect(questions.isAnswer(code('one', 'all'))).toBe(false);
    expect(questions.isAnswer(said('out', { cmd: 'reboot', vmc_no: 1 }))).toBe(false);
  });

  it('one of the last 200', () => {
    const questions = new Questions();
    for (let order = 0; order <= 200; order += 1) questions.ask(asks(`order ${order}`), true);
    expect(questions.isAnswer(code('order 0', 'all'))).toBe(false);
    expect(questions.isAnswer(code('order 1', 'all'))).toBe(true);
  });
});
