import { hb } from '#shared/messages/hb';
import { on } from './on';

export const apply = on(hb, ({ heartbeat: { count, last } }, _body, { at }) => ({
  heartbeat: { count: count + 1, last: at, interval: last === null ? null : at - last },
}));
