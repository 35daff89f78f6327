/**
 * A body without its private texts, byte by byte as long as it was: what is private by the rows of the messages, what no row knows,
 * and private texts within what is known. A body in which not every character can be accounted for is withheld.
 */
import { Buffer } from 'node:buffer';
import { bytePlaces } from '#shared/body/bytePlaces';
import { literal, scan, type Path, type Span } from '#shared/body/positions';
import { fold, type Secrecy } from '#shared/messages/field';
import { fieldMeaning, rowsOf, secrecyOf } from '#shared/messages/lookup';
import { decodeText } from '../../core/protocol/text';
import { privatePieces } from './looksPrivate';
import type { PrivateTexts } from './privateTexts';

/** A string, a number or a word where it stands. */
interface Scalar {
  readonly path: Path;
  readonly span: Span;
  readonly raw: string;
  /** The string's; of others as they are written. */
  readonly value: string;
  readonly is: 'text' | 'number' | 'word';
}

interface ReadBody {
  readonly text: string;
  readonly places: Uint32Array;
  readonly scalars: readonly Scalar[];
  /** `null`: it has none, or several. */
  readonly cmd: string | null;
}

const between = /^[{}[\],:\s\0\uFEFF]*$/;
const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const word = /^(?:true|false|null)$/i;
/** May look like somebody's and is none: the machine's own number, and numbers of its records and of what we ask. */
const ownNumbers: ReadonlySet<string> = new Set(['vmcNo', 'recordId', 'sessionId']);
/** What no row knows says nothing in so few characters, in a message of which more than the name is known. */
const harmless = { text: 3, number: 5 } as const;
/** Words in a member's name: what it says is a secret, however short. */
const secretWord = /^(?:pass|pass(?:word|wd|code|phrase)s?|pwd|psw|pins?|(?:pin|key)?codes?|keys?)$/i;
/** Beside them a code is what something came to. */
const resultWord = /^(?:err|error|ret|return|result|status|state|fault|fail|reason|http)s?$/i;
const betweenWords = /[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
function namesSecret(name: string): boolean {
  const words = name.split(betweenWords);
  if (/密码|口令/.test(name)) return true;
  const isResult = words.some((one) => resultWord.test(one));
  return words.some((one) => secretWord.test(one) && !(isResult && /^codes?$/i.test(one)));
}

/** `null`: something in it is neither a member nor what stands between them. */
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
 * Whether what stands between members is nothing else, and every bracket has its other: of a list without an end all that follows
 * would pass for its elements. Only the second part of an object that was cut in two may end what it did not begin.
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

/** Whether it is what its row says stands there: a number is no text, and an object's place is none of a text's. */
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

/** `open`: nobody minds it. `sentence`: nor it, as long as nothing in it looks like somebody's. */
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

/** Whether any member of such a message is known, beside its machine's number. */
const hasFields = (cmd: string | null): boolean =>
  cmd !== null && rowsOf(cmd).some(({ fields }) => fields.some(({ means }) => means !== 'vmcNo'));

/** What is private in the body by its place, as far as it can be read at all; to be done for all bodies before any is written. */
export function learnBody(body: Uint8Array, texts: PrivateTexts): void {
  const { text } = decodeText(body);
  for (const { path, value: span } of scan(text)) {
    const secrecy = secrecyOn(path);
    const raw = text.slice(span.from, span.to);
    if (secrecy === null || /^[{[]/.test(raw) || word.test(raw)) continue;
    const value = literal(raw);
    // What is no literal has no end, or something in it that JSON has not.
    const said = typeof value === 'string' ? value : raw.replace(/^"|"$/g, '');
    texts.add(said.trim(), secrecy);
  }
  const read = readBody(body);
  for (const scalar of read?.scalars ?? [])
    if (looksPrivate(scalar.value) && secrecyAt(scalar, read?.cmd ?? null) === 'other')
      texts.add(scalar.value.trim(), 'other');
}

/** Number of a card, a code that was scanned: what no row knows, and may be quoted elsewhere. Words are none: a command would be hidden with them. */
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
    // Blanks after a value change nothing.
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
  // A name that is a private text itself, which only somebody who tries would send.
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

/** A private text within a value that may be read otherwise. */
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

/** Where private texts stand in it, and what looks like one; those that overlap as one. */
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

/** As long as what stood there. */
export function withheld(length: number): Uint8Array {
  return Buffer.from('[withheld]'.padEnd(length, 'x').slice(0, length), 'latin1');
}
