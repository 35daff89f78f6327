/** The origin of an event in the list area, which also contains fields and buttons. React delivers a menu's events to its opener too. */
interface Happened {
  readonly target: EventTarget;
  readonly currentTarget: Element;
}

const elementOf = ({ target, currentTarget }: Happened): Element | null =>
  target instanceof Element && currentTarget.contains(target) ? target : null;

/** Inside the list box. */
export const isOfLines = (event: Happened): boolean => elementOf(event)?.closest('[role="listbox"]') != null;

/** Outside text fields, which have their own text to copy. */
export const isOutsideFields = (event: Happened): boolean =>
  elementOf(event)?.closest('input, textarea') === null;
