/** Messages that were seen and of which no more than the name is known [field]: they are named where they come, and never offered. */
import { fromMachine, toMachine } from './row';

const row = { source: 'field', fields: {}, example: { vmc_no: 33_232 } } as const;
/** What a machine does when it gets one, nobody knows. */
const ours = { ...row, risk: () => null };

export const barcode = fromMachine('barcode', row);
export const facepay = fromMachine('facepay', row);

export const url_r = toMachine('url_r', ours);
export const openminidoor = toMachine('openminidoor', ours);
export const bottommenu = toMachine('bottommenu', ours);
export const screensaver = toMachine('screensaver', ours);
export const clearscreensaver = toMachine('clearscreensaver', ours);
export const passwords = toMachine('passwords', ours);
export const shutdown = toMachine('shutdown', ours);
