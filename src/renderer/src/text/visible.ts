/** What is drawn of a text: see `shared/visible.ts`. */
import { visible } from '#shared/visible';

/** Properties of an element that are read by a person; a field's `value` is edited, and stays what it is. */
const drawn = [
  'children',
  'title',
  'label',
  'description',
  'error',
  'placeholder',
  'alt',
  'aria-label',
  'aria-description',
  'aria-valuetext',
] as const;

/** The properties of an element with every text to be read made visible; one that names its character itself (`data-unseen`) keeps it. */
export function visibleProps(props: unknown): unknown {
  if (!isMembers(props) || props['data-unseen'] !== undefined) return props;
  let changed: Record<string, unknown> | null = null;
  for (const name of drawn) {
    const text = props[name];
    // Most elements have two or three of these, and are drawn many thousand times a minute.
    if (text === undefined) continue;
    const shown = visibleTexts(text);
    if (shown !== text) (changed ??= { ...props })[name] = shown;
  }
  const { data } = props;
  const labelled = Array.isArray(data) ? each(data, visibleLabel) : data;
  if (labelled !== data) (changed ??= { ...props })['data'] = labelled;
  return changed ?? props;
}

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const visibleText = (value: unknown): unknown => (typeof value === 'string' ? visible(value) : value);

const visibleTexts = (value: unknown): unknown =>
  Array.isArray(value) ? each(value, visibleText) : visibleText(value);

/** Of what can be chosen; its `value` is what is chosen. */
function visibleLabel(item: unknown): unknown {
  if (!isMembers(item)) return item;
  const { label } = item;
  const shown = visibleText(label);
  return shown === label ? item : { ...item, label: shown };
}

/** The same list where nothing in it changes. */
function each(list: readonly unknown[], change: (one: unknown) => unknown): readonly unknown[] {
  const first = list.findIndex((one) => change(one) !== one);
  return first < 0 ? list : list.map(change);
}
