/** Keeps the rest of a double click, and a held Enter key, from what appears in their place. */

/** Elements that act when clicked. */
const controls =
  'a, button, input, select, textarea, label, summary, [role="option"], [role="menuitem"], [role="tab"], [role="row"], [tabindex]';

/** The control that a series of clicks began on. Later clicks of the series count only there, and only while its label is the same. */
export class ClickSeries<Control> {
  #first: { readonly control: Control | null; readonly label: string } | null = null;
  #hasLeft = false;

  /** `count`: the number of the press in its series, from 1. Returns whether it counts. */
  press(control: Control | null, label: string, count: number): boolean {
    if (count <= 1) {
      this.#first = { control, label };
      this.#hasLeft = false;
    } else if (control !== this.#first?.control || label !== this.#first.label) this.#hasLeft = true;
    return this.counts(count);
  }

  /** Keys click with a count of 0. */
  counts(count: number): boolean {
    return count <= 1 || !this.#hasLeft;
  }
}

export function ignoreStrayClicks(): void {
  const series = new ClickSeries<Element>();
  const stop = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const controlOf = ({ target }: Event): Element | null =>
    target instanceof Element ? target.closest(controls) : null;
  window.addEventListener(
    'mousedown',
    (event) => {
      const control = controlOf(event);
      // A button with another label does something else.
      const label = control instanceof HTMLButtonElement ? control.textContent : '';
      if (!series.press(control, label, event.detail)) stop(event);
    },
    { capture: true },
  );
  for (const name of ['mouseup', 'click'] as const)
    window.addEventListener(
      name,
      (event) => {
        if (!series.counts(event.detail)) stop(event);
      },
      { capture: true },
    );
  window.addEventListener(
    'keydown',
    (event) => {
      const isText = event.target instanceof HTMLTextAreaElement;
      if (event.repeat && event.key === 'Enter' && !isText) stop(event);
    },
    { capture: true },
  );
}
