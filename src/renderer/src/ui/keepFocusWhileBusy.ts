/** The focused button that became busy, until the focus returns or the user moves it. */
let waiting: HTMLElement | null = null;

/** The focused element, or the element that will get the focus back. */
export const focusedOrBusy = (): Element | null =>
  document.activeElement === document.body ? (waiting ?? document.body) : document.activeElement;

/**
 * A button that waits for an answer is disabled and loses the focus. It gets the focus back, unless the user has moved the focus. If the button
 * stays disabled, the element before it in its form gets the focus.
 */
export function keepFocusWhileBusy(): void {
  let last: Element | null = null;
  /** The element that opened the menu or dialog with the focus. */
  let opener: string | null = null;
  document.addEventListener('focusin', ({ target }) => {
    waiting = null;
    last = target instanceof Element ? target : null;
    opener = last?.closest('[role="menu"], [role="dialog"]')?.getAttribute('aria-labelledby') ?? null;
  });
  document.addEventListener('focusout', () => {
    const left = last;
    // A removed element reports the loss of focus while it is still in the page.
    queueMicrotask(() => {
      if (last !== left || left?.isConnected !== true || left.matches(':disabled')) return;
      last = null;
      opener = null;
    });
  });
  document.addEventListener('pointerdown', () => (waiting = null), { capture: true });
  const onChange = (button: HTMLElement): void => {
    const isBusy = button.hasAttribute('data-loading');
    if (isBusy && (button === last || (opener !== null && button.id === opener))) waiting = button;
    if (isBusy || button !== waiting) return;
    waiting = null;
    if (document.activeElement !== document.body) return;
    (button.matches(':disabled') ? before(button) : button)?.focus({ preventScroll: true });
  };
  new MutationObserver((changes) => {
    for (const { target } of changes) if (target instanceof HTMLElement) onChange(target);
  }).observe(document.documentElement, { subtree: true, attributeFilter: ['data-loading'] });
}

function before(button: HTMLElement): HTMLElement | undefined {
  const controls = [
    ...(button.closest('form')?.querySelectorAll<HTMLElement>('input, textarea, button') ?? []),
  ];
  return controls
    .slice(0, controls.indexOf(button))
    .findLast((control) => !control.matches(':disabled') && control.tabIndex >= 0);
}
