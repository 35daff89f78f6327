/** Sizes and choices of this window, kept over restarts. Typed text is not stored. */
import { useCallback, useState } from 'react';

export function readRemembered(key: string): unknown {
  try {
    return JSON.parse(window.localStorage.getItem(`crema.${key}`) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(`crema.${key}`, JSON.stringify(value));
  } catch {
    // With a full or forbidden store, the value is only not remembered.
  }
}

export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** Like `useState`, stored under `key`; a stored value that is not valid any more is dropped. */
export function useRemembered<T>(
  key: string,
  first: T,
  fits: (value: unknown) => value is T,
  /** Adapts a value that another version stored. */
  adapted: (value: unknown) => unknown = (value) => value,
): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = adapted(readRemembered(key));
    return fits(kept) ? kept : first;
  });
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      remember(key, next);
    },
    [key],
  );
  return [value, keep];
}

const isChoice = (value: unknown): value is boolean | null => value === null || typeof value === 'boolean';

/** A part that stays as the person left it (ui/Fold.tsx). Before that it is open while it is in use. */
export function useFold(
  name: string,
  isActive = false,
): { readonly name: string; readonly isOpen: boolean; readonly onToggle: (isOpen: boolean) => void } {
  const [chosen, onToggle] = useRemembered<boolean | null>(`fold.${name}`, null, isChoice);
  return { name, isOpen: chosen ?? isActive, onToggle };
}
