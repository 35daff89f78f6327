import { remote } from '#shared/messages/index';
import { withBrew } from '../brews';
import { on } from './on';

/** The one android operation that orders a drink. The order number is the machine's own [field3]. */
export const apply = on(remote, (machine, { operation, productId, isPaid }, entry) =>
  operation === 'products' ? withBrew(machine, { productId, isPaid, orderNo: null }, entry) : null,
);
