import { discount } from '#shared/messages/discount';
import { evident, on, restart } from './on';

/** It restarts the machine [field]. Whether it took the discount, only an amount it asks for can show. */
export const apply = on(discount, (machine, { cmd, discount: percent }, entry) => ({
  ...restart(cmd, entry),
  discount: percent === null ? machine.discount : evident(percent, entry),
}));
