import { useEffect, useReducer } from 'react';
import { clock, onTick } from './ticker';

/** A value that depends on the present time. The component renders again only when the value changes. */
export function useTicked<T extends string | number | boolean | null>(valueAt: (now: number) => T): T {
  const [, render] = useReducer((times: number) => times + 1, 0);
  const value = valueAt(clock());
  useEffect(() =>
    onTick((now) => {
      if (valueAt(now) !== value) render();
    }),
  );
  return value;
}
