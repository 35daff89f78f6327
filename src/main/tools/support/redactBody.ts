/**
 * Redacts a body without changing its length: members that are private by the message rows, members without a row, and private texts
 * within known members. A body with any unexplained character is withheld.
 */
import { Buffer } from 'node:buffer';
import { bytePlaces } from '#shared/body/bytePlaces';
import { literal, scan, type Path, type Span } from '#shared/body/positions';
import { fold, type Secrecy } from '#shared/messages/field';
import { fieldMeaning, rowsOf, secrecyOf } from '#shared/messages/lookup';
import { decodeText } from '../../core/protocol/text';
import { privatePieces } from './looksPrivate';
import type { PrivateTexts } from './privateTexts';

/** A string, number or literal, with its position. */
interface Scalar {
  readonly path: Path;
  readonly span: Span;
  readonly raw: string;
  /** The string's value; other scalars as written. */
  readonly value: string;
  readonly is: 'text' | 'number' | 'word';
}

interface ReadBody {
  readonly text: string;
  readonly places: Uint32Array;
  readonly scalars: readonly Scalar[];
  /** `null`: there is no command, or several. */
  readonly cmd: string | null;
}

const between = /^[{}[\],:\s\0\uFEFF]*$/;
const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const word = /^(?:true|false|null)$/i;
/** Values that look private and are not: the machine's own number, and numbers of its records and of our requests. */
const ownNumbers: ReadonlySet<string> = new Set(['vmcNo', 'recordId', 'sessionId']);
/** Values this short reveal nothing, even without a row, if other members of the message are known. */
const harmless = { text: 3, number: 5 } as const;
/** A member with such a word in its name is secret, whatever its length. */
const secretWord = /^(?:pass|pass(?:word|wd|code|phrase)s?|pwd|psw|pins?|(?:pin|key)?codes?|keys?)$/i;
/** Beside such a word, a code is a result. */
const resultWord = /^(?:err|error|ret|return|result|status|state|fault|fail|reason|http)s?$/i;
const betweenWords = /[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
function namesSecret(name: string): boolean {
  const words = name.split(betweenWords);
  if (/密码|口令/.test(name)) return true;
  const isResult = words.some((one) => resultWord.test(one));
  return words.some((one) => secretWord.test(one) && !(isResult && /^codes?$/i.test(one)));
}

/** `null`: the body contains text that is neither a member nor a separator. */
function readBody(body: Uint8Array): ReadBody | null {
  const { text } = decodeText(body);
  const places = bytePlaces(body, text);
  if (places === null) return null;
  const scalars: Scalar[] = [];
  const spans: Span[] = [];
  for (const { path, name, value: span } of scan(text)) {
    if (name !== null) spans.push(name);
    const raw = text.slice(span.from, span.to);
    if (raw.startsWith('{') || raw.startsWith('[')) continue;
    spans.push(span);
    const scalar = scalarOf(path, span, raw);
    if (scalar === null) return null;
    scalars.push(scalar);
  }
  let rest = '';
  let done = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    rest += text.slice(done, from);
    done = to;
  }
  if (!isSound(rest + text.slice(done))) return null;
  return { text, places, scalars, cmd: commandOf(scalars) };
}

/**
 * Whether only separators stand between members and every bracket is balanced. After a list without an end, all following text
 * would count as its elements. Only the second part of an object that was cut in two may close an unopened bracket.
 */
function isSound(rest: string): boolean {
  if (!between.test(rest)) return false;
  const open: string[] = [];
  for (const sign of rest) {
    if (sign === '{' || sign === '[') open.push(sign);
    else if (sign === ':' && open.at(-1) === '[') return false;
    else if (sign === ']' && open.pop() !== '[') return false;
    else if (sign === '}' && (open.pop() ?? '{') !== '{') return false;
  }
  return open.length === 0;
}

function scalarOf(path: Path, span: Span, raw: string): Scalar | null {
  if (raw.startsWith('"')) {
    const value = raw.length > 1 && raw.endsWith('"') ? literal(raw) : undefined;
    return typeof value === 'string' ? { path, span, raw, value, is: 'text' } : null;
  }
  if (number.test(raw)) return { path, span, raw, value: raw, is: 'number' };
  return word.test(raw) ? { path, span, raw, value: raw, is: 'word' } : null;
}

function commandOf(scalars: readonly Scalar[]): string | null {
  const names = scalars.filter(({ path }) => path.length === 1 && fold(String(path[0])) === 'cmd');
  const [only, other] = names;
  return only?.is === 'text' && other === undefined ? only.value : null;
}

/** Whether the value has the type of its row. */
function isAsKnown({ path, is, value }: Scalar, cmd: string | null): boolean {
  switch (fieldMeaning(cmd, path)?.type) {
    case 'text':
      return true;
    case 'integer':
      return number.test(value.trim());
    case 'flag':
      return is === 'word' || /^(?:true|false|[01])$/i.test(value.trim());
    case 'object':
    case 'list':
    case undefined:
      return false;
  }
}

/** `open`: not private. `sentence`: not private unless a part of the text looks private. */
function secrecyAt(scalar: Scalar, cmd: string | null): Secrecy | 'other' | 'open' | 'sentence' {
  const { path, is, value } = scalar;
  const secrecy = secrecyOn(path);
  if (secrecy !== null) return secrecy;
  if (is === 'word') return 'open';
  if (isAsKnown(scalar, cmd)) {
    const field = fieldMeaning(cmd, path);
    return field?.unit === 'url' || ownNumbers.has(field?.means ?? '') ? 'open' : 'sentence';
  }
  const isHarmless =
    value.length <= harmless[is] &&
    hasFields(cmd) &&
    !path.some((step) => typeof step === 'string' && namesSecret(step));
  return isHarmless ? 'open' : 'other';
}

