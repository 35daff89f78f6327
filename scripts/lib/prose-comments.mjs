import { partOf, passage } from './prose-text.mjs';

/**
 * @typedef {import('./prose-text.mjs').Passage} Passage
 * @typedef {import('./prose-scan.mjs').Comment} Comment
 */

/** Comments for tools; a reason after `--` is for people. */
const directive =
  /^\s*(?:(?:oxlint|eslint|knip|istanbul|v8|c8|stryker|prettier|oxfmt|webpack)\b|@ts-|@vite|[#@]__|\/\s*<reference)/i;
const typeTags = 'type|typedef|satisfies|import|implements|extends|augments|this|enum';
const nameTags = 'param|property|prop|template|callback|arg|argument';
const otherTags = 'returns?|throws|see|example|default|deprecated|remarks|internal|public|private|readonly';
const tag = new RegExp(String.raw`(?<![\w\`])@(?:${typeTags}|${nameTags}|${otherTags})\b`, 'g');
const isTypeTag = new RegExp(`^@(?:${typeTags})$`);
const isNameTag = new RegExp(`^@(?:${nameTags}|typedef)$`);
const listItem = /^[ \t]*(?:[-*•]|\d{1,3}[.)])[ \t]+/;

/** The end of the type in braces at `from`, or `from`. @param {string} text @param {number} from */
function afterType(text, from) {
  if (text[from] !== '{') return from;
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return text.length;
}

/** @param {string} text @param {number} from @param {RegExp} pattern */
const after = (text, from, pattern) => from + (pattern.exec(text.slice(from))?.[0].length ?? 0);

/** The position of a tag's text, after its type and its name. @param {string} text @param {string} found @param {number} from */
function afterTag(text, found, from) {
  let at = afterType(text, after(text, from, /^\s*/));
  if (isNameTag.test(found)) at = after(text, at, /^\s*(?:\[[^\]]*\]|[\w$.]+)\s*(?:[-:]\s)?/);
  else if (isTypeTag.test(found) && at === after(text, from, /^\s*/)) at = after(text, at, /^[^\n]*/);
  return at;
}

/** @param {Passage} whole @returns {Passage[]} its tags, paragraphs and list items */
function splitComment(whole) {
  const { plain } = whole;
  const tags = plain.includes('@') ? [...plain.matchAll(tag)] : [];
  const parts = [partOf(whole, 0, tags[0]?.index ?? plain.length)];
  for (const [at, { index, 0: found }] of tags.entries()) {
    const end = tags[at + 1]?.index ?? plain.length;
    // A type is code: its text is read as it is.
    parts.push(partOf(whole, Math.min(end, afterTag(whole.text, found, index + found.length)), end));
  }
  return parts.flatMap(paragraphsOf).filter(({ plain: text }) => /\p{L}/u.test(text));
}

/** @param {Passage} whole @returns {Passage[]} */
function paragraphsOf(whole) {
  /** @type {Passage[]} */
  const parts = [];
  let start = 0;
  let at = 0;
  for (const line of whole.plain.split('\n')) {
    const marker = listItem.exec(line)?.[0].length ?? 0;
    if (line.trim() === '' || marker > 0) {
      parts.push(partOf(whole, start, at));
      start = at + marker;
    }
    at += line.length + 1;
  }
  return [...parts, partOf(whole, start, whole.plain.length)];
}

/** @param {string} text of one comment @param {boolean} block */
const contentOf = (text, block) =>
  block
    ? text
        .slice(2, -2)
        .replace(/^\*/, '')
        .replaceAll(/^[ \t]*\*(?!\*)[ \t]?/gm, '')
    : text.slice(2);

/**
 * The text in the comments of a source. A passage is a paragraph, a list item or the text of a tag.
 * @param {string} source
 * @param {readonly Comment[]} comments
 * @param {(position: number) => number} lineAt
 * @returns {Passage[]}
 */
export function passagesOf(source, comments, lineAt) {
  /** @type {{ line: number, last: number, text: string, joins: boolean }[]} */
  const blocks = [];
  for (const { start, end, block } of comments) {
    const content = contentOf(source.slice(start, end), block);
    const text = directive.test(content) ? (/\s--\s([\s\S]*)/.exec(content)?.[1] ?? '') : content;
    const line = lineAt(start);
    const joins =
      !block && text === content && source.slice(source.lastIndexOf('\n', start) + 1, start).trim() === '';
    const before = blocks.at(-1);
    if (joins && before?.joins === true && before.last === line - 1) {
      before.text += `\n${text}`;
      before.last = line;
    } else blocks.push({ line, last: lineAt(end), text, joins });
  }
  return blocks.flatMap(({ text, line }) => splitComment(passage(text, line)));
}
