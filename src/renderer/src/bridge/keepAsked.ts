import { useCrema, type CremaState } from '../store';

interface Asked {
  /** Asks, and takes the answer unless it is no longer wanted. */
  readonly ask: (isWanted: () => boolean) => Promise<void>;
  /** ms: it is asked again no more often. */
  readonly pause: number;
  /** Whether the answer may have changed; `null`: nothing reports changes. */
  readonly isOld: ((state: CremaState, before: CremaState) => boolean) | null;
}

/** Asks at once, and again when the answer may be another; gives the way to stop. */
export function keepAsked({ ask, pause, isOld }: Asked): () => void {
  let isActive = true;
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const askNow = async (): Promise<void> => {
    // A change during a request is asked for next.
    if (isAsking) {
      later();
      return;
    }
    isAsking = true;
    await ask(() => isActive);
    isAsking = false;
  };
  const later = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void askNow();
    }, pause);
  };
  void askNow();
  const stop =
    isOld === null
      ? null
      : useCrema.subscribe((state, before) => {
          if (isOld(state, before)) later();
        });
  return () => {
    isActive = false;
    clearTimeout(timer);
    stop?.();
  };
}
