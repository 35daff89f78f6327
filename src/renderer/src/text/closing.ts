/** Questions and notes about closing machine connections always state the cost for the machines [field3]. */
import type { Words } from './words';

/** `closes`: the action closes a connection now. */
export const withCost = ({ t }: Pick<Words, 't'>, text: string, closes = true): string =>
  closes ? `${text} ${t('machine.closeCost')}` : text;

/** Confirmation before the relay stops. `passed`: the relayed connections. */
export const stopQuestion = (words: Pick<Words, 't'>, passed: number): string =>
  passed === 0 ? words.t('relay.stopAskNone') : withCost(words, words.t('relay.stopAsk', { count: passed }));
