import { toMachine } from './row';

/** Rinses. linux sends no report afterwards [doc 3.9]. */
export const rinsing = toMachine('rinsing', { source: 'doc', fields: {}, example: { vmc_no: 33_232 } });
