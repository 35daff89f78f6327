/** English texts of filter errors: the problem, and the correct input. For the window and the command line. */
import type { FilterError, FilterErrorCode } from './language/errors';

export const filterErrorWords = {
  tooLong: 'A filter has at most {{max}} characters.',
  tooDeep: 'Too many parentheses inside each other; at most {{max}}.',
  quoteOpen: 'This quotation mark has no partner.',
  quoteGlued: 'Put a blank here. To search for a quotation mark itself, write \\" inside quotation marks.',
  groupOpen: 'This parenthesis is never closed.',
  groupStray: 'There is no open parenthesis to close here. To search for one, put it in quotation marks.',
  groupEmpty: 'Nothing stands between the parentheses.',
  operandMissing: 'Something must stand beside {{word}}. To search for it, put it in quotation marks.',
  spelling: 'Write {{ours}} here, not “{{written}}”. To search for that itself, put it in quotation marks.',
  fieldMissing: 'Which field? Write its name right before {{op}}, such as size>200.',
  operatorMissing:
    'Between “{{field}}” and its value stands one of : = != > >= < <= ~, such as {{example}}. To search for the word itself, put it in quotation marks.',
  fieldUnknown: 'There is no field “{{field}}”. To search for the text itself, put it in quotation marks.',
  fieldUnknownNear: 'There is no field “{{field}}”: did you mean {{suggestion}}?',
  memberMissing: 'Which member of the body? For example {{example}}.',
  valueMissing: 'A value is missing after “{{field}}”.',
  wordUnknown: '“{{value}}” is nothing “{{field}}” can be. Possible are: {{allowed}}.',
  wordUnknownNear: '“{{value}}” is nothing “{{field}}” can be: did you mean {{suggestion}}?',
  findingUnknown: 'There is no finding “{{value}}”. “finding:*” shows all that occur.',
  findingUnknownNear: 'There is no finding “{{value}}”: did you mean {{suggestion}}?',
  numberWrong: '“{{field}}” is compared with a number; “{{value}}” is not a number.',
  amountWrong:
    '“{{value}}” is not an amount. Write a number with at most two decimals and no currency, such as 10 or 10.50.',
  timeWrong: '“{{value}}” is not a time. Write -2h, 10:30, 2026-11-24 or "2026-11-24 10:30".',
  opWrong: '“{{field}}” does not go with {{op}}.',
  rangeBackwards: 'The range from {{from}} to {{to}} runs backwards.',
  listWrong: '{{op}} takes one value, no list and no range.',
  starWrong: '{{op}} takes no *.',
  starInside:
    'In “{{value}}” a * may stand at the beginning or end only. To search for the * itself, use quotation marks.',
  regexTooLong: 'A regular expression has at most {{max}} characters.',
  regexTooBig: 'This regular expression repeats too much.',
  regexWrong: 'This regular expression can’t be read at “{{part}}”.',
  regexUnsupported: 'Filters don’t know “{{part}}” in regular expressions.',
} as const satisfies Record<FilterErrorCode, string>;

export function filterErrorSentence({ code, params }: FilterError): string {
  return filterErrorWords[code].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}
