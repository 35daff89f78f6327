import { useSyncExternalStore } from 'react';
import { clock, onTick } from './ticker';

const today = (): number => new Date(clock()).setHours(0, 0, 0, 0);

/** Start of the window's current day, ms; changes at midnight. */
export const useDay = (): number => useSyncExternalStore(onTick, today);
