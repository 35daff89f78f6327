import { useEffect, useState } from 'react';

/** Whether the pointer's first button is down: what moves then takes the click from what was pressed. */
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
    // Of the window: that of what has the focus does not bubble.
    window.addEventListener('blur', end, { signal });
    return () => stop.abort();
  }, []);
  return pressed;
}
