import { useLayoutEffect, useState } from 'react';

/** Work that pauses after each bounded part. */
export type Parts<T> = Generator<undefined, T, undefined>;

/** Does all parts, each as a task of its own after the first; gives the way to stop. */
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

/** What long work comes to, while the window draws and takes input. `value`: of the work before it, until it is done; `null`: none yet. */
export function useInParts<T>(begin: () => Parts<T>): {
  readonly value: T | null;
  readonly isBusy: boolean;
} {
  const [done, setDone] = useState<{ readonly begin: () => Parts<T>; readonly value: T } | null>(null);
  useLayoutEffect(() => inParts(begin(), (value) => setDone({ begin, value })), [begin]);
  return { value: done?.value ?? null, isBusy: done?.begin !== begin };
}
