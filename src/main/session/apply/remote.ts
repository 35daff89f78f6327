import { remote } from '#shared/messages/remote';
import { on, restart } from './on';

export const apply = on(remote, (_machine, { cmd, operation }, entry) =>
  operation === 'reboot' ? restart(cmd, entry) : null,
);
