/** Scrolls only `box` and not its parents, so that the surrounding view stays in place. */
export function revealIn(box: HTMLElement | null, element: Element | null | undefined): void {
  if (box === null || element === null || element === undefined) return;
  const room = box.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  if (top < room.top) box.scrollTop -= room.top - top + margin;
  else if (bottom > room.bottom) box.scrollTop += bottom - room.bottom + margin;
}

/** px between the revealed element and the edge. */
const margin = 6;
