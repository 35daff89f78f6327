/**
 * Currencies of amounts. A machine sends hundredths of its currency, but never its name, so a person enters a sign (¥, €, HK$) or
 * a code (CHF).
 */
export const longestCurrency = 8;
export const usualCurrency = '¥';
export const usualCurrencies = [
  usualCurrency,
  '$',
  '€',
  '£',
  '₩',
  '₫',
  '฿',
  '₽',
  'HK$',
  'NT$',
  'S$',
  'RM',
  'Rp',
  'AED',
  'CHF',
] as const;

/** A machine's currency: its own, or the general one. */
export const currencyOf = (own: string, ofAll: string): string => own || ofAll || usualCurrency;

/** A sign precedes its number, a code follows it. */
export const isSign = (currency: string): boolean => /[\p{Sc}]/u.test(currency);
