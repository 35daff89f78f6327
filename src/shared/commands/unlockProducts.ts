import { menuCommand } from './kit/menu';

/** Shows hidden products again. */
export const unlockProducts = menuCommand('productunlock');
