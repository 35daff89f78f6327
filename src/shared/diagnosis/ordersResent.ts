import { remarkOf } from './kit/remarked';
import { rule, setting, type DiagnosisFacts } from './kit/rule';
import { answeredByServer } from './kit/trouble';

/** One repetition means a late answer. A second one means that the answer does not arrive or does not settle the order. */
const often = 3;

/** The machine sends the same orders again and again. */
export const ordersResent = rule({
  severity: 'warning',
  reads: ['orders', 'findings', 'link'],
  byTime: true,
  causes: { profile: setting('replyProfile'), server: null, stored: null },
  when: (facts) => {
    if (remarkOf(facts, ['order.repeated']) === null) return null;
    const resent = facts.machine.orders.filter(({ doneTimes }) => doneTimes >= often);
    const last = resent.toSorted((a, b) => a.lastDone - b.lastDone).at(-1);
    return last === undefined
      ? null
      : {
          cause: causeOf(facts),
          evidence: [last.lastDone],
          params: { orders: resent.length },
        };
  },
});

function causeOf({ machine, config }: DiagnosisFacts): 'profile' | 'server' | 'stored' {
  if (answeredByServer(machine)) return 'server';
  return config.replyProfile === 'document' ? 'profile' : 'stored';
}
