import { passage, wordsIn } from './prose-text.mjs';

/**
 * @typedef {import('./prose-text.mjs').Passage} Passage
 * @typedef {{ line: number, level: number, passage: Passage }} Heading
 * @typedef {{ line: number, target: string }} Link
 * @typedef {{
 *   prose: readonly Passage[],
 *   cells: readonly Passage[],
 *   headings: readonly Heading[],
 *   links: readonly Link[],
 *   anchors: ReadonlySet<string>,
 *   tableLines: ReadonlySet<number>,
 * }} Page `prose`: paragraphs and list items; lines count from 1
 */

const fence = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)?(`{3,}|~{3,})/;
const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const delimiterRow = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const listItem = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/;
const rule = /^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+\s*)$/;
const definition = /^ {0,3}\[[^\]]+\]:\s+<?([^\s>]+)>?/;
const quote = /^\s*(?:>\s?)+/;
const linkTarget = /\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)|\b(?:src|href)="([^"]+)"/g;
const anchorTag = /\b(?:id|name)="([^"]+)"/g;

/** @param {string} text */
const withoutTags = (text) =>
  text.replaceAll(/<\/?[a-z][^<>]*>/gi, (match) =>
    match.includes('://') ? match : ' '.repeat(match.length),
  );

/** @param {string} text @param {number} line */
const prosePassage = (text, line) => passage(withoutTags(text), line);

/** The cells of a table row. @param {string} text */
const cellsOf = (text) =>
  text
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/** The anchor that GitHub gives a heading. @param {string} text */
export const anchorOf = (text) =>
  text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/<\/?[a-z][^<>]*>/gi, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

/** @param {readonly string[]} headings @returns {string[]} one anchor each; repeated ones are numbered */
function anchorsOf(headings) {
  /** @type {Set<string>} */
  const used = new Set();
  return headings.map((text) => {
    const plain = anchorOf(text);
    let anchor = plain;
    for (let number = 1; used.has(anchor); number++) anchor = `${plain}-${number}`;
    used.add(anchor);
    return anchor;
  });
}

/**
 * All lines with their numbers. Lines of code and of HTML comments are blank.
 * @param {readonly string[]} lines
 */
function textLines(lines) {
  /** @type {{ text: string, line: number }[]} */
  const kept = [];
  let closing = '';
  let inComment = false;
  let inList = false;
  let blank = true;
  for (const [at, text] of lines.entries()) {
    const mark = fence.exec(text)?.[1] ?? '';
    const wasIn = closing !== '' || inComment;
    if (closing !== '') {
      if (mark.startsWith(closing) && text.trim().replace(quote, '') === mark) closing = '';
    } else if (inComment) inComment = !text.includes('-->');
    else if (mark !== '') closing = mark;
    else if (/^\s*<!--/.test(text)) inComment = !text.includes('-->');
    const isText = !wasIn && closing === '' && !/^\s*<!--/.test(text);
    /** @type {boolean} */
    const isCode = isText && blank && !inList && /^(?: {4}|\t)/.test(text);
    kept.push({ text: isText && !isCode ? text : '', line: at + 1 });
    if (isText && text.trim() !== '') inList = listItem.test(text) || (inList && /^\s/.test(text));
    blank = text.trim() === '' || (isCode && blank);
  }
  return kept;
}

/** @param {string} source @returns {Page} */
export function readMarkdown(source) {
  const lines = textLines(source.split(/\r?\n/));
  /** @type {Passage[]} */
  const prose = [];
  /** @type {Passage[]} */
  const cells = [];
  /** @type {Heading[]} */
  const headings = [];
  /** @type {string[]} */
  const titles = [];
  /** @type {Set<number>} */
  const tableLines = new Set();
  /** @type {{ text: string[], line: number }} */
  let open = { text: [], line: 0 };
  const end = () => {
    if (open.text.length > 0) prose.push(prosePassage(open.text.join('\n'), open.line));
    open = { text: [], line: 0 };
  };
  let inTable = false;
  for (const [at, { text: raw, line }] of lines.entries()) {
    const text = raw.replace(quote, '');
    const next = lines[at + 1]?.text.replace(quote, '') ?? '';
    const startsTable = text.includes('|') && next.includes('-') && delimiterRow.test(next);
    inTable = startsTable || (inTable && text.trim() !== '');
    const title = heading.exec(text);
    if (inTable) {
      end();
      tableLines.add(line);
      if (!delimiterRow.test(text)) cells.push(...cellsOf(text).map((cell) => prosePassage(cell, line)));
    } else if (title) {
      end();
      titles.push(title[2] ?? '');
      headings.push({ line, level: title[1]?.length ?? 1, passage: prosePassage(title[2] ?? '', line) });
    } else if (
      text.trim() === '' ||
      rule.test(text) ||
      definition.test(text) ||
      /^\[![A-Z]+\]\s*$/.test(text)
    )
      end();
    else {
      const marker = listItem.exec(text)?.[0].length ?? 0;
      if (marker > 0) end();
      if (open.text.length === 0) open.line = line;
      open.text.push(text.slice(marker).trimStart());
    }
  }
  end();
  return { prose, cells, headings, ...referencesOf(lines, titles), tableLines };
}

/** @param {readonly { text: string, line: number }[]} lines @param {readonly string[]} titles */
function referencesOf(lines, titles) {
  const withoutCode = lines.map(({ text, line }) => ({
    text: text.replaceAll(/(?<!`)(`+)(?!`).*?[^`]\1(?!`)/g, ''),
    line,
  }));
  const links = withoutCode.flatMap(({ text, line }) => {
    const defined = definition.exec(text)?.[1];
    const inline = [...text.matchAll(linkTarget)].map((match) => match[1] ?? match[2] ?? '');
    return [...inline, ...(defined === undefined ? [] : [defined])].map((target) => ({ line, target }));
  });
  const named = withoutCode.flatMap(({ text }) =>
    [...text.matchAll(anchorTag)].map((match) => match[1] ?? ''),
  );
  return { links, anchors: new Set([...anchorsOf(titles), ...named]) };
}

/** The words between two headings; tables and code do not count. @param {Page} page */
export function sectionsOf({ prose, headings }) {
  const starts = [
    { line: 1, title: '' },
    ...headings.map(({ line, passage: { text } }) => ({ line, title: text })),
  ];
  return starts.map(({ line, title }, at) => {
    const end = starts[at + 1]?.line ?? Infinity;
    const inside = prose.filter((part) => part.line >= line && part.line < end);
    return { line, title, words: inside.reduce((sum, { plain }) => sum + wordsIn(plain), 0) };
  });
}

/** All words of a page, tables included, code left out. @param {Page} page */
export const pageWords = ({ prose, cells, headings }) =>
  [...prose, ...cells, ...headings.map((each) => each.passage)].reduce(
    (sum, { plain }) => sum + wordsIn(plain),
    0,
  );
