/** Where something happened around the lines: fields and buttons stand there too, and what a menu hears comes from what it was opened in. */
interface Happened {
  readonly target: EventTarget;
  readonly currentTarget: Element;
}

const elementOf = ({ target, currentTarget }: Happened): Element | null =>
  target instanceof Element && currentTarget.contains(target) ? target : null;

/** In the list box itself. */
export const isOfLines = (event: Happened): boolean => elementOf(event)?.closest('[role="listbox"]') != null;

/** Anywhere but where one writes: that has a text of its own to copy. */
export const isOutsideFields = (event: Happened): boolean =>
  elementOf(event)?.closest('input, textarea') === null;
