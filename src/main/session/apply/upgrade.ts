import { upgrade } from '#shared/messages/upgrade';
import { on, restart } from './on';

/** The machine restarts with what it fetched [doc]. */
export const apply = on(upgrade, (_machine, { cmd }, entry) => restart(cmd, entry));
