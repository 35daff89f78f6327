import { reboot } from '#shared/messages/reboot';
import { on, restart } from './on';

/** It restarts the machine [doc]. */
export const apply = on(reboot, (_machine, { cmd }, entry) => restart(cmd, entry));
