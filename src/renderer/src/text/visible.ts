/** What is drawn of a text: see `shared/visible.ts`. */
import { visible } from '#shared/visible';

/** Characters of a tooltip or a label. */
const longestLabel = 2_000;

/**
 * Properties of an element that are read by a person, and how long they may be; a field's `value` is edited, and stays what it is. Lists
 * bound the texts between their tags themselves.
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

/** The properties of an element with every text to be read made visible. */
export function visibleProps(props: unknown): unknown {
  if (!isMembers(props)) return props;
  let changed: Record<string, unknown> | null = null;
  for (const [name, most] of drawn) {
    const text = props[name];
    // Most elements have two or three of these, and are drawn many thousand times a minute.
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

/** What can be chosen, or a group of it; its `value` is what is chosen, and stays what it is. */
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

/** The same list where nothing in it changes. */
function each(list: readonly unknown[], change: (one: unknown) => unknown): readonly unknown[] {
  const first = list.findIndex((one) => change(one) !== one);
  return first < 0 ? list : list.map(change);
}
