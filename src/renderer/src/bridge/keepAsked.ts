import { useCrema, type CremaState } from '../store';

interface Asked {
  /** Sends the request, and uses the answer if it is still wanted. */
  readonly ask: (isWanted: () => boolean) => Promise<void>;
  /** ms: minimum time between two requests. */
  readonly pause: number;
  /** Whether the answer may have changed; `null`: nothing reports changes. */
  readonly isOld: ((state: CremaState, before: CremaState) => boolean) | null;
}

/** Sends the request at once, and again when the answer may have changed; returns a function that stops it. */
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
