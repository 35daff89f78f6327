/** Texts of the filter box: completion items and filter errors. */
import type { FilterOperator, Hint } from '#shared/filter/language/completion';
import type { FilterError } from '#shared/filter/language/errors';
import type { FindingSeverity } from '#shared/findings';
import { en } from '../locales/en';
import { anyKey } from './t';
import type { Words } from './words';

const operatorWords = {
  ':': 'has',
  '=': 'equals',
  '!=': 'not',
  '>': 'more',
  '>=': 'atLeast',
  '<': 'less',
  '<=': 'atMost',
  '~': 'matches',
} as const satisfies Record<FilterOperator, string>;

export const operatorWord = ({ t }: Words, op: FilterOperator): string =>
  t(`filter.operator.${operatorWords[op]}`);

type ValueWord = keyof (typeof en)['filter']['value'];
const isValueWord = (word: string): word is ValueWord => Object.hasOwn(en.filter.value, word);

const isSeverity = (word: string): word is FindingSeverity => Object.hasOwn(en.frames.severity, word);

/** Text beside a completion item; `null`: the item needs none. */
export function filterHint(words: Words, hint: Hint): string | null {
  const { t } = words;
  switch (hint.of) {
    case 'field':
      return t(`filter.field.${hint.field}`);
    case 'machineField':
      return t(`filter.machineField.${hint.field}`);
    case 'operator':
      return operatorWord(words, hint.op);
    case 'word':
      // The same texts as in findings.
      if (hint.field === 'finding' && isSeverity(hint.word)) return t(`frames.severity.${hint.word}`);
      return isValueWord(hint.word) ? t(`filter.value.${hint.word}`) : null;
    case 'command':
      return words.command(hint.cmd);
    case 'finding':
      return words.findingTitle(hint.code);
    case 'errorCode':
      return words.errorTitle(hint.code);
    case 'memberValue':
      return hint.means === null ? null : anyKey(t)(`field.${hint.means}.value.${hint.value}`);
    case 'machine':
      return hint.name;
    case 'saved':
      return hint.text;
    case 'keyword':
      return t(`filter.value.${hint.word === 'OR' ? 'or' : 'notKeyword'}`);
    default:
      return t(`filter.value.${hint.of}`);
  }
}

export function filterError({ t }: Words, { code, params }: FilterError): string {
  // The parameters belong to the code; tests check each of them.
  return anyKey(t)(`filter.error.${code}`, params);
}
