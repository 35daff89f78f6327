import { priceset } from '#shared/messages/priceset';
import { on, restart } from './on';

/** It restarts the machine [field]. */
export const apply = on(priceset, (_machine, { cmd }, entry) => restart(cmd, entry));
