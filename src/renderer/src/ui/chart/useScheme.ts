import { useSyncExternalStore } from 'react';

const attribute = 'data-mantine-color-scheme';

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: [attribute] });
  return () => observer.disconnect();
}

/**
 * The theme whose colours the page has. Not the one that was chosen: the page gets that one's colours after whatever is drawn for it, which
 * would be drawn in the old ones.
 */
export const useScheme = (): 'light' | 'dark' =>
  useSyncExternalStore(subscribe, () =>
    document.documentElement.getAttribute(attribute) === 'dark' ? 'dark' : 'light',
  );
