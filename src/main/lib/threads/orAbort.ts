/** Resolves as `work` does, or rejects when `signal` aborts first. Reads and writes of pipes, devices and dead drives may never end. */
export function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    // A listener per call is removed at once. Racing one long-lived promise would keep memory for every call.
    const over = (): void => signal.removeEventListener('abort', giveUp);
    work.then(resolve, reject).finally(over);
  });
}