/** Whether messages of this command have a known member beside the machine's number. */
const hasFields = (cmd: string | null): boolean =>
  cmd !== null && rowsOf(cmd).some(({ fields }) => fields.some(({ means }) => means !== 'vmcNo'));

/** Adds the private values of a body, as far as it is readable. Call for all bodies before writing any. */
export function learnBody(body: Uint8Array, texts: PrivateTexts): void {
  const { text } = decodeText(body);
  for (const { path, value: span } of scan(text)) {
    const secrecy = secrecyOn(path);
    const raw = text.slice(span.from, span.to);
    if (secrecy === null || /^[{[]/.test(raw) || word.test(raw)) continue;
    const value = literal(raw);
    // A value that is not a JSON literal is unterminated, or contains a character that JSON does not allow.
    const content = typeof value === 'string' ? value : raw.replace(/^"|"$/g, '');
    texts.add(content.trim(), secrecy);
  }
  const read = readBody(body);
  for (const scalar of read?.scalars ?? [])
    if (looksPrivate(scalar.value) && secrecyAt(scalar, read?.cmd ?? null) === 'other')
      texts.add(scalar.value.trim(), 'other');
}

/** A card number or a scanned code: no row describes it, and other texts may quote it. Words are excluded, because a command would be hidden too. */
const looksPrivate = (value: string): boolean => value.trim().length >= 8 && /\d/.test(value);

function secrecyOn(path: Path): Secrecy | null {
  for (const step of path) {
    const secrecy = typeof step === 'string' ? secrecyOf(step) : null;
    if (secrecy !== null) return secrecy;
  }
  return null;
}

interface RedactedBody {
  readonly body: Uint8Array;
  readonly isWithheld: boolean;
}

export function redactBody(body: Uint8Array, texts: PrivateTexts): RedactedBody {
  const read = readBody(body);
  if (read === null) return { body: withheld(body.length), isWithheld: true };
  const { text, places, scalars, cmd } = read;
  const out = Buffer.from(body);
  const write = ({ from, to }: Span, what: string): boolean => {
    const [start, end] = [places[from] ?? 0, places[to] ?? 0];
    if (what.length > end - start) return false;
    // Blanks after a value do not change its meaning.
    out.fill(' ', start, end);
    out.write(what, start, 'latin1');
    return true;
  };
  for (const scalar of scalars) {
    const secrecy = secrecyAt(scalar, cmd);
    const fits =
      secrecy === 'open' || secrecy === 'sentence'
        ? cleanedInPlace(scalar, texts, secrecy === 'sentence', write)
        : replaced(scalar, secrecy, texts, write);
    if (!fits) return { body: withheld(body.length), isWithheld: true };
  }
  // A member name that is itself a private text can only be an attack.
  const names = scan(text).flatMap(({ name }) =>
    name === null ? [] : [literal(text.slice(name.from, name.to))],
  );
  if (names.some((name) => found(String(name), texts, true).length > 0))
    return { body: withheld(body.length), isWithheld: true };
  return { body: out, isWithheld: false };
}

type WriteAt = (span: Span, what: string) => boolean;

function replaced(
  { span, value, is }: Scalar,
  kind: Secrecy | 'other',
  texts: PrivateTexts,
  write: WriteAt,
): boolean {
  const inner = value.trim();
  if (is === 'word' || inner === '') return true;
  if (is === 'number')
    return write(span, /^\d+$/.test(inner) ? texts.standIn(inner, kind) : '9'.repeat(inner.length));
  return write(span, JSON.stringify(value.replace(inner, () => texts.standIn(inner, kind))));
}

/** Replaces private texts within a value that otherwise stays readable. */
function cleanedInPlace(scalar: Scalar, texts: PrivateTexts, isSentence: boolean, write: WriteAt): boolean {
  const { span, raw, value, is } = scalar;
  const ranges = found(value, texts, isSentence);
  if (ranges.length === 0) return true;
  const isPlain = is === 'number' || raw === `"${value}"`;
  const start = span.from + (is === 'text' ? 1 : 0);
  const areAscii = ranges.every(({ from, to }) => /^\p{ASCII}*$/u.test(value.slice(from, to)));
  if (!isPlain || !areAscii) return replaced(scalar, 'other', texts, write);
  return ranges.every(({ from, to }) =>
    write({ from: start + from, to: start + to }, texts.standIn(value.slice(from, to), 'other')),
  );
}

/** Positions of private texts and of texts that look private; overlapping spans are merged. */
function found(value: string, texts: PrivateTexts, isSentence: boolean): readonly Span[] {
  const ranges: Span[] = [];
  const all = [...texts.find(value), ...(isSentence ? privatePieces(value) : [])];
  for (const { from, to } of all.toSorted((a, b) => a.from - b.from)) {
    const last = ranges.at(-1);
    if (last === undefined || from >= last.to) ranges.push({ from, to });
    else ranges[ranges.length - 1] = { from: last.from, to: Math.max(last.to, to) };
  }
  return ranges;
}

/** A placeholder of the same length. */
export function withheld(length: number): Uint8Array {
  return Buffer.from('[withheld]'.padEnd(length, 'x').slice(0, length), 'latin1');
}
