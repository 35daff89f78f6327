import { discount } from '#shared/messages/discount';
import { withRepricing } from '#shared/model/repricing';
import { evident, on } from './on';

/** Whether it took the discount, only an amount it asks for can show. */
export const apply = on(discount, ({ repricings }, { discount: percent }, entry) =>
  percent === null
    ? null
    : {
        discount: evident(percent, entry),
        // Nothing can be reckoned from what costs nothing.
        repricings:
          percent > 0 ? withRepricing(repricings, { at: entry.at, entry: entry.id, percent }) : repricings,
      },
);
