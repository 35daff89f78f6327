import { products } from '#shared/messages/products';
import { withBrew } from '../brews';
import { on } from './on';

/** A server orders a drink. */
export const apply = on(products, (machine, body, entry) => withBrew(machine, body, entry));
