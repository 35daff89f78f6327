/**
 * Composed texts of the window: durations, amounts, findings, errors. Pure: the language comes with `t`, the present time as an
 * argument.
 */
import type { TFunction } from 'i18next';
import { errorKey, lookupErrorCode, titleOfError } from '#shared/errors/codes';
import type { Finding, FindingCode } from '#shared/findings';
import { materialName } from '#shared/materials';
import { isSign, usualCurrency } from '#shared/model/currency';
import type { Platform } from '#shared/model/machine';
import type { OwnError, OwnErrors } from '#shared/model/ownErrors';
import type { Words as Bilingual } from '#shared/words';
import { en } from '../locales/en';
import { anyKey, type T } from './t';
import type { Language } from './index';

export interface Words {
  readonly t: T;
  readonly language: Language;
  /** A readable duration: "1 min 20 s". */
  readonly duration: (ms: number) => string;
  /** "12 s ago". */
  readonly ago: (at: number, now: number) => string;
  readonly number: (value: number) => string;
  readonly bytes: (count: number) => string;
  /** Time of day with milliseconds. */
  readonly clock: (at: number) => string;
  readonly date: (at: number) => string;
  readonly dateTime: (at: number) => string;
  /** The time of day; on another day the date too. */
  readonly moment: (at: number, now: number) => string;
  /** Hundredths as an amount in the set currency: fen as yuan by default. */
  readonly yuan: (fen: number) => string;
  /** The same in a given currency. */
  readonly amountIn: (currency: string, fen: number) => string;
  /** The unit of amounts, for a label: "yuan", "€". */
  readonly currency: string;
  /** Texts about certain machines: amounts in their own currency, each named if there are several. */
  readonly of: (...machines: readonly number[]) => Words;
  readonly inLanguage: (words: Bilingual) => string;
  /** Whether the code has a meaning: from a list, a rule, or the user's own catalogue. */
  readonly isKnownError: (code: string) => boolean;
  /** As a heading. `description`: the machine's own, for a code that no list contains. */
  readonly errorTitle: (code: string, description?: string | null) => string;
  /** The same within a sentence. */
  readonly errorPhrase: (code: string, description?: string | null) => string;
  /** The effect on the machine, and the usual cause. */
  readonly errorMeaning: (code: string) => string | null;
  readonly errorCause: (code: string) => string | null;
  readonly errorRemedy: (code: string) => string | null;
  /** The user's own catalogue entry; `null`: none. */
  readonly ownError: (code: string) => OwnError | null;
  readonly material: (id: string) => string;
  /** A machine program: "Linux", "Android". */
  readonly platform: (platform: Platform) => string;
  readonly finding: (finding: Finding) => string;
  readonly findingTitle: (code: FindingCode) => string;
  readonly command: (cmd: string) => string | null;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function durationOf(t: T, ms: number): string {
  if (ms < minute) return t('time.s', { s: Math.max(0, Math.floor(ms / 1000)) });
  if (ms < hour) {
    const m = Math.floor(ms / minute);
    const s = Math.floor((ms % minute) / 1000);
    return m >= 10 || s === 0 ? t('time.m', { m }) : t('time.ms', { m, s });
  }
  if (ms < day) {
    const h = Math.floor(ms / hour);
    const m = Math.floor((ms % hour) / minute);
    return m === 0 ? t('time.h', { h }) : t('time.hm', { h, m });
  }
  const d = Math.floor(ms / day);
  const h = Math.floor((ms % day) / hour);
  return h === 0 || d >= 10 ? t('time.d', { d }) : t('time.dh', { d, h });
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB'] as const;
function bytesOf(number: Intl.NumberFormat, count: number): string {
  const power = Math.min(3, Math.max(0, Math.floor(Math.log2(Math.max(1, count)) / 10)));
  const value = power === 0 ? count : Math.round((count / 1024 ** power) * 10) / 10;
  return `${number.format(value)} ${byteUnits[power] ?? ''}`;
}

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');
function clockOf(at: number): string {
  const date = new Date(at);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
}

const isSameDay = (a: number, b: number): boolean =>
  new Date(a).toDateString() === new Date(b).toDateString();

function isCommand(cmd: string): cmd is keyof (typeof en)['message'] {
  return Object.hasOwn(en.message, cmd);
}

const headWords: ReadonlyMap<unknown, 'machine.heads.decimal' | 'machine.heads.le48'> = new Map([
  ['decimal', 'machine.heads.decimal'],
  ['le48', 'machine.heads.le48'],
]);

/** Limits of the cache. Texts much longer than a line are not cached, because they may contain data of machines. */
const most = { texts: 2_000, length: 200 };

/** Caches composed texts: a list uses the same ones for many lines and at each render. */
function cached(translate: TFunction): T {
  const known = new Map<string, string>();
  const lookUp: ReturnType<typeof anyKey> = (key, params) => {
    const cacheKey = params === undefined ? key : `${key} ${JSON.stringify(params)}`;
    const before = known.get(cacheKey);
    if (before !== undefined) return before;
    const text = params === undefined ? translate(key) : translate(key, params);
    if (known.size >= most.texts) known.clear();
    if (cacheKey.length <= most.length) known.set(cacheKey, text);
    return text;
  };
  return lookUp as T;
}

/** The currencies of amounts: the common one, and those of machines with their own. */
export interface Currencies {
  readonly ofAll: string;
  readonly own: Readonly<Record<number, string>>;
}
const usualCurrencies: Currencies = { ofAll: usualCurrency, own: {} };

function amountOf(t: T, currency: string, fen: number): string {
  const amount = (Math.abs(fen) / 100).toFixed(2);
  const minus = fen < 0 ? '-' : '';
  if (currency === usualCurrency) return minus + t('machine.yuan', { amount });
  return minus + t(isSign(currency) ? 'machine.amountSign' : 'machine.amountCode', { amount, currency });
}

export function createWords(
  translate: TFunction,
  language: Language,
  ownErrors: OwnErrors = {},
  currencies: Currencies = usualCurrencies,
): Words {
  const t = cached(translate);
  const byKey = anyKey(t);
  const number = new Intl.NumberFormat(language);
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  const inLanguage = (words: Bilingual): string => (language === 'zh-CN' ? words.zh : words.en);
  const duration = (ms: number): string => durationOf(t, ms);
  const bytes = (count: number): string => bytesOf(number, count);

  /** Formats parameters for sentences. */
  const readable = (params: Finding['params']): Record<string, string | number> => {
    const result: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(params ?? {})) {
      const word = headWords.get(value);
      if (name === 'ms' && typeof value === 'number') result['time'] = duration(value);
      else if (name === 'what') result['what'] = lenientMistake(byKey, String(value));
      else result[name] = word === undefined ? value : t(word);
    }
    return result;
  };

  const ownOf = (code: string): OwnError | null => {
    const key = errorKey(code);
    return Object.hasOwn(ownErrors, key) ? (ownErrors[key] ?? null) : null;
  };
  const givenName = (code: string): string | undefined => ownOf(code)?.name;
  const ownOrKnown =
    (member: 'meaning' | 'cause' | 'remedy') =>
    (code: string): string | null => {
      const known = lookupErrorCode(code)?.[member] ?? null;
      return ownOf(code)?.[member] ?? (known === null ? null : inLanguage(known));
    };
  const errorTitle = (code: string, description: string | null = null): string => {
    const title = titleOfError(code, description);
    return givenName(code) ?? (title === null ? t('statusSentence.unknownError') : inLanguage(title));
  };

  const inCurrency = (currency: string): Pick<Words, 'yuan' | 'currency'> => ({
    yuan: (fen) => amountOf(t, currency, fen),
    currency: currency === usualCurrency ? t('machine.yuanName') : currency,
  });
  /** By currency, because a list needs them for each line. */
  const others = new Map<string, Words>();
  const ofMachines = (...machines: readonly number[]): Words => {
    const all = new Set(machines.map((vmcNo) => currencies.own[vmcNo] ?? currencies.ofAll));
    const currency = [...all].join(' / ') || currencies.ofAll;
    if (currency === currencies.ofAll) return words;
    const known = others.get(currency) ?? { ...words, ...inCurrency(currency) };
    others.set(currency, known);
    return known;
  };

  const words: Words = {
    t,
    language,
    ...inCurrency(currencies.ofAll),
    of: ofMachines,
    amountIn: (currency, fen) => amountOf(t, currency, fen),
    duration,
    ago: (at, now) => (now - at < 2_000 ? t('time.justNow') : t('time.ago', { time: duration(now - at) })),
    number: (value) => number.format(value),
    bytes,
    clock: clockOf,
    date: (at) => date.format(at),
    dateTime: (at) => dateTime.format(at),
    moment: (at, now) => (isSameDay(at, now) ? clockOf(at).slice(0, 5) : dateTime.format(at)),
    inLanguage,
    isKnownError: (code) => givenName(code) !== undefined || lookupErrorCode(code) !== null,
    errorTitle,
    errorPhrase: (code, description) =>
      givenName(code) ??
      errorTitle(code, description).replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase()),
    errorMeaning: ownOrKnown('meaning'),
    errorCause: ownOrKnown('cause'),
    errorRemedy: ownOrKnown('remedy'),
    ownError: ownOf,
    material: (id) => {
      const name = materialName(id);
      return name === null ? t('machine.material', { id }) : inLanguage(name);
    },
    platform: (platform) => t(`machineSetting.platform.value.${platform}`),
    finding: ({ code, params }) => byKey(`finding.${code}.says`, readable(params)),
    findingTitle: (code) => t(`finding.${code}.title`),
    command: (cmd) => (isCommand(cmd) ? t(`message.${cmd}.name`) : null),
  };
  return words;
}

/** The window's text for a JSON mistake, if there is one; otherwise the reader's own. */
function lenientMistake(t: ReturnType<typeof anyKey>, what: string): string {
  const key = `lenient.${what}`;
  const word = t(key);
  return word === key ? what : word;
}
