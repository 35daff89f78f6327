import { useState } from 'react';

export type UseDraft<Draft> = (
  key: string,
  first: Draft,
  /** What was sent before and is to be sent again; it goes before what was typed. */
  again: Draft | null,
) => readonly [draft: Draft, change: (draft: Draft) => void, forget: () => void];

/**
 * What was typed and neither sent nor saved, such as by command and machine: closing a question by mistake costs nothing. It lives as
 * long as the window.
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
