/** Tests of the body's object. */
import { severityOf } from '../../errors/codes';
import { namesMeaning, type MeaningName } from '../../messages/lookup';
import type { JsonObject, JsonValue } from '../../model/json';
import type { ErrorSeverity } from '../../model/ownErrors';
import { compare, numberTest, some, stringTest } from './compare';
import { rankOf, specOf } from './fields';
import { numberOfValue, someAt, textOfValue, valuesOf } from './members';
import { codeKey, codeTest, foldCase } from './patterns';
import type { Choice, ChoiceOf } from './tree';

export type ValueTest = (body: JsonObject) => boolean;

/** Tests one value: numbers may be text, and every single value has a text. */
function valueTest(choice: Choice): (value: JsonValue) => boolean {
  if (choice.is === 'present') return (value) => value !== null && value !== '';
  if (choice.is === 'text' || choice.is === 'regex') {
    const test = stringTest(choice);
    return (value) => {
      const text = textOfValue(value);
      return text !== null && test(text, foldCase(text));
    };
  }
  const test = numberTest(choice);
  return (value) => {
    const number = numberOfValue(value);
    return number !== null && test(number);
  };
}

/** `path`: outermost name first, ignoring case. */
export function bodyTest(path: readonly string[], choice: Choice): ValueTest {
  const names = path.map((name) => name.toLowerCase());
  if (choice.is === 'member') return membersTest(names, choice);
  const test = valueTest(choice);
  return (body) => someAt(body, names, test);
}

/** Numbers are compared as numbers; other values can only be equal. */
function membersTest(names: readonly string[], { op, path }: ChoiceOf<'member'>): ValueTest {
  const others = path.map((name) => name.toLowerCase());
  const isMet = (value: JsonValue, other: JsonValue): boolean => {
    const [number, wanted] = [numberOfValue(value), numberOfValue(other)];
    if (number !== null && wanted !== null) return compare(op, wanted)(number);
    const [text, otherText] = [textOfValue(value), textOfValue(other)];
    return op === '=' && text !== null && otherText !== null && foldCase(text) === foldCase(otherText);
  };
  return (body) => someAt(body, names, (value) => someAt(body, others, (other) => isMet(value, other)));
}

/** Tests the members with these meanings, in any message. */
function memberTest(meanings: readonly MeaningName[], choice: Choice): ValueTest {
  const wanted = namesMeaning(...meanings);
  const test = valueTest(choice);
  return (body) => valuesOf(body, wanted).some(test);
}

export const orderTest = (choice: Choice): ValueTest => memberTest(['orderNo'], choice);
export const amountTest = (choice: Choice): ValueTest => memberTest(['price'], choice);
/** Numbers match the product's id, texts its name. */
export function productTest(choice: Choice): ValueTest {
  if (choice.is === 'present') return memberTest(['productId', 'productName'], choice);
  return memberTest([choice.is === 'text' || choice.is === 'regex' ? 'productName' : 'productId'], choice);
}

const codeNames = namesMeaning('errorCode');
const fatalNames = namesMeaning('isFatal');

/** The error codes of a message, as sent. */
export function codesOf(body: JsonObject): readonly string[] {
  return valuesOf(body, codeNames)
    .flatMap((value) => textOfValue(value) ?? [])
    .filter((code) => code !== '');
}

/** Tests the error code, in every spelling of the catalogue. */
export function errorTest(any: readonly Choice[]): ValueTest {
  const test = some(
    any.map((choice): ((code: string) => boolean) => {
      if (choice.is === 'text') return codeTest(choice);
      const inner = stringTest(choice);
      return (code) => {
        const key = codeKey(code);
        return inner(key, foldCase(key));
      };
    }),
  );
  return (body) => codesOf(body).some(test);
}

const severities = specOf('severity');

/** Tests the catalogue's severity, or else the machine's own flag. */
export function severityTest(any: readonly Choice[]): ValueTest {
  const test = some(
    any.map((choice): ((rank: number) => boolean) =>
      choice.is === 'word'
        ? compare(choice.op, rankOf(severities, choice.word))
        : () => choice.is === 'present',
    ),
  );
  return (body) => severitiesOf(body).some((severity) => test(rankOf(severities, severity)));
}

/** The severity of each error code of a message. */
export function severitiesOf(body: JsonObject): readonly ErrorSeverity[] {
  const isFatal = valuesOf(body, fatalNames).some((value) => /^(?:true|1)$/i.test(textOfValue(value) ?? ''));
  return codesOf(body).map((code) => severityOf(code, isFatal, null));
}
