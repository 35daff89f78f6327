/** Formats the parameters of sentences by their names; unknown ones stay unchanged. */
import type { SentenceParams } from '#shared/messages/says';
import { anyKey } from './t';
import { knownValue, tasteWords } from './fieldWords';
import { shortOrderNo } from './orderNo';
import type { Words } from './words';

type Reader = (words: Words, value: string | number) => string;

// Differing versions are texts; under these names only amounts and sizes are numbers.
const yuan: Reader = (words, value) => (typeof value === 'number' ? words.yuan(value) : value);
const program: Reader = (words, value) =>
  value === 'linux' || value === 'android' ? words.platform(value) : String(value);
const size: Reader = (words, value) => (typeof value === 'number' ? words.bytes(value) : value);

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['amount', yuan],
  ['expected', yuan],
  ['price', yuan],
  ['behind', (words, name) => anyKey(words.t)(`command.${name}.name`)],
  ['bytes', size],
  ['sent', size],
  ['from', size],
  ['total', size],
  ['error', (words, code) => words.errorPhrase(String(code))],
  ['fastcode', (words, taste) => tasteWords(words, String(taste)) ?? String(taste)],
  ['material', (words, id) => words.material(String(id))],
  ['operation', (words, operation) => words.command(String(operation)) ?? String(operation)],
  ['order', (_words, orderNo) => shortOrderNo(String(orderNo))],
  ['orderNo', (_words, orderNo) => shortOrderNo(String(orderNo))],
  ['part', (words, part) => knownValue(words, 'part', String(part)) ?? String(part)],
  ['platform', program],
  ['payment', (words, type) => knownValue(words, 'qrType', String(type)) ?? String(type)],
  ['product', (words, id) => (typeof id === 'number' ? words.t('orders.product', { id }) : id)],
  ['after', (words, ms) => (typeof ms === 'number' ? briefly(words, ms) : ms)],
  ['deviation', (words, ms) => (typeof ms === 'number' ? deviation(words, ms) : ms)],
  ['wait', (words, ms) => words.duration(Number(ms))],
  ['waited', (words, ms) => words.duration(Number(ms))],
  ['status', (words, status) => knownValue(words, 'status', String(status)) ?? String(status)],
]);

export function readableParams(
  words: Words,
  params: SentenceParams,
): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object' ? amounts(words, value) : (readers.get(name)?.(words, value) ?? value),
    ]),
  );
}

/** Short durations with tenths of a second. */
const briefly = (words: Words, ms: number): string =>
  ms < 10_000 ? words.t('time.s', { s: (ms / 1_000).toFixed(1) }) : words.duration(ms);

/** How far a clock is ahead of another; negative: behind. */
const deviation = (words: Words, ms: number): string =>
  words.t(ms < 0 ? 'time.behind' : 'time.ahead', { length: words.duration(Math.abs(ms)) });

/** Amounts by material number. */
const amounts = (words: Words, all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map<string>(([id, amount]) => words.t('phrase.amountOf', { what: words.material(id), amount }))
    .reduce((a, b) => words.t('phrase.and', { a, b }));
