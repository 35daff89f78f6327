import { useSyncExternalStore } from 'react';

const attribute = 'data-mantine-color-scheme';

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: [attribute] });
  return () => observer.disconnect();
}

/**
 * The theme whose colours the page has now, not the chosen one. The page gets its new colours only after the render, so a drawing
 * would use the old ones.
 */
export const useScheme = (): 'light' | 'dark' =>
  useSyncExternalStore(subscribe, () =>
    document.documentElement.getAttribute(attribute) === 'dark' ? 'dark' : 'light',
  );
