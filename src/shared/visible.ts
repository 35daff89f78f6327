/**
 * Text of strangers (machines, files, other programs) on its way to a person. Every outlet shows it through one of these functions:
 * characters that nobody sees are named, and none of them acts on a terminal, a table, a notification or the text beside it.
 */
import type { Span } from './body/positions';

/**
 * Controls but for tab and line ends, characters of format, halves of characters, separators of lines, what Unicode lets programs ignore,
 * blank letters, and marks piled up on one letter. An emoji keeps the mark that makes it one.
 */
const unseen =
  /(?![\t\n\r])(?!(?<=\p{Extended_Pictographic})\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\uFFFC\u{1D159}]|(?<=\p{M}{5})\p{M}/gu;

/** Runs of all but the commonest characters: to look at those alone is many times as fast. */
const uncommon =
  /[^\t\n\r -~\u00A0-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u0370-\u0482\u048A-\u052F\u2010-\u2027\u27E8\u27E9\u3000-\u3029\u3041-\u3096\u30A0-\u30FF\u4E00-\u9FFF\uFF01-\uFF9F]+/g;

const replaced = (text: string, by: (character: string) => string): string =>
  text.replace(uncommon, (run) => run.replace(unseen, by));

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
const named = (character: string): string => `⟨${codePoint(character)}⟩`;

/** At most so long; what is cut ends with an ellipsis, and no character is cut in two. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** For a window, a page or the clipboard, which take several lines: such characters are named, as in `⟨U+202E⟩`. */
export function visible(text: string, most = Infinity): string {
  return cut(replaced(cut(text, most), named), most);
}

/** Where they stand. */
export function unseenIn(text: string): readonly Span[] {
  return [...text.matchAll(uncommon)].flatMap(({ index: start, 0: run }) =>
    [...run.matchAll(unseen)].map(({ index, 0: { length } }) => ({
      from: start + index,
      to: start + index + length,
    })),
  );
}

/** The text that was made visible. */
export function fromVisible(text: string): string {
  return text.replace(/⟨U\+([0-9A-F]{4,6})⟩/g, (name, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code > 0x10_ffff ? name : String.fromCodePoint(code);
  });
}

const signs = (text: string): string => text.replace(/[\t\n\r]/g, named);

/** For one line of a terminal, a title, a tooltip or a name of a file. */
export const oneLine = (text: string, most = 2_000): string => cut(signs(visible(text, most)), most);

/** For a terminal and a log: each further line stands behind two blanks, so that none passes for a line of ours. */
export function severalLines(text: string, most = 8_000): string {
  const lines = cut(text, most)
    .trim()
    .split(/\r?\n/)
    .map((line, at) => signs(visible(at === 0 || line.startsWith('  ') ? line : `  ${line}`)));
  return cut(lines.join('\n'), most);
}

const likeMarkup = new Map([
  ['<', '＜'],
  ['>', '＞'],
  ['&', '＆'],
]);

/** For notifications: some desktops read markup and some show the escapes of it, so that its signs are replaced by wide ones. */
export const withoutMarkup = (text: string, most = 1_000): string =>
  oneLine(text, most).replace(/[<>&]/g, (sign) => likeMarkup.get(sign) ?? sign);

/** JSON stays what it says: such characters are written as its own escapes. */
export function visibleJson(json: string): string {
  return replaced(json, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hex4(character.charCodeAt(at))}`).join(''),
  );
}
const hex4 = (unit: number): string => unit.toString(16).padStart(4, '0');

/** Printable ASCII in which nothing is changed, as most cells are: to look for what is takes three times as long. */
const asItIs = /^(?!['" ]*[=+\-@])[ -:<-~]*$/;

/** Where a cell may begin, also behind quotes, which spreadsheets take off, and behind an apostrophe, which `fromTableCell` would. */
const formula = /(?<=^|[;\t\r\n])(?=['" ]*[=+\-@＝＋－＠\t\r])/g;
const guardedFormula = /(?<=^|[;\t\r\n])'(?=['" ]*[=+\-@＝＋－＠\t\r])/g;

/**
 * A text for a cell of a table: what a spreadsheet would take for a formula gets an apostrophe in front, also behind what it may take for the
 * beginning of another cell.
 */
export function tableCell(text: string): string {
  return asItIs.test(text) ? text : visible(text).replace(formula, "'");
}

/** The text that became the cell. */
export const fromTableCell = (cell: string): string => fromVisible(cell.replace(guardedFormula, ''));

/** The same for a line of cells with tabs between them, which it stays. */
export const tabbedCell = (text: string): string => signs(tableCell(text));
