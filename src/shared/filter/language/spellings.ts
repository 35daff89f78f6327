/** How other filter languages and plain words say what this one does: taken where one meaning is clear, else refused with ours. */
import { findings } from '../../findings';
import type { FilterOperator } from './completion';
import { frameVocabulary, type FieldSpec, type Vocabulary } from './fields';

export type Joint = 'OR' | 'AND';

/** Between two terms, in any case. */
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
/** As joints in other languages; refused with what says the same. */
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

/** Operators by their signs. */
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
/** A text's part by its place. */
export type PartOperator = 'contains' | 'starts' | 'ends';
/** Operators by their names, which stand by themselves. */
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
/** Refused with what may be meant, of `field`. */
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

/** Longer ones first: one may begin another. */
const inTurn = (words: Iterable<string>): string =>
  [...words]
    .toSorted((a, b) => b.length - a.length)
    .join('|')
    .replaceAll(' ', '\\s+');
/** With a blank before it, and a value to come. */
export const namedOperator = new RegExp(`\\s+(${inTurn(names.keys())})(?=[\\s("]|$)`, 'iy');
export const signOperator = /\s*(===|!==|:>=|:<=|==|=~|=>|=<|!=|!~|<>|>=|<=|:>|:<|≠|≥|≤|[:=><~])/y;
const foreignName = new RegExp(
  `\\s+(${inTurn(foreignNames.keys())})\\s+("[^"]*"|[^\\s()"]+)(?:\\s+(?:and|to)\\s+([^\\s()"]+))?`,
  'iy',
);
/** As Chinese is written, without blanks around it. */
const glued = new RegExp(
  `^(\\p{L}+?)(${inTurn([...names.keys()].filter((name) => /\p{Script=Han}/u.test(name)))})([^\\s()]+)`,
  'u',
);

/** What `text` begins with is in our spelling, where it is a field, what it is compared by and a value, all in one. */
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

/** A comparison in another language after `field`, at `at`: where it ends, and ours. */
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

/** Whether it can't stand for itself without quotation marks. */
export const isReserved = (word: string): boolean =>
  jointOf(word) !== null ||
  isNegation(word) ||
  names.has(word.toLowerCase()) ||
  foreignJoints.has(word.toLowerCase()) ||
  foreignNames.has(word.toLowerCase()) ||
  small.has(word.toLowerCase());
/** What is left of an operator of several words, of which the first was taken for one. */
const small: ReadonlySet<string> = new Set(['to', 'than', 'of', 'with', 'in']);

/** What a word of `ours` is that stands between two terms as another language's joint; `null`: it is a word. */
export const foreignJoint = (word: string): string | null => foreignJoints.get(word.toLowerCase()) ?? null;

const regexLike = /^\/(.*)\/[a-z]*$/s;
const rangeLike = /^(\d+(?:\.\d+)?)(?:-|~|–|—|至|到|…|\.{3,}|to)(\d+(?:\.\d+)?)$/iu;
const codeRange = /^(\d{3,})(?:-|\.\.)(\d{3,})$/;
/** Quotation marks that are none of ours. */
const otherMarks = /^['‘「『《](.+)['’」』》]$/s;
/** A field with a sign before it, as searches on the web have it, or with one after it that no operator has. */
const signed = /^(?:[+@#$]+(\p{L}[\p{L}\p{N}_]*)[:=<>]+|(\p{L}[\p{L}\p{N}_]*)!:)(.+)$/u;
/** Names of what is written on paper, with a number right after them. */
const numbered = /^(\p{Script=Han}+)([\d_A-Z]\S*)$/u;
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** What a bare value may consist of, by what the field's values are: names of the protocol, or whatever people and machines write. */
const plainName = /^[\p{L}\p{M}\p{N}_.:*-]*$/u;
const plainValue = /^[\p{L}\p{M}\p{N}_.:*+/#@-]*$/u;
/** Signs alone are no value; a range without ends is refused as such. */
const sayable = /^(?:\.\.)?$|[\p{L}\p{N}]/u;
const plainWord = /^[\p{L}\p{M}\p{N}\p{Sc}_.:*+/#@'%=!?。！？-]*,?$/u;
const protocolNames: ReadonlySet<string> = new Set(['cmd', 'code', 'finding']);

/**
 * What `text`, the bare value of a field and written as ASCII, is in our spelling, where another language may mean something by it;
 * `null`: it is itself. The writer of filters asks it too, and quotes what is not.
 */
export function foreignValue(
  { name, number, isTime }: FieldSpec<string>,
  text: string,
  vocabulary: Vocabulary<string> = frameVocabulary,
): string | null {
  const regex = regexLike.exec(text)?.[1];
  if (regex !== undefined) return `${name}~${regex}`;
  // What these fields hold is anything, and what a time can't be is refused as such.
  if (name === 'text' || name === 'note' || isTime) return null;
  // A body has such values.
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
  // What an amount can't be is refused as such.
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

/** Of another term within a value: its field, and what it is compared with. */
function partsOf(
  text: string,
  vocabulary: Vocabulary<string>,
): readonly [field: string | null, rest: string] {
  const colon = text.indexOf(':');
  const rest = text.slice(colon + 1);
  const spec = colon > 0 && rest !== '' ? vocabulary.find(text.slice(0, colon)) : null;
  return [spec?.name ?? null, rest];
}

/** The same of a bare word that is looked for. */
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
  // What stands between two terms.
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
