/** Where a key moves to in a list of `length` lines; `null`: not a key of lists. `from` is -1 with nothing chosen. */
export function listMove(key: string, from: number, length: number, page: number): number | null {
  if (length === 0) return null;
  const within = (index: number): number => Math.min(length - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return within(from + 1);
    case 'ArrowUp':
    case 'k':
      return from < 0 ? length - 1 : within(from - 1);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    case 'PageDown':
      return within(from + page);
    case 'PageUp':
      return within(from - page);
    default:
      return null;
  }
}

/** Lines that PageUp and PageDown move by. */
export function pageOf(box: HTMLElement, rowHeight: number): number {
  return Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1);
}
