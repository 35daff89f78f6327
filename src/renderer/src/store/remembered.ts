/** Sizes and choices of this window, kept over restarts. Typed text is not stored. */
import { useCallback, useState } from 'react';

function read(key: string): unknown {
  try {
    return JSON.parse(window.localStorage.getItem(`crema.${key}`) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** Like `useState`, stored under `key`; a stored value that is not valid any more is dropped. */
export function useRemembered<T>(
  key: string,
  first: T,
  fits: (value: unknown) => value is T,
): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = read(key);
    return fits(kept) ? kept : first;
  });
  const remember = useCallback(
    (next: T) => {
      setValue(next);
      try {
        window.localStorage.setItem(`crema.${key}`, JSON.stringify(next));
      } catch {
        // With a full or forbidden store, the value is only not remembered.
      }
    },
    [key],
  );
  return [value, remember];
}
