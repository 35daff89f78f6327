/** A pressed key, without modifiers. */
export const pressed = (
  key: string,
  held: { ctrlKey?: true; metaKey?: true; altKey?: true; shiftKey?: true } = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
