/** What a machine sends may hold characters that nobody sees, and some that turn the text beside them around. */

/**
 * Controls but for tab and line ends, the soft hyphen, marks of direction, joiners and other characters without a width of their
 * own, and the byte order mark (Unicode 16, categories Cc, Cf, Zl and Zp; emoji need the joiner and variation marks, which stay).
 */
const unseen =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;

/** `U+202E`. */
export const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** To be read, not to be copied: such characters are named, and do nothing to their neighbours. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => `⟨${codePoint(character)}⟩`);
}

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

/** Where they stand. */
export function unseenIn(text: string): readonly number[] {
  return [...text.matchAll(unseen)].map(({ index }) => index);
}
