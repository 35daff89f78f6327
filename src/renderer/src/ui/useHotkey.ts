import { useEffect, useEffectEvent, type RefObject } from 'react';
import { keys, type KeyName } from '#shared/keys';
import { isKey } from './keys';
import { useAction } from './useAction';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type="radio"], [type="checkbox"]), textarea, select'))
  );
}

/** A menu or dialog over the screen has its own keys, and Escape closes only it. */
const isInOverlay = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="menu"], [role="dialog"]') !== null;

/**
 * A key of the whole screen, or of an element with precedence over the screen (`within`). Keys without Ctrl are inactive in text fields and
 * menus. A menu item of that name has the same effect.
 */
export function useHotkey(name: KeyName, action: () => void, within?: RefObject<HTMLElement | null>): void {
  const act = useEffectEvent(action);
  useAction(name, action);
  useEffect(() => {
    const target = within === undefined ? window : within.current;
    const listen = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.defaultPrevented || !isKey(name, event)) return;
      const { target: on } = event;
      if (!keys[name].key.startsWith('Ctrl+') && (isTyping(on) || isInOverlay(on))) return;
      event.preventDefault();
      act();
    };
    target?.addEventListener('keydown', listen);
    return () => target?.removeEventListener('keydown', listen);
  }, [name, within]);
}
