import { useEffect, useState } from 'react';
import { focusedOrBusy } from './keepFocusWhileBusy';

/** Restores the focus when a component unmounts, unless a person moved it elsewhere meanwhile. */
export function useFocusBack(): void {
  const [before] = useState(focusedOrBusy);
  useEffect(
    () => () => {
      // The focused element was removed, so nothing has the focus.
      if (document.activeElement !== document.body) return;
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
}
