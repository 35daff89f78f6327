import { Modal } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { useWords } from '../text/useWords';
import { useFocusBack } from './useFocusBack';

interface DialogProps {
  readonly title: string;
  readonly size?: number;
  /** Enter in a field does not send: only the button does. */
  readonly isSentByButton?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog in the middle of the window. Its keys do not reach the screen behind it. */
export function Dialog({ title, size = 460, isSentByButton = false, onClose, children }: DialogProps) {
  const { t } = useWords();
  useFocusBack();
  const root = useRef<HTMLDivElement>(null);
  // A button that disappears or is disabled loses the focus. Without a focus in the dialog, keys would reach the screen behind, or nothing.
  const take = useEffectEvent((event: KeyboardEvent) => {
    const own = root.current?.querySelector<HTMLElement>('[role="dialog"]');
    if (event.target !== document.body || own !== [...document.querySelectorAll('[role="dialog"]')].at(-1))
      return;
    own?.focus();
    if (event.key !== 'Tab') event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => take(event);
    window.addEventListener('keydown', onKeyDown, { capture: true });
    // The element to focus may be a disabled button. The focus, and with it Escape, would then stay behind the dialog. Without an element
    // to focus it would be on the close button, although nobody chose that.
    const timer = setTimeout(() => {
      const own = root.current?.querySelector<HTMLElement>('[role="dialog"]');
      const isNowhere = document.querySelector('[role="dialog"]:focus-within') === null;
      const isOnClose = (own?.querySelector('header :focus') ?? null) !== null;
      if (isNowhere || isOnClose) own?.focus();
    });
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, []);
  return (
    <Modal
      ref={root}
      opened
      title={title}
      size={size}
      onClose={onClose}
      closeOnEscape={false}
      closeOnClickOutside={false}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      yOffset="6vh"
      padding="md"
      closeButtonProps={{ 'aria-label': t('app.cancel') }}
      // A form in the dialog must not submit the form from which the dialog was opened.
      onSubmit={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        // The focus trap needs Tab.
        if (event.key !== 'Tab') event.stopPropagation();
        if (isSentByButton && event.key === 'Enter' && event.target instanceof HTMLInputElement)
          event.preventDefault();
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      {children}
    </Modal>
  );
}
