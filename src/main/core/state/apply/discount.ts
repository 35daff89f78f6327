import { discount } from '#shared/messages/discount';
import { withRepricing } from '#shared/model/repricing';
import { evident, on } from './on';

/** Only a later requested amount shows whether the machine applied the discount. */
export const apply = on(discount, ({ repricings }, { discount: percent }, entry) =>
  percent === null
    ? null
    : {
        discount: evident(percent, entry),
        // A price of zero gives no ratio.
        repricings:
          percent > 0 ? withRepricing(repricings, { at: entry.at, entry: entry.id, percent }) : repricings,
      },
);
