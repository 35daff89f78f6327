/** Scores how well a text contains the typed words, in any order. Chinese also matches by pinyin or its initials. */
import pinyin from 'pinyin-match';

const han = /\p{Script=Han}/u;
const latin = /^[a-z]+$/;

/** 0: no match. The score falls from whole text to beginning, beginning of a word, any position, and pinyin. */
export function matching(text: string, typed: string): number {
  const lower = text.toLowerCase();
  const words = wordsOf(typed);
  if (words.length === 0) return 0;
  let sum = 0;
  for (const word of words) {
    const found = ofWord(lower, word);
    if (found === 0) return 0;
    sum += found;
  }
  return sum / words.length + (lower === words.join(' ') ? 1 : 0);
}

export const wordsOf = (typed: string): readonly string[] =>
  typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

function ofWord(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 5;
  if (at > 0) return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && !han.test(text[at - 1] ?? '') ? 2 : 3;
  return latin.test(word) && han.test(text) && pinyin.match(text, word) !== false ? 1 : 0;
}
