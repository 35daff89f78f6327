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
  const changed: Record<string, unknown> = {};
  for (const name of drawn) {
    const shown = visibleTexts(props[name]);
    if (shown !== props[name]) changed[name] = shown;
  }
  const data = each(props['data'], visibleLabel);
  if (data !== props['data']) changed['data'] = data;
  return { ...props, ...changed };
}

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const visibleText = (value: unknown): unknown => (typeof value === 'string' ? visible(value) : value);

function visibleTexts(value: unknown): unknown {
  return each(visibleText(value), visibleText);
}

/** Of what can be chosen; its `value` is what is chosen. */
function visibleLabel(item: unknown): unknown {
  if (!isMembers(item)) return item;
  const { label } = item;
  const shown = visibleText(label);
  return shown === label ? item : { ...item, label: shown };
}

/** The same list where nothing in it changes. */
function each(value: unknown, change: (one: unknown) => unknown): unknown {
  if (!Array.isArray(value)) return value;
  const list: readonly unknown[] = value;
  const changed = list.map(change);
  return changed.every((one, index) => one === list[index]) ? value : changed;
}
