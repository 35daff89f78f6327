import { passage, sentencesIn } from './prose-text.mjs';
import { bannedOpening, bannedWords } from './prose-words.mjs';

/** @typedef {import('./prose-words.mjs').BannedWord} BannedWord */

/** Files whose strings a person reads, in both languages. */
const filesWithTexts = [
  /^src\/renderer\/src\/locales\//,
  /^src\/shared\/errors\//,
  /^src\/shared\/(?:doctorWords|materials|registryWords|screens|sequences|supportWords)\.ts$/,
  /^src\/shared\/filter\/errorWords\.ts$/,
  /^src\/main\/desktop\/services\/notices\.ts$/,
  /^src\/main\/desktop\/electron\/menu\//,
];

/** @param {string} file */
export const hasTexts = (file) => filesWithTexts.some((pattern) => pattern.test(file));

/** Terms of the window: one word for one thing. @type {readonly BannedWord[]} */
const englishTerms = [
  { pattern: /(?<![:.“])\b(?:android|linux)\b/g, instead: 'Android, Linux' },
  { pattern: /\bI\/?O boards?\b(?<!I\/O boards?)/g, instead: 'I/O board' },
  { pattern: /\bregistry\b/gi, instead: 'machine list' },
  { pattern: /\bsequences\b/gi, instead: 'procedures' },
  { pattern: /\b(?:proofs?|prov(?:e|es|ed|en|ing))\b/gi, instead: 'confirm, verify' },
  { pattern: /\bmembers?\b/gi, instead: 'field' },
  { pattern: /\bpass(?:es|ed|ing)? on\b/gi, instead: 'forward' },
  { pattern: /\b(?:held|hold|holds|kept) back\b/gi, instead: 'held' },
  { pattern: /\blet(?:s|ting)? go\b/gi, instead: 'disconnected, closed' },
  { pattern: /\ball the same\b/gi, instead: 'anyway, still' },
  { pattern: /\bby hand\b/gi, instead: 'manually' },
  { pattern: /\b(?:begin|begins|began|begun)\b/gi, instead: 'start' },
  { pattern: /\blook(?:s|ed|ing) (?:at|for|further|through|over|into)\b/gi, instead: 'check, search' },
  { pattern: /\b(?:hears|heard of|unheard)\b/gi, instead: 'receives, reported' },
  { pattern: /\bhow bad\b/gi, instead: 'severity' },
  { pattern: /\bfastcodes?\b(?=[ .,:]|$)(?<!and fastcode)/gi, instead: 'taste code' },
  { pattern: /\bsave(?:d)? as CSV\b/gi, instead: 'Export CSV' },
  { pattern: /\b(?:types?|typed|typing) (?:it |this |one |them |the \w+ )?in(?:to)?\b/gi, instead: 'enter' },
];

/** @type {readonly BannedWord[]} */
const chineseTerms = [
  { pattern: /(?<![:“])\bandroid\b/gi, instead: '安卓' },
  { pattern: /(?<![:“])\blinux\b/g, instead: 'Linux' },
  { pattern: /I\/O 板/g, instead: 'IO 板' },
  { pattern: /登记表/g, instead: '机器档案' },
  { pattern: /消息(?!服务器)|(?<!自定义)报文/g, instead: '数据帧、数据' },
  { pattern: /(?<!作业)流程/g, instead: '作业流程' },
  { pattern: /证实|证明/g, instead: '确认' },
  { pattern: /扣下/g, instead: '拦截' },
  { pattern: /告知/g, instead: '通知' },
  { pattern: /(?<!严重)程度/g, instead: '严重程度' },
  { pattern: /错误代码|错误码|故障代码/g, instead: '故障码' },
  { pattern: /过滤/g, instead: '筛选' },
  { pattern: /门(?:开着|关着|开，|关，)/g, instead: '门已开、门已关' },
  { pattern: /工程(?:菜单|密码)/g, instead: '工程师菜单、工程师密码' },
  { pattern: /(?:另)?存为 CSV/g, instead: '导出 CSV' },
  { pattern: /挤掉线/g, instead: '轮流掉线' },
  { pattern: /全部下发/g, instead: '批量下发' },
  {
    pattern:
      /(?<=\d|\}\}) (?=秒|分(?!配)|小时|天|台|个|条|次|帧(?!头)|项|层|笔|行|字节|位|倍|页|份|批|号|杯|张|段|毫秒|元)/g,
    instead: 'no space before a unit',
  },
  { pattern: /\p{Script=Han}[,;!?](?!\w)|[,;!?]\p{Script=Han}/gu, instead: 'full-width punctuation' },
  {
    pattern: /\([^()]*\p{Script=Han}[^()]*\)|(?<=\p{Script=Han}) ?\(|\) ?(?=\p{Script=Han})/gu,
    instead: 'full-width parentheses',
  },
];

export const termsOfWindow = [...englishTerms, ...chineseTerms];

/** Words in a sentence. */
const longest = 25;
/** @param {string} text @param {readonly BannedWord[]} terms */
const termsIn = (text, terms) =>
  terms.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map(({ 0: found }) => `“${found}” (${instead})`),
  );

/** Code in braces counts as one word. @param {string} text */
const withoutValues = (text) =>
  text.replaceAll(
    /\{\{[^}]*\}\}|\$\{(?:[^{}]|\{[^}]*\})*\}/g,
    (value) => `{{${'X'.repeat(value.length - 4)}}}`,
  );

/**
 * Breaches of the writing rules in a text of the window. A string without blanks and Chinese characters is a name, not a text.
 * @param {string} text
 * @returns {string[]}
 */
export function breachesInText(text) {
  const plain = withoutValues(text);
  if (/\p{Script=Han}/u.test(text)) return termsIn(plain, chineseTerms);
  if (!/\s/.test(text.trim())) return [];
  const sentences = sentencesIn(passage(plain, 1));
  return [
    ...termsIn(plain, [...bannedWords, ...englishTerms]),
    ...sentences
      .filter(
        ({ text: each, words }) =>
          words > 2 && bannedOpening.test(each) && !/^what to do$|\?\W*$/i.test(each.trim()),
      )
      .map(({ text: each }) => `opening of “${each.trim().slice(0, 40)}”`),
    ...sentences
      .filter(({ words }) => words > longest)
      .map(({ text: each, words }) => `${words} words: ${each.trim().slice(0, 60)}…`),
  ];
}
