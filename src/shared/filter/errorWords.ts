/** English texts of filter errors: the problem, and the correct input. For the window and the command line. */
import type { FilterError, FilterErrorCode } from './language/errors';

export const filterErrorWords = {
  tooLong: 'A filter has at most {{max}} characters.',
  tooDeep: 'Too many nested parentheses; at most {{max}}.',
  quoteOpen: 'This quotation mark is not closed.',
  quoteGlued: 'Add a space here. To search for a quotation mark itself, write \\" inside quotation marks.',
  groupOpen: 'This parenthesis is never closed.',
  groupStray: 'No parenthesis is open here. To search for one, put it in quotation marks.',
  groupEmpty: 'The parentheses are empty.',
  operandMissing:
    'A term is missing beside {{word}}. To search for the word itself, put it in quotation marks.',
  spelling: 'Write {{ours}} here, not “{{written}}”. To search for that itself, put it in quotation marks.',
  fieldMissing: 'Which field? Write its name right before {{op}}, such as size>200.',
  operatorMissing:
    'After “{{field}}” write one of : = != > >= < <= ~, such as {{example}}. To search for the word itself, put it in quotation marks.',
  fieldUnknown: 'There is no field “{{field}}”. To search for the text itself, put it in quotation marks.',
  fieldUnknownNear: 'There is no field “{{field}}”: did you mean {{suggestion}}?',
  memberMissing: 'Which field of the body? For example {{example}}.',
  valueMissing: 'A value is missing after “{{field}}”.',
  wordUnknown: '“{{value}}” is not valid for “{{field}}”. Allowed: {{allowed}}.',
  wordUnknownNear: '“{{value}}” is not valid for “{{field}}”: did you mean {{suggestion}}?',
  findingUnknown: 'There is no finding “{{value}}”. “finding:*” shows all findings.',
  findingUnknownNear: 'There is no finding “{{value}}”: did you mean {{suggestion}}?',
  numberWrong: '“{{field}}” needs a number; “{{value}}” is not a number.',
  amountWrong:
    '“{{value}}” is not an amount. Write a number with at most two decimals and no currency, such as 10 or 10.50.',
  timeWrong: '“{{value}}” is not a time. Write -2h, 10:30, 2026-11-24 or "2026-11-24 10:30".',
  opWrong: '“{{field}}” can’t be used with {{op}}.',
  rangeBackwards: 'The range is reversed: {{from}} is after {{to}}.',
  listWrong: '{{op}} takes one value, not a list or a range.',
  starWrong: '{{op}} can’t be used with *.',
  starInside:
    'In “{{value}}” a * is allowed only at the start or end. To search for the * itself, use quotation marks.',
  regexTooLong: 'A regular expression has at most {{max}} characters.',
  regexTooBig: 'This regular expression repeats too much.',
  regexWrong: 'This regular expression can’t be read at “{{part}}”.',
  regexUnsupported: 'Filters do not support “{{part}}” in regular expressions.',
} as const satisfies Record<FilterErrorCode, string>;

export function filterErrorSentence({ code, params }: FilterError): string {
  return filterErrorWords[code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}
