import { discount } from '#shared/messages/discount';
import { evident, on } from './on';

/** Whether it took the discount, only an amount it asks for can show. */
export const apply = on(discount, (machine, { discount: percent }, entry) => ({
  discount: percent === null ? machine.discount : evident(percent, entry),
}));
