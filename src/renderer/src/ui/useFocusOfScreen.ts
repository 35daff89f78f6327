import { useEffect, useRef, type RefObject } from 'react';
import { focusTitle } from './focusTitle';

/** Gives a newly shown screen's title the focus if nothing else took it: keys continue there, not at the start of the window. */
export function useFocusOfScreen(main: RefObject<HTMLElement | null>, screen: string): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (before.current === screen) return;
    before.current = screen;
    // After closing dialogs have given the focus back.
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) focusTitle(main.current);
    });
    return () => clearTimeout(timer);
  }, [main, screen]);
}
