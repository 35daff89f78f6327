import { remarkOf } from './kit/remarked';
import { rule, setting } from './kit/rule';

/** Told again once, an answer was late; told a third time, it does not arrive or does not settle it. */
const often = 3;

/** It sends the same orders again and again. */
export const ordersResent = rule({
  severity: 'warning',
  reads: ['orders', 'findings'],
  byTime: true,
  causes: { profile: setting('replyProfile'), stored: null },
  when: (facts) => {
    if (remarkOf(facts, ['order.repeated']) === null) return null;
    const resent = facts.machine.orders.filter(({ doneTimes }) => doneTimes >= often);
    const last = resent.toSorted((a, b) => a.lastDone - b.lastDone).at(-1);
    return last === undefined
      ? null
      : {
          cause: facts.config.replyProfile === 'document' ? 'profile' : 'stored',
          evidence: [last.lastDone],
          params: { orders: resent.length },
        };
  },
});
