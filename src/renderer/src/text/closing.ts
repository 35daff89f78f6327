/** Every question and note about something that closes connections of machines says what that costs them [field3]. */
import type { Words } from './words';

/** `closes`: it closes one now. */
export const withCost = ({ t }: Pick<Words, 't'>, text: string, closes = true): string =>
  closes ? `${text} ${t('machine.closeCost')}` : text;

/** Before the relay is turned off. `passed`: its connections. */
export const stopQuestion = (words: Pick<Words, 't'>, passed: number): string =>
  passed === 0 ? words.t('relay.stopAskNone') : withCost(words, words.t('relay.stopAsk', { count: passed }));
