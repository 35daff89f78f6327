/**
 * A ref for what a list stands in whose lines (`li`) go away when something is done about them: the focus of a line that went goes to the
 * one in its place, so that who works by keyboard goes on there.
 */
export function keepFocus(frame: HTMLElement | null): (() => void) | undefined {
  if (frame === null) return undefined;
  let last: { readonly line: HTMLElement; readonly index: number; readonly fromEnd: number } | null = null;
  const onFocus = ({ target }: FocusEvent): void => {
    const line = target instanceof HTMLElement ? target.closest('li') : null;
    last = null;
    if (line === null || !(target instanceof HTMLElement)) return;
    // From the end: the first line may have fewer buttons.
    const controls = controlsOf(line);
    last = { line, index: linesOf(frame).indexOf(line), fromEnd: controls.length - controls.indexOf(target) };
  };
  const observer = new MutationObserver(() => {
    if (last === null || last.line.isConnected || document.activeElement !== document.body) return;
    const lines = linesOf(frame);
    const line = lines[Math.min(last.index, lines.length - 1)];
    const controls = controlsOf(line ?? frame);
    const next = line === undefined ? controls[0] : controls[controls.length - last.fromEnd];
    (next ?? frame).focus();
  });
  frame.addEventListener('focusin', onFocus);
  observer.observe(frame, { childList: true, subtree: true });
  return () => {
    frame.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}

const linesOf = (frame: HTMLElement): readonly HTMLElement[] => [
  ...frame.querySelectorAll<HTMLElement>('li'),
];
const controlsOf = (within: HTMLElement): readonly HTMLElement[] => [
  ...within.querySelectorAll<HTMLElement>('button, input'),
];
