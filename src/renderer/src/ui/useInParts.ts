import { useLayoutEffect, useState } from 'react';

/** Work that pauses after each bounded part. */
export type Parts<T> = Generator<undefined, T, undefined>;

/** Runs all parts, each after the first as its own task; returns the cancel function. */
export function inParts<T>(work: Parts<T>, onDone: (value: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const part = (): void => {
    const { done, value } = work.next();
    if (done === true) onDone(value);
    else timer = setTimeout(part);
  };
  part();
  return () => clearTimeout(timer);
}

/** The result of long work, while the window stays responsive. `value`: the result of the previous work until the new one; `null`: none yet. */
export function useInParts<T>(begin: () => Parts<T>): {
  readonly value: T | null;
  readonly isBusy: boolean;
} {
  const [done, setDone] = useState<{ readonly begin: () => Parts<T>; readonly value: T } | null>(null);
  useLayoutEffect(() => inParts(begin(), (value) => setDone({ begin, value })), [begin]);
  return { value: done?.value ?? null, isBusy: done?.begin !== begin };
}
