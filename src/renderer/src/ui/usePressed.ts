import { useEffect, useState } from 'react';

/** Whether the primary pointer button is down. An element that moves then would lose its click. */
export function usePressed(): boolean {
  const [pressed, setPressed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const end = (): void => setPressed(false);
    const begin = ({ button }: PointerEvent): void => setPressed(button === 0);
    window.addEventListener('pointerdown', begin, { capture: true, signal });
    for (const name of ['pointerup', 'pointercancel'])
      window.addEventListener(name, end, { capture: true, signal });
    // The window's own blur: the focused element's blur does not bubble.
    window.addEventListener('blur', end, { signal });
    return () => stop.abort();
  }, []);
  return pressed;
}
