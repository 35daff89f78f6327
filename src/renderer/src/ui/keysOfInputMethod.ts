/**
 * Keys by which an input method is worked, as Enter that takes what was spelled or Escape that leaves it, are its own: to the window they
 * are not told. Chromium tells the page of them where the system does, as macOS.
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
