/** Parts of sentences that several screens need. */
import type { KeyName } from '#shared/keys';
import { isScreen, screens } from '#shared/screens';
import type { Words } from './words';

/** Joins texts as the language does: "a, b, c" in English, "a、b、c" in Chinese. */
export function listed({ language }: Pick<Words, 'language'>, parts: readonly string[]): string {
  return new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' }).format(parts);
}

/** "a: b" in English, "a：b" in Chinese. */
export const labelled = ({ language }: Pick<Words, 'language'>, label: string, value: string): string =>
  language === 'zh-CN' ? `${label}：${value}` : `${label}: ${value}`;

/** Adds the cost for the machines [field3] to a question or note about connections. `closes`: the action closes a connection now. */
export const withCost = ({ t }: Pick<Words, 't'>, text: string, closes = true): string =>
  closes ? `${text} ${t('machine.closeCost')}` : text;

/** Confirmation before the relay stops. `passed`: the relayed connections. */
export const stopQuestion = (words: Pick<Words, 't'>, passed: number): string =>
  passed === 0 ? words.t('relay.stopAskNone') : withCost(words, words.t('relay.stopAsk', { count: passed }));

/** 1350 is `22:30`. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Running time as on a stopwatch: `0:42`, `1:05:09`. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (part: number): string => String(part).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

/** The action of a keyboard shortcut. */
export const keyWords = ({ t, inLanguage }: Pick<Words, 't' | 'inLanguage'>, name: KeyName): string =>
  isScreen(name) ? t('keys.show', { screen: inLanguage(screens[name].says) }) : t(`keys.does.${name}`);
