import { useSyncExternalStore } from 'react';
import { clock, onTick } from './ticker';

const today = (): number => new Date(clock()).setHours(0, 0, 0, 0);

/** When the day began that the window is in, ms; it changes at midnight. */
export const useDay = (): number => useSyncExternalStore(onTick, today);
