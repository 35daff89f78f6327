import { menuCommand } from './kit/menu';

/** Hides products from customers. They stay in the machine. */
export const lockProducts = menuCommand('productlock');
