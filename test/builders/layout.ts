/** Breaches of the layout's rules, by geometry, at each place of the window. */
import type { Page } from 'playwright-core';

interface Visit {
  readonly places: readonly string[];
  readonly opens: 'withLine' | null;
}

/** Runs in the page: goes to each place, opens the last line of its list if asked, and returns the breaches. */
async function breachesAt({ places, opens }: Visit): Promise<readonly string[]> {
  /** px. Also the height of a target in tokens.css. */
  const leastHeight = 24;
  const leastFrames = 3;
  /** px of a cut text. Less shows one or two letters. */
  const leastText = 40;
  const controls =
    'button, a[href], input, select, textarea, summary, [role="button"], [role="tab"], [role="switch"], [role="combobox"]';
  interface Edges {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  interface Control {
    readonly element: Element;
    readonly box: Edges;
    /** The part that is in view. */
    readonly seen: Edges;
  }
  const nameOf = (element: Element): string => {
    const { labels } = element as HTMLInputElement;
    const names = [
      element.getAttribute('aria-label'),
      (element as HTMLElement).innerText,
      labels?.[0]?.textContent,
      element.getAttribute('class'),
    ];
    const name = names.find((one) => one?.trim()) ?? '';
    return `${element.tagName.toLowerCase()} “${name.replaceAll(/\s+/g, ' ').slice(0, 60)}”`;
  };
  const parentsOf = (element: Element): readonly Element[] => {
    const parents: Element[] = [];
    for (let at = element.parentElement; at !== null; at = at.parentElement) parents.push(at);
    return parents;
  };
  const isShown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('[inert]') === null;
  const common = (a: Edges, b: Edges): Edges => ({
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isWithin = (inner: Edges, outer: Edges): boolean =>
    inner.left >= outer.left - 1 &&
    inner.right <= outer.right + 1 &&
    inner.top >= outer.top - 1 &&
    inner.bottom <= outer.bottom + 1;
  const edgesOf = (element: Element): Edges => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  };
  const isOpenArea = ({ left, right, top, bottom }: Edges): boolean => right - left > 1 && bottom - top > 1;
  const heightOf = ({ top, bottom }: Edges): number => bottom - top;

  const endless: Edges = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
  /** The edges of a box at which its content ends, for the kinds of overflow in `ends`. */
  function endsOf(element: Element, ends: RegExp): Edges {
    const { overflowX, overflowY } = getComputedStyle(element);
    const { left, right, top, bottom } = edgesOf(element);
    const [endsX, endsY] = [ends.test(overflowX), ends.test(overflowY)];
    return {
      left: endsX ? left : endless.left,
      right: endsX ? right : endless.right,
      top: endsY ? top : endless.top,
      bottom: endsY ? bottom : endless.bottom,
    };
  }

  /** The part in view, and what cuts off a part that scrolling can't bring into view. */
  function inView(element: Element, box: Edges): { readonly seen: Edges; readonly cutBy: string | null } {
    let seen = box;
    let { left, right, top, bottom } = box;
    let cutBy: string | null = null;
    for (const parent of parentsOf(element)) {
      seen = common(seen, endsOf(parent, /auto|scroll|hidden|clip/));
      if (!isWithin({ left, right, top, bottom }, endsOf(parent, /hidden|clip/))) cutBy ??= nameOf(parent);
      // It can be scrolled to the start of the container.
      const container = endsOf(parent, /auto|scroll/);
      if (container.left > endless.left) left = right = container.left;
      if (container.top > endless.top) top = bottom = container.top;
    }
    const page = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
    if (!isWithin({ left, right, top, bottom }, page)) cutBy ??= 'the window';
    return { seen: common(seen, page), cutBy };
  }

  /** A label is pressed like its choice, and is larger. */
  function targetOf(element: Element): Element {
    if (!(element instanceof HTMLInputElement) || !/^(?:radio|checkbox)$/.test(element.type)) return element;
    const labels = [...(element.labels ?? [])];
    return labels.toSorted((a, b) => heightOf(edgesOf(b)) - heightOf(edgesOf(a)))[0] ?? element;
  }

  /** A link in a text is as high as its line. */
  function isLink(element: Element): boolean {
    const { display, textDecorationLine } = getComputedStyle(element);
    return display === 'inline' || textDecorationLine === 'underline';
  }
  /** A name that a person gave may be cut, if its title is the whole name. Text for screen readers only is one pixel wide. */
  const isCut = (part: Element): boolean =>
    part.scrollWidth > part.clientWidth + 1 &&
    part.clientWidth > 1 &&
    part.ariaHidden !== 'true' &&
    getComputedStyle(part).overflowX === 'hidden';

  function breaches(): readonly string[] {
    const found: string[] = [];
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > window.innerWidth) found.push(`the page scrolls sideways: ${scrollWidth} px`);
    if (scrollHeight > window.innerHeight) found.push(`the page scrolls: ${scrollHeight} px`);
    const bar = document.querySelector('[role="banner"], body header');
    if (
      bar === null ||
      !isWithin(edgesOf(bar), { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight })
    )
      found.push('the top bar is not in view');
    const all: Control[] = [];
    for (const element of new Set([...document.querySelectorAll(controls)].map(targetOf))) {
      const box = edgesOf(element);
      if (!isShown(element) || !isOpenArea(box)) continue;
      const { seen, cutBy } = inView(element, box);
      if (cutBy !== null) found.push(`${nameOf(element)} is cut off by ${cutBy}`);
      if (!isLink(element) && heightOf(box) < leastHeight - 0.5)
        found.push(`${nameOf(element)} is ${heightOf(box).toFixed(1)} px high`);
      if (element.matches('button, [role="tab"], a, label'))
        for (const part of [element, ...element.querySelectorAll('*')])
          if (isCut(part) && part.textContent.trim() !== element.getAttribute('title'))
            found.push(`${nameOf(element)} is cut: ${part.scrollWidth} in ${part.clientWidth} px`);
      if (isOpenArea(seen)) all.push({ element, box, seen });
    }
    for (const [index, a] of all.entries()) {
      for (const b of all.slice(index + 1)) {
        if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
        if (isWithin(a.box, b.box) || isWithin(b.box, a.box)) continue;
        if (isOpenArea(common(a.seen, b.seen)))
          found.push(`${nameOf(a.element)} overlaps ${nameOf(b.element)}`);
      }
      if (!isWithin(a.box, a.seen)) continue;
      const { left, right, top, bottom } = a.box;
      const front = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (front !== null && !a.element.contains(front) && !front.contains(a.element))
        found.push(`${nameOf(a.element)} lies behind ${nameOf(front)}`);
    }
    for (const box of document.querySelectorAll('main *')) {
      if (!/auto|scroll/.test(getComputedStyle(box).overflowX) || !isShown(box)) continue;
      if (box.scrollWidth > box.clientWidth + 1 && box.closest('pre, textarea') === null)
        found.push(`${nameOf(box)} scrolls sideways: ${box.scrollWidth} in ${box.clientWidth} px`);
    }
    for (const tools of document.querySelectorAll('main [data-tools]')) {
      const boxes = [...tools.children].filter(isShown).map(edgesOf).filter(isOpenArea);
      const lines = boxes.filter(({ top }) => boxes.every((other) => other.bottom > top)).length;
      if (lines < boxes.length) found.push(`${nameOf(tools)} takes more than one line`);
    }
    for (const text of document.querySelectorAll('main *')) {
      const { textOverflow, display, overflowX } = getComputedStyle(text);
      const isWider = text.scrollWidth > text.clientWidth + 1 && text.clientWidth > 1 && isShown(text);
      if (isWider && textOverflow === 'ellipsis' && text.clientWidth < leastText)
        found.push(`${nameOf(text)} is cut to ${text.clientWidth} px`);
      if (isWider && display === 'grid' && /hidden|clip/.test(overflowX))
        found.push(`${nameOf(text)} has ${text.scrollWidth} px in ${text.clientWidth}`);
    }
    for (const line of document.querySelectorAll('main [role="option"]')) {
      const box = edgesOf(line);
      const parts = [...line.querySelectorAll('strong, span')]
        .filter(isShown)
        .map(edgesOf)
        .filter(isOpenArea);
      if (parts.some(({ top, bottom }) => top < box.top - 2 || bottom > box.bottom + 2))
        found.push(`${nameOf(line)} is lower than its text`);
      const cells = [...line.querySelectorAll('*')]
        .filter((one) => getComputedStyle(one).display === 'grid')
        .flatMap((grid) => Array.from(grid.children))
        .filter(isShown)
        .filter((cell) => isOpenArea(edgesOf(cell)));
      for (const cell of cells)
        if (edgesOf(cell).right > box.right + 1) found.push(`${nameOf(cell)} lies outside its line`);
    }
    // In a low window the page of a machine scrolls.
    document.querySelector('[data-machine]')?.scrollTo(0, Number.MAX_SAFE_INTEGER);
    const frames = [...document.querySelectorAll('[data-frame]')];
    const inSight = frames.filter((line) => {
      const box = edgesOf(line);
      return isWithin(box, inView(line, box).seen);
    });
    if (frames.length > 0 && inSight.length < leastFrames)
      found.push(`only ${inSight.length} frames are in view`);
    return [...new Set(found)];
  }

  const frames = (count: number): Promise<void> =>
    new Promise((drawn) => {
      const next = (left: number): unknown =>
        left === 0 ? drawn() : requestAnimationFrame(() => next(left - 1));
      next(count);
    });
  /** Nothing has changed for two frames. */
  async function settled(): Promise<void> {
    let changes = 1;
    const observer = new MutationObserver(() => (changes += 1));
    observer.observe(document.body, { childList: true, subtree: true });
    for (let round = 0; changes > 0 && round < 40; round += 1) {
      changes = 0;
      await frames(2);
    }
    observer.disconnect();
  }

  const found: string[] = [];
  for (const place of places) {
    location.hash = place;
    await settled();
    if (opens !== null) {
      [...document.querySelectorAll<HTMLElement>('main [role="option"]')].at(-1)?.click();
      await settled();
    }
    found.push(...breaches().map((breach) => `${place}: ${breach}`));
  }
  return found;
}

/** `withLine`: the last line of each list is opened. */
export const layoutBreaches = (
  page: Page,
  places: readonly string[],
  opens: Visit['opens'] = null,
): Promise<readonly string[]> => page.evaluate(breachesAt, { places, opens });
