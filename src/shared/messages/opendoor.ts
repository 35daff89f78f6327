import { toMachine } from './row';

const row = { source: 'doc', fields: {}, example: { vmc_no: 33_232 } } as const;

/** linux programs differ in the spelling [doc 3.9 is ambiguous, field]. */
export const opendoor = toMachine('opendoor', row);
export const door_open = toMachine('door open', row);
