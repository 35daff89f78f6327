import { useState } from 'react';

export type UseDraft<Draft> = (
  key: string,
  first: Draft,
  /** An earlier input to send again; it takes precedence over the draft. */
  again: Draft | null,
) => readonly [draft: Draft, change: (draft: Draft) => void, forget: () => void];

/**
 * Unsent and unsaved input, for example by command and machine. Closing a dialog by mistake does not lose it. Drafts last until the window
 * closes.
 */
export function createDrafts<Draft>(): UseDraft<Draft> {
  const kept = new Map<string, Draft>();
  return function useDraft(key, first, again) {
    const [draft, setDraft] = useState(() => again ?? kept.get(key) ?? first);
    const change = (next: Draft): void => {
      kept.set(key, next);
      setDraft(next);
    };
    return [draft, change, () => kept.delete(key)];
  };
}
