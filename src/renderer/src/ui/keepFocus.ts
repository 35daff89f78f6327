/**
 * A ref for a list whose lines or buttons disappear when the user acts on them. The focus moves to the element in their place, so that keyboard
 * users can continue there.
 */
export function keepFocus(frame: HTMLElement | null): (() => void) | undefined {
  if (frame === null) return undefined;
  let last: Place | null = null;
  const onFocus = ({ target }: FocusEvent): void => {
    last = target instanceof HTMLElement && frame.contains(target) ? placeOf(target, frame) : null;
  };
  const observer = new MutationObserver(() => {
    if (last === null || last.control.isConnected || document.activeElement !== document.body) return;
    (nextOf(last, frame) ?? frame).focus();
  });
  // On the document: a user who has moved elsewhere, or pressed where nothing takes the focus, is not brought back.
  const onPress = (): void => {
    last = null;
  };
  document.addEventListener('focusin', onFocus);
  document.addEventListener('pointerdown', onPress, { capture: true });
  observer.observe(frame, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('pointerdown', onPress, { capture: true });
    observer.disconnect();
  };
}

interface Place {
  readonly control: HTMLElement;
  /** The line's index in the frame. */
  readonly index: number;
  readonly line: {
    readonly element: HTMLElement;
    readonly index: number;
    /** The control's index in the line. */
    readonly fromStart: number;
    readonly fromEnd: number;
  } | null;
}

function placeOf(control: HTMLElement, frame: HTMLElement): Place {
  const element = control.closest<HTMLElement>(lines);
  const index = controlsOf(frame).indexOf(control);
  if (element === null || !frame.contains(element)) return { control, index, line: null };
  const controls = controlsOf(element);
  const fromStart = controls.indexOf(control);
  const line = {
    element,
    index: linesOf(frame).indexOf(element),
    fromStart,
    fromEnd: controls.length - fromStart,
  };
  return { control, index, line };
}

function nextOf({ index, line }: Place, frame: HTMLElement): HTMLElement | undefined {
  const isThere = line?.element.isConnected === true;
  const own = isThere ? controlsOf(line.element) : [];
  if (own.length > 0) return own[within(line?.fromStart ?? 0, own)];
  const others = linesOf(frame);
  const next = line === null || isThere ? undefined : others[within(line.index, others)];
  if (next === undefined) {
    const controls = controlsOf(frame);
    return line === null ? controls[within(index, controls)] : controls[0];
  }
  // Counted from the end, because the first line may have fewer buttons.
  const controls = controlsOf(next);
  return controls[Math.max(0, controls.length - (line?.fromEnd ?? 1))];
}

const within = (index: number, all: readonly unknown[]): number =>
  Math.max(0, Math.min(index, all.length - 1));

const lines = 'li, tbody tr, [data-line]';
/** Lines without a control are skipped. */
const linesOf = (frame: HTMLElement): readonly HTMLElement[] =>
  [...frame.querySelectorAll<HTMLElement>(lines)].filter((line) => controlsOf(line).length > 0);
const controlsOf = (of: HTMLElement): readonly HTMLElement[] =>
  [
    ...of.querySelectorAll<HTMLElement>(
      'button:not(:disabled), input:not(:disabled), textarea:not(:disabled)',
    ),
  ].filter(({ tabIndex }) => tabIndex >= 0);
