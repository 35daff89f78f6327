import { menuCommand } from './kit/menu';

/** Customers see them again. */
export const unlockProducts = menuCommand('productunlock');
