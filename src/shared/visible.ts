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

/** Where they stand. */
export function unseenIn(text: string): readonly number[] {
  return [...text.matchAll(unseen)].map(({ index }) => index);
}

/** Printable ASCII in which nothing is changed, as most texts are: to look for what is takes three times as long. */
const asItIs = /^(?![=+\-@])[ -:<-~]*$/;

/**
 * A text for a cell of a table: what a spreadsheet would take for a formula gets an apostrophe in front, also behind what it may take for the
 * beginning of another cell.
 */
export function tableCell(text: string): string {
  return asItIs.test(text) ? text : visible(text).replace(/(?<=^|[;\t\r\n])(?=[=+\-@＝＋－＠\t\r])/g, "'");
}

/** The same for a line of cells with tabs between them, which it stays. */
export function tabbedCell(text: string): string {
  return tableCell(text).replace(/[\t\r\n]/g, (sign) => `⟨${codePoint(sign)}⟩`);
}
