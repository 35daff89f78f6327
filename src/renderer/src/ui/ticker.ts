/** One clock for the whole window. It ticks once a second, and only while it has listeners. */
type Listener = (now: number) => void;

let standing: number | null = null;

/** The present time of the window. */
export const clock = (): number => standing ?? Date.now();

/** Stops the clock at a time, such as the end of a capture; `null`: it runs. */
export const stopClock = (at: number | null): void => {
  standing = at;
};

const listeners = new Set<Listener>();
let timer: ReturnType<typeof setInterval> | null = null;

/** Calls back every second; returns the unsubscribe function. */
export function onTick(listener: Listener): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    const now = clock();
    for (const each of listeners) each(now);
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}
