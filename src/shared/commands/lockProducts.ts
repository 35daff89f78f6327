import { menuCommand } from './kit/menu';

/** Customers no longer see them; they stay in the machine. */
export const lockProducts = menuCommand('productlock');
