/** Syntax of other filter languages: accepted if unambiguous, otherwise refused with the correct form. */
import { findings } from '../../findings';
import type { FilterOperator } from './completion';
import { frameVocabulary, type FieldSpec, type Vocabulary } from './fields';

export type Joint = 'OR' | 'AND';

/** Joins two terms, ignoring case. */
const joints: ReadonlyMap<string, Joint> = new Map([
  ['or', 'OR'],
  ['and', 'AND'],
  ['或', 'OR'],
  ['或者', 'OR'],
  ['且', 'AND'],
  ['并且', 'AND'],
  ['而且', 'AND'],
  ['||', 'OR'],
  ['&&', 'AND'],
]);
const negations: ReadonlySet<string> = new Set(['not', '非']);
/** Joins of other languages: refused with an equivalent. */
const foreignJoints: ReadonlyMap<string, string> = new Map([
  ['xor', '(a -b) OR (-a b)'],
  ['nor', '-(a OR b)'],
  ['nand', '-(a b)'],
  ['和', 'AND'],
  ['与', 'AND'],
  ['以及', 'AND'],
  ['|', 'OR'],
  ['&', 'AND'],
]);

/** Operators as signs. */
const signs: ReadonlyMap<string, FilterOperator | '!~'> = new Map([
  ['==', '='],
  ['===', '='],
  ['!==', '!='],
  ['<>', '!='],
  ['≠', '!='],
  ['=>', '>='],
  [':>=', '>='],
  ['≥', '>='],
  ['=<', '<='],
  [':<=', '<='],
  ['≤', '<='],
  [':>', '>'],
  [':<', '<'],
  ['=~', '~'],
]);
/** Part of a text by position. */
export type PartOperator = 'contains' | 'starts' | 'ends';
/** Operators as separate words. */
const names: ReadonlyMap<string, FilterOperator | PartOperator> = new Map([
  ['eq', '='],
  ['is', '='],
  ['equals', '='],
  ['is equal to', '='],
  ['equal to', '='],
  ['ne', '!='],
  ['is not', '!='],
  ['gt', '>'],
  ['ge', '>='],
  ['lt', '<'],
  ['le', '<='],
  ['contains', 'contains'],
  ['matches', '~'],
  ['starts with', 'starts'],
  ['startswith', 'starts'],
  ['begins with', 'starts'],
  ['ends with', 'ends'],
  ['endswith', 'ends'],
  ['是', '='],
  ['为', '='],
  ['等于', '='],
  ['不是', '!='],
  ['不等于', '!='],
  ['大于', '>'],
  ['大于等于', '>='],
  ['小于', '<'],
  ['小于等于', '<='],
  ['包含', 'contains'],
]);
/** Refused with a proposal, for `field`. */
const foreignNames: ReadonlyMap<string, (value: string, to: string) => string> = new Map([
  ['like', (value) => `:*${value.replace(/^['"%*]+|['"%*]+$/g, '')}*`],
  ['between', (value, to) => `:${value}..${to}`],
  ['regexp', (value) => `~${value}`],
  ['regex', (value) => `~${value}`],
]);

export const jointOf = (word: string): Joint | null => joints.get(word.toLowerCase()) ?? null;
export const isNegation = (word: string): boolean => negations.has(word.toLowerCase());
export const operatorOf = (written: string): FilterOperator | PartOperator | '!~' =>
  signs.get(written) ??
  names.get(written.toLowerCase().replace(/\s+/g, ' ')) ??
  (written as FilterOperator | '!~');

/** Longer ones first, because one may be the start of another. */
const inTurn = (words: Iterable<string>): string =>
  [...words]
    .toSorted((a, b) => b.length - a.length)
    .join('|')
    .replaceAll(' ', '\\s+');
