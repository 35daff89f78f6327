import { toMachine } from './row';

/** Restarts the machine [doc 3.9]. */
export const reboot = toMachine('reboot', { source: 'doc', fields: {}, example: { vmc_no: 33_232 } });
