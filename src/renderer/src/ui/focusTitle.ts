/** Focuses the title of a part of the window, or the part itself. */
export function focusTitle(part: HTMLElement | null): void {
  const title = part?.querySelector<HTMLElement>('h1, h2') ?? part;
  if (title === null) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}
