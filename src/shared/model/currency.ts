/**
 * What amounts are shown in. A machine says them in hundredths of its currency, and never which one it is; so this is what a person
 * calls it: a sign (¥, €, HK$) or a code (CHF).
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

/** The one of a machine: its own, or that of all. */
export const currencyOf = (own: string, ofAll: string): string => own || ofAll || usualCurrency;

/** A sign stands before its number, a code behind it. */
export const isSign = (currency: string): boolean => /[\p{Sc}]/u.test(currency);
