/**
 * Text from outside (machines, files, other programs) for people. Every outlet uses one of these functions. They replace invisible characters
 * by their names, so that no character affects a terminal, a table, a notification or adjacent text.
 */
import type { Span } from './body/positions';

/**
 * Control characters except tab and line ends, format characters, unpaired surrogates, line separators, ignorable characters of Unicode,
 * blank letters, and stacked combining marks. An emoji keeps its variation selector.
 */
const unseen =
  /(?![\t\n\r])(?!(?<=\p{Extended_Pictographic})\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\uFFFC\u{1D159}]|(?<=\p{M}{5})\p{M}/gu;

/** Runs of all but the most common characters: checking only these is many times faster. */
const uncommon =
  /[^\t\n\r -~\u00A0-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u0370-\u0482\u048A-\u052F\u2010-\u2027\u27E8\u27E9\u3000-\u3029\u3041-\u3096\u30A0-\u30FF\u4E00-\u9FFF\uFF01-\uFF9F]+/g;

const replaced = (text: string, by: (character: string) => string): string =>
  text.replace(uncommon, (run) => run.replace(unseen, by));

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
const named = (character: string): string => `⟨${codePoint(character)}⟩`;

/** Limits the length. Truncated text ends with an ellipsis and never with half a character. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** For multi-line outlets (window, page, clipboard): replaces invisible characters by names such as `⟨U+202E⟩`. */
export function visible(text: string, most = Infinity): string {
  return cut(replaced(cut(text, most), named), most);
}

/** The positions of invisible characters. */
export function unseenIn(text: string): readonly Span[] {
  return [...text.matchAll(uncommon)].flatMap(({ index: start, 0: run }) =>
    [...run.matchAll(unseen)].map(({ index, 0: { length } }) => ({
      from: start + index,
      to: start + index + length,
    })),
  );
}

/** Restores the text before `visible`. */
export function fromVisible(text: string): string {
  return text.replace(/⟨U\+([0-9A-F]{4,6})⟩/g, (name, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code > 0x10_ffff ? name : String.fromCodePoint(code);
  });
}

const signs = (text: string): string => text.replace(/[\t\n\r]/g, named);

/** For a single line: terminal, title, tooltip or file name. */
export const oneLine = (text: string, most = 2_000): string => cut(signs(visible(text, most)), most);

/** For terminals and logs: indents all lines but the first, so that none looks like a line of Crema. */
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

/** For notifications: replaces markup signs by full-width ones, because some desktops parse markup and others show its escapes. */
export const withoutMarkup = (text: string, most = 1_000): string =>
  oneLine(text, most).replace(/[<>&]/g, (sign) => likeMarkup.get(sign) ?? sign);

/** For JSON: writes invisible characters as JSON escapes, so the content stays the same. */
export function visibleJson(json: string): string {
  return replaced(json, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hex4(character.charCodeAt(at))}`).join(''),
  );
}
const hex4 = (unit: number): string => unit.toString(16).padStart(4, '0');

/** Printable ASCII that needs no change, like most cells. Searching for problems instead takes three times as long. */
const asItIs = /^(?!['" ]*[=+\-@])[ -:<-~]*$/;

/** Possible starts of a cell, also after quotes, which spreadsheets remove, and after an apostrophe, which `fromTableCell` removes. */
const formula = /(?<=^|[;\t\r\n])(?=['" ]*[=+\-@＝＋－＠\t\r])/g;
const guardedFormula = /(?<=^|[;\t\r\n])'(?=['" ]*[=+\-@＝＋－＠\t\r])/g;

/**
 * A text for a table cell. Text that a spreadsheet would take for a formula gets a leading apostrophe, also after characters that
 * a spreadsheet may take for a cell boundary.
 */
export function tableCell(text: string): string {
  return asItIs.test(text) ? text : visible(text).replace(formula, "'");
}

/** Restores the text before `tableCell`. */
export const fromTableCell = (cell: string): string => fromVisible(cell.replace(guardedFormula, ''));

/** For a tab-separated line: keeps the text on that line. */
export const tabbedCell = (text: string): string => signs(tableCell(text));
