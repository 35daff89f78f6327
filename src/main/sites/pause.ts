/** Waiting that a signal ends. */

/** A function, because the compiler does not expect that a signal aborts meanwhile. */
export const isGoing = (signal: AbortSignal): boolean => !signal.aborted;

/** Resolves after `ms`, or when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
