/**
 * Keeps the keys of an input method, such as Enter to accept or Escape to cancel, from the window. On systems such as macOS, Chromium also
 * reports these keys to the page.
 */
export function leaveKeysToInputMethod(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.isComposing) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