/** Needs a blank before it and a value after it. */
export const namedOperator = new RegExp(`\\s+(${inTurn(names.keys())})(?=[\\s("]|$)`, 'iy');
export const signOperator = /\s*(===|!==|:>=|:<=|==|=~|=>|=<|!=|!~|<>|>=|<=|:>|:<|≠|≥|≤|[:=><~])/y;
const foreignName = new RegExp(
  `\\s+(${inTurn(foreignNames.keys())})\\s+("[^"]*"|[^\\s()"]+)(?:\\s+(?:and|to)\\s+([^\\s()"]+))?`,
  'iy',
);
/** Without blanks, as in Chinese. */
const glued = new RegExp(
  `^(\\p{L}+?)(${inTurn([...names.keys()].filter((name) => /\p{Script=Han}/u.test(name)))})([^\\s()]+)`,
  'u',
);

/** The correct form of a field, operator and value at the start of `text` that are written together. */
export function gluedComparison(
  text: string,
  vocabulary: Vocabulary<string>,
): { readonly written: string; readonly ours: string } | null {
  const [written = '', field = '', operator = '', value = ''] = glued.exec(text) ?? [];
  if (vocabulary.find(field) === null) return null;
  const is = operatorOf(operator);
  const ours = is === 'contains' ? `:*${value}*` : is === '=' ? `:${value}` : `${is}${value}`;
  return { written, ours: `${field}${ours}` };
}

/** A comparison of another language after `field`, at `at`: its end, and the correct form. */
export function foreignComparison(
  text: string,
  at: number,
  field: string,
): { readonly end: number; readonly ours: string } | null {
  foreignName.lastIndex = at;
  const [whole = '', word = '', value = '', to = ''] = foreignName.exec(text) ?? [];
  const ours = foreignNames.get(word.toLowerCase());
  return ours === undefined ? null : { end: at + whole.length, ours: `${field}${ours(value, to)}` };
}

/** Whether the word needs quotation marks to be searched. */
export const isReserved = (word: string): boolean =>
  jointOf(word) !== null ||
  isNegation(word) ||
  names.has(word.toLowerCase()) ||
  foreignJoints.has(word.toLowerCase()) ||
  foreignNames.has(word.toLowerCase()) ||
  small.has(word.toLowerCase());
/** The rest of an operator of several words whose first word was recognised. */
const small: ReadonlySet<string> = new Set(['to', 'than', 'of', 'with', 'in']);

/** The correct form of a word that joins terms in another language; `null`: an ordinary word. */
export const foreignJoint = (word: string): string | null => foreignJoints.get(word.toLowerCase()) ?? null;

