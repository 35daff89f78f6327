/**
 * @typedef {{ text: string, plain: string, line: number }} Passage text without interruption; `plain` has the same length
 * @typedef {{ text: string, plain: string, line: number, words: number }} Sentence
 */

/** A dot after these does not end a sentence. */
const abbreviation = /(?:^|[\s("'[])(?:e\.g|i\.e|cf|vs|approx|incl|excl|resp|fig|ca|max|min)\.$/i;
/** Or after these, if a number or a lower-case word follows. */
const beforeNumber = /(?:^|[\s(])(?:no|nos|vol|sec|ch)\.$/i;
const sentenceEnd = /[.!?…]+["'”’)\]*]*(?=\s|$)|[。！？]["”’）]*/g;

/** @param {string} filler @returns {(match: string) => string} */
const fill = (filler) => (match) => filler.repeat(match.length);

/**
 * The text without code, link targets and URLs. Filler takes their place, so that positions stay the same.
 * @param {string} text
 */
export const plainText = (text) =>
  text
    .replaceAll(/(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, fill('X'))
    .replaceAll(/\{@\w+[^}]*\}/g, fill('X'))
    .replaceAll(/\]\(\s*[^\s)]+(?:\s+"[^"]*")?\s*\)/g, fill(' '))
    .replaceAll(/<(?:https?|mailto):[^>\s]*>|https?:\/\/[^\s<>)\]]*[^\s<>)\].,;:!?]/g, fill('X'))
    .replaceAll(/(?<!\w)_+|_+(?!\w)/g, fill(' '));

/** @param {string} plain from `plainText` */
export const wordsIn = (plain) => plain.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

/** @param {string} text @param {number} end */
const linesBefore = (text, end) => text.slice(0, end).split('\n').length - 1;

/** @param {string} text @param {number} line of its first character @returns {Passage} */
export const passage = (text, line) => ({ text, plain: plainText(text), line });

/**
 * A part of a passage, from its first character that is not white space.
 * @param {Passage} whole @param {number} start @param {number} end
 * @returns {Passage}
 */
export function partOf(whole, start, end) {
  const from = start + (/^\s*/.exec(whole.plain.slice(start, end))?.[0].length ?? 0);
  return {
    text: whole.text.slice(from, end),
    plain: whole.plain.slice(from, end),
    line: whole.line + linesBefore(whole.text, from),
  };
}

/** @param {string} before the text up to and with the dot @param {string} after */
function endsHere(before, after) {
  if (/[。！？]["”’）]*$/.test(before)) return true;
  const next = after.trimStart();
  if (abbreviation.test(before)) return false;
  if (beforeNumber.test(before)) return !/^\d/.test(next);
  return !/(?:\betc\.|…)$/i.test(before) || !/^\p{Ll}/u.test(next);
}

/** @param {Passage} whole @returns {Sentence[]} */
export function sentencesIn(whole) {
  const ends = [...whole.plain.matchAll(sentenceEnd)]
    .map(({ index, 0: match }) => index + match.length)
    .filter((end) =>
      endsHere(whole.plain.slice(Math.max(0, end - 12), end), whole.plain.slice(end, end + 12)),
    );
  const starts = [0, ...ends];
  return starts
    .map((start, at) => partOf(whole, start, starts[at + 1] ?? whole.plain.length))
    .map((part) => Object.assign(part, { words: wordsIn(part.plain) }))
    .filter(({ words }) => words > 0);
}
