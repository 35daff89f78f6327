/** Makes displayed texts visible; see `shared/visible.ts`. */
import { visible } from '#shared/visible';

/** Characters of a tooltip or a label. */
const longestLabel = 2_000;

/**
 * Properties of an element that contain displayed text, and their length limits. A field's `value` is edited and stays unchanged. Lists
 * limit their children's texts themselves.
 */
const drawn = [
  ['children', Infinity],
  ['title', longestLabel],
  ['label', longestLabel],
  ['legend', longestLabel],
  ['nothingFoundMessage', longestLabel],
  ['description', longestLabel],
  ['error', longestLabel],
  ['placeholder', longestLabel],
  ['alt', longestLabel],
  ['aria-label', longestLabel],
  ['aria-description', longestLabel],
  ['aria-roledescription', longestLabel],
  ['aria-valuetext', longestLabel],
] as const;

/** Makes every displayed text in an element's properties visible. */
export function visibleProps(props: unknown): unknown {
  if (!isMembers(props)) return props;
  let changed: Record<string, unknown> | null = null;
  for (const [name, most] of drawn) {
    const text = props[name];
    // For speed: most elements have two or three of these, and thousands render each minute.
    if (text === undefined) continue;
    const shown = visibleTexts(text, most);
    if (shown !== text) (changed ??= { ...props })[name] = shown;
  }
  const { data } = props;
  const labelled = Array.isArray(data) ? each(data, visibleChoice) : data;
  if (labelled !== data) (changed ??= { ...props })['data'] = labelled;
  return changed ?? props;
}

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const visibleText = (value: unknown, most: number): unknown =>
  typeof value === 'string' ? visible(value, most) : value;

const visibleTexts = (value: unknown, most: number): unknown =>
  Array.isArray(value) ? each(value, (one) => visibleText(one, most)) : visibleText(value, most);

/** A choice's option or group; its `value` stays unchanged. */
function visibleChoice(item: unknown): unknown {
  if (typeof item === 'string') {
    const label = visible(item, longestLabel);
    return label === item ? item : { value: item, label };
  }
  if (!isMembers(item)) return item;
  const { label, group, items } = item;
  const shown = visibleText(label, longestLabel);
  const title = visibleText(group, longestLabel);
  const inner = Array.isArray(items) ? each(items, visibleChoice) : items;
  if (shown === label && title === group && inner === items) return item;
  return {
    ...item,
    ...(label !== undefined && { label: shown }),
    ...(group !== undefined && { group: title, items: inner }),
  };
}

/** Returns the same list if nothing in it changes. */
function each(list: readonly unknown[], change: (one: unknown) => unknown): readonly unknown[] {
  const first = list.findIndex((one) => change(one) !== one);
  return first < 0 ? list : list.map(change);
}
