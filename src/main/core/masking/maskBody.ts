/**
 * Masks a body without changing its length: members that are private by the message rows, members without a row, and private texts
 * within known members. A body with any unexplained character is withheld.
 */
import { Buffer } from 'node:buffer';
import { literal, type Path, type Span } from '#shared/body/positions';
import { fieldMeaning, rowsOf, secrecyOf, type FieldMeaning } from '#shared/messages/lookup';
import { privatePieces } from './looksPrivate';
import type { PrivateTexts } from './privateTexts';
import { number, word, type ReadBody, type Scalar } from './readBody';

/** Values that look private and are not: the machine's own number, and numbers of its records and of our requests. */
const ownNumbers: ReadonlySet<string> = new Set(['vmcNo', 'recordId', 'sessionId']);
/** Values this short reveal nothing, even without a row, if other members of the message are known. A Chinese name has two characters. */
const harmless = { text: /^\p{ASCII}{0,3}$/u, number: /^.{1,5}$/ } as const;
/** A member with such a word in its name is private, whatever its length: a secret, a person or a place. */
const secretWord = /^(?:pass|pass(?:word|wd|code|phrase)s?|pwd|psw|pins?|(?:pin|key)?codes?|keys?)$/i;
const personWord =
  /^(?:(?:user|nick|full|first|last)?names?|users?|customers?|contacts?|phones?|tel|mobiles?|e?mails?|cards?)$/i;
const placeWord = /^(?:addr|address|location|gps|lat|latitude|lng|lon|longitude)$/i;
/** Beside such a word, a code is a result. */
const resultWord = /^(?:err|error|ret|return|result|status|state|fault|fail|reason|http)s?$/i;
const betweenWords = /[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
function namesPrivate(name: string): boolean {
  const words = name.split(betweenWords);
  if (/密码|口令|姓名|电话|手机|地址|邮箱/.test(name)) return true;
  const isResult = words.some((one) => resultWord.test(one));
  return words.some(
    (one) =>
      personWord.test(one) ||
      placeWord.test(one) ||
      (secretWord.test(one) && !(isResult && /^codes?$/i.test(one))),
  );
}

/** Whether the value has the type of its row. */
function isAsKnown(field: FieldMeaning | null, { is, value }: Scalar): boolean {
  switch (field?.type) {
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

/** `private`: the whole value. `sentence`: parts that look private. `address`: a user name and password in it. `open`: nothing. */
type Secrecy = 'private' | 'sentence' | 'address' | 'open';

function secrecyAt(scalar: Scalar, cmd: string | null): Secrecy {
  const { path, is, value } = scalar;
  if (isSecret(path)) return 'private';
  if (is === 'word') return 'open';
  const field = fieldMeaning(cmd, path);
  if (isAsKnown(field, scalar)) {
    if (field?.unit === 'url') return 'address';
    return ownNumbers.has(field?.means ?? '') ? 'open' : 'sentence';
  }
  const isHarmless =
    harmless[is].test(value) &&
    hasFields(cmd) &&
    !path.some((step) => typeof step === 'string' && namesPrivate(step));
  return isHarmless ? 'open' : 'private';
}

/** Whether messages of this command have a known member beside the machine's number. */
const hasFields = (cmd: string | null): boolean =>
  cmd !== null && rowsOf(cmd).some(({ fields }) => fields.some(({ means }) => means !== 'vmcNo'));

/** Adds the private values of a body, as far as it is readable. */
export function learnBody({ text, members, whole }: ReadBody, texts: PrivateTexts): void {
  for (const { path, value: span } of members) {
    const raw = text.slice(span.from, span.to);
    if (!isSecret(path) || /^[{[]/.test(raw) || word.test(raw)) continue;
    const value = literal(raw);
    // A value that is not a JSON literal is unterminated, or contains a character that JSON does not allow.
    const content = typeof value === 'string' ? value : raw.replace(/^"|"$/g, '');
    texts.add(content.trim());
  }
  for (const scalar of whole?.scalars ?? [])
    if (looksPrivate(scalar.value) && secrecyAt(scalar, whole?.cmd ?? null) === 'private')
      texts.add(scalar.value.trim());
}

/** A card number or a scanned code: no row describes it, and other texts may quote it. Words are excluded, because a command would be hidden too. */
const looksPrivate = (value: string): boolean => value.trim().length >= 8 && /\d/.test(value);

const isSecret = (path: Path): boolean =>
  path.some((step) => typeof step === 'string' && secrecyOf(step) !== null);

interface MaskedBody {
  readonly body: Uint8Array;
  readonly isWithheld: boolean;
}

export function maskBody(
  body: Uint8Array,
  { text, members, whole }: ReadBody,
  texts: PrivateTexts,
): MaskedBody {
  const none: MaskedBody = { body: withheld(body.length), isWithheld: true };
  if (whole === null) return none;
  const { places, scalars, cmd } = whole;
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
      secrecy === 'private' ? replaced(scalar, texts, write) : cleanedInPlace(scalar, texts, secrecy, write);
    if (!fits) return none;
  }
  // A member name that is itself a private text can only be an attack.
  for (const { name } of members)
    if (name !== null && found(String(literal(text.slice(name.from, name.to))), texts, 'sentence').length > 0)
      return none;
  return { body: out, isWithheld: false };
}

type WriteAt = (span: Span, what: string) => boolean;

function replaced({ span, value, is }: Scalar, texts: PrivateTexts, write: WriteAt): boolean {
  const inner = value.trim();
  if (is === 'word' || inner === '') return true;
  if (is === 'number')
    return write(span, /^\d+$/.test(inner) ? texts.standIn(inner) : '9'.repeat(inner.length));
  return write(span, JSON.stringify(value.replace(inner, () => texts.standIn(inner))));
}

/** Replaces private texts within a value that otherwise stays readable. */
function cleanedInPlace(scalar: Scalar, texts: PrivateTexts, secrecy: Secrecy, write: WriteAt): boolean {
  const { span, raw, value, is } = scalar;
  const ranges = found(value, texts, secrecy);
  if (ranges.length === 0) return true;
  const isPlain = is === 'number' || raw === `"${value}"`;
  const start = span.from + (is === 'text' ? 1 : 0);
  const areAscii = ranges.every(({ from, to }) => /^\p{ASCII}*$/u.test(value.slice(from, to)));
  if (!isPlain || !areAscii) return replaced(scalar, texts, write);
  return ranges.every(({ from, to }) =>
    write({ from: start + from, to: start + to }, texts.standIn(value.slice(from, to))),
  );
}

function piecesOf(value: string, secrecy: Secrecy): readonly Span[] {
  if (secrecy === 'sentence') return privatePieces(value);
  const login = secrecy === 'address' ? /(?<=:\/\/)[^\s/]+(?=@)/.exec(value) : null;
  return login === null ? [] : [{ from: login.index, to: login.index + login[0].length }];
}

/** Positions of private texts and of texts that look private; overlapping spans are merged. */
function found(value: string, texts: PrivateTexts, secrecy: Secrecy): readonly Span[] {
  const ranges: Span[] = [];
  const all = [...texts.find(value), ...piecesOf(value, secrecy)];
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
