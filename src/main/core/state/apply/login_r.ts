import { login_r } from '#shared/messages/login';
import { evident, on } from './on';

/** The answer to the machine's login: whether it was accepted, and which other servers it should use. */
export const apply = on(login_r, ({ link }, { ret, serverList }, entry) => ({
  loginAnswer: evident(
    { ret, serverList, here: link.status === 'online' ? link.peer.localAddress : null },
    entry,
  ),
}));
