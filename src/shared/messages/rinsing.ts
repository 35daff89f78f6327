import { toMachine } from './row';

/** Rinses: linux, which says nothing of it afterwards [doc 3.9]. */
export const rinsing = toMachine('rinsing', { source: 'doc', fields: {}, example: { vmc_no: 33_232 } });
