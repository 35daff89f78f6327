import { useEffect, useEffectEvent } from 'react';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select'))
  );
}

/** A key of the whole screen, such as `/` or `Ctrl+2`; a bare one does nothing while someone types. */
export function useHotkey(key: string, action: () => void): void {
  const act = useEffectEvent(action);
  useEffect(() => {
    const bare = key.replace(/^Ctrl\+/, '');
    const withControl = bare !== key;
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== bare || (event.ctrlKey || event.metaKey) !== withControl || event.altKey) return;
      if (event.defaultPrevented || (!withControl && isTyping(event.target))) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [key]);
}
