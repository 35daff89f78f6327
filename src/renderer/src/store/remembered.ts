/** Sizes and choices of this window, kept over restarts. Nothing a person typed. */
import { useCallback, useState } from 'react';

function read(key: string): unknown {
  try {
    return JSON.parse(window.localStorage.getItem(`crema.${key}`) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** Like `useState`, remembered under `key`; what is kept and no longer fits is forgotten. */
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
        // A full or forbidden store costs only the memory of it.
      }
    },
    [key],
  );
  return [value, remember];
}
