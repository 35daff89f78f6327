/** Scrolls `box` and nothing around it, so that what one looks at stays where it is. */
export function revealIn(box: HTMLElement | null, element: Element | null | undefined): void {
  if (box === null || element === null || element === undefined) return;
  const room = box.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  if (top < room.top) box.scrollTop -= room.top - top + margin;
  else if (bottom > room.bottom) box.scrollTop += bottom - room.bottom + margin;
}

/** px between what is revealed and the edge. */
const margin = 6;
