/** Decides which machines a table shows: the filter language of frames, with machine fields. */
import type { MachineRow, MachineStatus } from '../model/machine';
import { numberTest, some, stringTest, textOf, wordOf } from './language/compare';
import type { FilterError } from './language/errors';
import { machineVocabulary, troubleWord } from './language/machineFields';
import { matcherOf, type Costed } from './language/match';
import { parseWith } from './language/parse';
import { codeTest } from './language/patterns';
import type { Choice, MachineFieldName, Term } from './language/tree';

export interface MachineFacts {
  readonly row: MachineRow;
  readonly status: MachineStatus;
  /** Of a machine without a connection (model/problems). */
  readonly lastProblem: MachineStatus | null;
  /** The machine needs attention. */
  readonly isTroubled: boolean;
  /** Today's orders; `null`: unknown. */
  readonly orders: number | null;
}

export type MachineTest =
  | { readonly ok: true; readonly matches: (facts: MachineFacts) => boolean }
  | { readonly ok: false; readonly error: FilterError };

/** `now`: reference of relative times, ms since 1970. */
export function machineTest(text: string, now: number): MachineTest {
  const parsed = parseWith(machineVocabulary, text, now);
  return parsed.ok ? { ok: true, matches: matcherOf(parsed.filter, termTest) } : parsed;
}

type Test = (facts: MachineFacts) => boolean;

function termTest({ field, any }: Term<MachineFieldName>): Costed<MachineFacts> {
  switch (field) {
    case 'state':
      return { cost: 1, test: ofState(any) };
    case 'platform': {
      const test = wordOf(any);
      const isPresent = any.some(({ is }) => is === 'present');
      // "platform:*" matches known platforms only.
      return {
        cost: 1,
        test: ({ row: { platform } }) => (platform === null ? !isPresent && test('unknown') : test(platform)),
      };
    }
    case 'errors':
      return { cost: 1, test: ofNumber(any, ({ row }) => row.errorCount) };
    case 'orders':
      return { cost: 1, test: ofNumber(any, ({ orders }) => orders) };
    case 'heard':
      return { cost: 1, test: ofNumber(any, ({ row }) => row.lastHeard) };
    case 'vmc':
      return { cost: 2, test: ofMachine(any) };
    case 'name':
      return { cost: 3, test: ofText(any, ({ row }) => row.name) };
    case 'place':
      return { cost: 3, test: ofText(any, ({ row }) => row.place) };
    case 'model':
      return { cost: 3, test: ofText(any, ({ row }) => row.model) };
    case 'version':
      return { cost: 3, test: ofText(any, ({ row }) => row.version) };
    case 'address':
      return { cost: 3, test: ofText(any, ({ row }) => row.address) };
    case 'code':
      return { cost: 4, test: ofCode(any) };
    case 'text':
      return { cost: 5, test: ofText(any, ({ row }) => allTexts(row)) };
  }
}

/** The texts in which a bare word is searched. */
const allTexts = ({ vmcNo, name, place, model, version, address }: MachineRow): string =>
  [vmcNo, name, place, model, version ?? '', address ?? ''].join('\n');

function ofNumber(any: readonly Choice[], get: (facts: MachineFacts) => number | null): Test {
  const test = some(any.map(numberTest));
  return (facts) => {
    const value = get(facts);
    return value !== null && test(value);
  };
}

function ofText(any: readonly Choice[], get: (facts: MachineFacts) => string | null): Test {
  const test = textOf(any);
  return (facts) => test(get(facts));
}

const wordOfStatus = (status: MachineStatus): string => (status === 'doorOpen' ? 'door' : status);

function ofState(any: readonly Choice[]): Test {
  const test = wordOf(any);
  return ({ status, lastProblem, isTroubled }) =>
    test(wordOfStatus(status)) ||
    (lastProblem !== null && test(wordOfStatus(lastProblem))) ||
    (isTroubled && test(troubleWord));
}

/** Numbers match the machine's number; texts match its name and its number. */
function ofMachine(any: readonly Choice[]): Test {
  const number = some(any.map(numberTest));
  const words = any.filter(({ is }) => is === 'text' || is === 'regex');
  const text = words.length === 0 ? null : textOf(words);
  return ({ row: { vmcNo, name } }) =>
    number(vmcNo) || (text !== null && (text(String(vmcNo)) || text(name)));
}

/** Tests the most severe active error. */
function ofCode(any: readonly Choice[]): Test {
  const test = some(
    any.map((choice): ((code: string) => boolean) => {
      if (choice.is === 'text') return codeTest(choice);
      const plain = stringTest(choice);
      return (code) => plain(code, code.toLowerCase());
    }),
  );
  return ({ row: { worst } }) => worst !== null && test(worst.code);
}
