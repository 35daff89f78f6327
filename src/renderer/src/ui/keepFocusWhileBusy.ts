/** The button that had the focus when it became busy, until the focus is back or a person is elsewhere. */
let waiting: HTMLElement | null = null;

/** What has the focus, or will have it again. */
export const focusedOrBusy = (): Element | null =>
  document.activeElement === document.body ? (waiting ?? document.body) : document.activeElement;

/**
 * A button that waits for an answer can't be pressed meanwhile, and one that can't be pressed has no focus. It gets the focus back, unless
 * a person has moved it by then; where it still can't be pressed, what stands before it in its form does.
 */
export function keepFocusWhileBusy(): void {
  let last: Element | null = null;
  /** What has opened the menu, or the question, that the focus is in. */
  let opener: string | null = null;
  document.addEventListener('focusin', ({ target }) => {
    waiting = null;
    last = target instanceof Element ? target : null;
    opener = last?.closest('[role="menu"], [role="dialog"]')?.getAttribute('aria-labelledby') ?? null;
  });
  document.addEventListener('focusout', () => {
    const left = last;
    // What is taken out of the page says that it is left while it is still there.
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
