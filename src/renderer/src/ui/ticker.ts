/** One clock for the whole window. It beats once a second and only while someone listens. */
type Listener = (now: number) => void;

let standing: number | null = null;

/** The moment the window is in. */
export const clock = (): number => standing ?? Date.now();

/** Stops the clock at a moment, the end of a capture; `null`: it goes on. */
export const stopClock = (at: number | null): void => {
  standing = at;
};

const listeners = new Set<Listener>();
let timer: ReturnType<typeof setInterval> | null = null;

/** Calls back every second; returns the way to stop. */
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
