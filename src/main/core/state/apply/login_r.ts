import { login_r } from '#shared/messages/login';
import { evident, on } from './on';

/** What its login was answered: whether it was let in, and where else it is to connect. */
export const apply = on(login_r, ({ link }, { ret, serverList }, entry) => ({
  loginAnswer: evident(
    { ret, serverList, here: link.status === 'online' ? link.peer.localAddress : null },
    entry,
  ),
}));
