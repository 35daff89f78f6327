import { useEffect, useState } from 'react';

/** What takes the focus for a while gives it back when it goes, unless a person put it elsewhere meanwhile. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // What had it is out of the document by now: then nothing has.
      if (document.activeElement !== document.body) return;
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
}