const regexLike = /^\/(.*)\/[a-z]*$/s;
const rangeLike = /^(\d+(?:\.\d+)?)(?:-|~|–|—|至|到|…|\.{3,}|to)(\d+(?:\.\d+)?)$/iu;
const codeRange = /^(\d{3,})(?:-|\.\.)(\d{3,})$/;
/** Quotation marks that are not valid in this language. */
const otherMarks = /^['‘「『《](.+)['’」』》]$/s;
/** A field with a sign before it, as in web searches, or with an invalid operator after it. */
const signed = /^(?:[+@#$]+(\p{L}[\p{L}\p{N}_]*)[:=<>]+|(\p{L}[\p{L}\p{N}_]*)!:)(.+)$/u;
/** A Chinese field name directly followed by a number, as on paper. */
const numbered = /^(\p{Script=Han}+)([\d_A-Z]\S*)$/u;
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Characters of a bare value: for protocol names, and for other values. */
const plainName = /^[\p{L}\p{M}\p{N}_.:*-]*$/u;
const plainValue = /^[\p{L}\p{M}\p{N}_.:*+/#@-]*$/u;
/** Signs alone are not a value. A range without ends has its own error. */
const sayable = /^(?:\.\.)?$|[\p{L}\p{N}]/u;
const plainWord = /^[\p{L}\p{M}\p{N}\p{Sc}_.:*+/#@'%=!?。！？-]*,?$/u;
const protocolNames: ReadonlySet<string> = new Set(['cmd', 'code', 'finding']);

/**
 * The correct form of a field's bare value (as ASCII) that means something in another language; `null`: an ordinary value.
 * The formatter uses it too, and quotes such values.
 */
export function foreignValue(
  { name, number, isTime }: FieldSpec<string>,
  text: string,
  vocabulary: Vocabulary<string> = frameVocabulary,
): string | null {
  const regex = regexLike.exec(text)?.[1];
  if (regex !== undefined) return `${name}~${regex}`;
  // These fields accept anything, and invalid times have their own error.
  if (name === 'text' || name === 'note' || isTime) return null;
  // A body can contain `null`.
  if (name !== 'body' && text.toLowerCase() === 'null') return `-${name}:*`;
  const marked = otherMarks.exec(text)?.[1];
  if (marked !== undefined) return quoted(marked);
  const [field, rest] = partsOf(text, vocabulary);
  if (field === name) return rest;
  if (field !== null) return `AND ${field}:${rest}`;
  if (name === 'cmd' && text.includes(':') && plainName.test(text)) return ',';
  const [, first, last] = (name === 'code' ? codeRange.exec(text) : null) ?? [];
  if (first !== undefined && last !== undefined) return `${first},${last}`;
  const [, from, to] = (number === null ? null : rangeLike.exec(text)) ?? [];
  if (from !== undefined && to !== undefined) return `${from}..${to}`;
  const plain = protocolNames.has(name) ? plainName : plainValue;
  // Invalid amounts have their own error.
  if (number === 'fen' || (plain.test(text) && sayable.test(text))) return null;
  if (text.startsWith(',')) return 'a,b';
  if (/^[^;]+;$/.test(text) && plain.test(text.slice(0, -1))) return text.slice(0, -1);
  if (/^\[|\]$/.test(text)) return '1..5';
  if (/^\{|\}$/.test(text)) return 'a,b';
  if (/[;&、/][^:=<>]*[:=<>~]/.test(text)) return 'AND';
  if (/[^;&、/+][;&、/+][^;&、/+]/.test(text)) return ',';
  if (/^[^?%]+[?%]$/.test(text)) return `${text.slice(0, -1)}*`;
  if (/^[?%][^?%]+$/.test(text)) return `*${text.slice(1)}`;
  if (/^\^|\$$/.test(text)) return `${name}~${text}`;
  return quoted(text);
}

/** The field and the value of another term inside a value. */
function partsOf(
  text: string,
  vocabulary: Vocabulary<string>,
): readonly [field: string | null, rest: string] {
  const colon = text.indexOf(':');
  const rest = text.slice(colon + 1);
  const spec = colon > 0 && rest !== '' ? vocabulary.find(text.slice(0, colon)) : null;
  return [spec?.name ?? null, rest];
}

/** The same for a bare word. */
export function foreignWord(text: string, vocabulary: Vocabulary<string> = frameVocabulary): string | null {
  const regex = regexLike.exec(text)?.[1];
  if (regex !== undefined) return `text~${regex}`;
  const compared = gluedComparison(text, vocabulary);
  if (compared !== null) return compared.ours;
  const marked = otherMarks.exec(text)?.[1];
  if (marked !== undefined) return quoted(marked);
  const [, before, after, value = ''] = signed.exec(text) ?? [];
  const field = before ?? after;
  if (field !== undefined)
    return vocabulary.find(field) === null
      ? quoted(text)
      : `${after === undefined ? '' : '-'}${field}:${value}`;
  if (/^\+\p{L}/u.test(text)) return text.slice(1);
  const [, name = '', number] = numbered.exec(text) ?? [];
  if (number !== undefined && onPaper.has(vocabulary.find(name)?.name ?? 'body')) return `${name}:${number}`;
  if (Object.hasOwn(findings, text) && vocabulary.find('finding') !== null) return `finding:${text}`;
  // Signs between two terms.
  if (/^[,/;]+$/.test(text)) return 'OR';
  if (/^\++$/.test(text)) return 'AND';
  if (/^\^./.test(text) || /^\p{L}.*\$$/u.test(text)) return `text~${text}`;
  if (plainWord.test(text)) return null;
  if (/^\[[\d*]/.test(text)) return '1..5';
  if (/^,./.test(text)) return 'a,b';
  if (/^[^;]+;$/.test(text) && plainWord.test(text.slice(0, -1))) return text.slice(0, -1);
  if (/^[^,]+(?:,[^,]+)+,?$/.test(text) && plainWord.test(text.replaceAll(',', ''))) return 'OR';
  return quoted(text);
}
const onPaper: ReadonlySet<string> = new Set(['vmc', 'code', 'order']);
