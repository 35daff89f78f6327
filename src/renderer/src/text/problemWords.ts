/** A machine's problems in words, for the list on its page. */
import type { MachineRow } from '#shared/model/machine';
import type { ListedProblem } from '#shared/model/problemList';
import { diagnosisWords } from './diagnosisWords';
import {
  commandSentence,
  commandStep,
  errorStep,
  failedDrinkSentence,
  failedDrinkStep,
  isMachinesText,
  troubleSentence,
} from './machineWords';
import type { Words } from './words';
import { isConfirmed, type ClosedFault } from '#shared/model/activeFault';

export interface ProblemWords {
  readonly what: string;
  /** Of an error. */
  readonly code: string | null;
  readonly todo: string;
  /** Further facts, in order. */
  readonly more: readonly { readonly label: string; readonly text: string }[];
}

export function problemWords(
  words: Words,
  problem: ListedProblem,
  row: Pick<MachineRow, 'link' | 'address' | 'failedDrink' | 'platform'>,
  now: number,
): ProblemWords {
  const { t } = words;
  switch (problem.kind) {
    case 'error':
    case 'closed':
      return errorWords(words, problem, now);
    case 'diagnosis': {
      const { what, todo, ...more } = diagnosisWords(words, problem.diagnosis);
      return { what, code: null, todo, more: explained(words, more) };
    }
    case 'trouble': {
      const { trouble, diagnosis, since } = problem;
      if (diagnosis !== null) {
        const { what, todo, ...more } = diagnosisWords(words, diagnosis);
        return { what, code: null, todo, more: explained(words, more) };
      }
      const what = troubleSentence(words, row, trouble, since, now);
      return { what, code: null, todo: t(`linkTrouble.${trouble}.todo`), more: [] };
    }
    case 'unverified': {
      const { diagnosis } = problem;
      const [what, todo] = [t('problems.unverified'), t('nextStep.unverified')];
      if (diagnosis !== null) {
        const { why, leads } = diagnosisWords(words, diagnosis);
        return { what, code: null, todo, more: explained(words, { why, leads }) };
      }
      const { address } = row;
      const text = address === null ? null : t('identity.unverified', { address });
      return { what, code: null, todo, more: text === null ? [] : [{ label: t('diagnosis.why'), text }] };
    }
    case 'command': {
      const what = commandSentence(words, problem.command).replace(/[.。]$/, '');
      return { what, code: null, todo: commandStep(words, problem.command, row, now), more: [] };
    }
    case 'failedDrink': {
      const what = failedDrinkSentence(words, row).replace(/[.。]$/, '');
      return { what, code: null, todo: failedDrinkStep(words, row), more: [] };
    }
    default:
      return {
        what: t(`problems.${problem.kind}`),
        code: null,
        todo: t(`nextStep.${problem.kind}`),
        more: [],
      };
  }
}

const explained = (
  { t }: Words,
  { why, leads }: { readonly why: string; readonly leads: string },
): ProblemWords['more'] => [
  { label: t('diagnosis.why'), text: why },
  { label: t('diagnosis.leads'), text: leads },
];

function errorWords(
  words: Words,
  problem: Extract<ListedProblem, { readonly kind: 'error' | 'closed' }>,
  now: number,
): ProblemWords {
  const { t } = words;
  const { error, severity } = problem;
  const { code, description, isFatal, isPersistent, times, madeSince } = error;
  const title = words.errorTitle(code, description);
  const doubt =
    madeSince === undefined
      ? error.unconfirmed && t('machine.unconfirmed')
      : t('machine.madeSince', { time: words.moment(madeSince.at, now) });
  const marks = [
    times > 1 && t('machine.repeated', { count: times }),
    isFatal === true && severity !== 'fatal' && t('machine.flagFatal'),
    isFatal === false && t('machine.flagNotFatal'),
    isPersistent === true && t('machine.flagPersistent'),
    problem.kind === 'closed' && closedMark(words, problem.error, now),
    description !== null && description !== title && t('machine.machineSays', { what: description }),
  ].filter((mark) => mark !== false);
  const what = isMachinesText(words, code, description) ? t('problems.machineSays', { what: title }) : title;
  const meaning = words.errorMeaning(code);
  const cause = words.errorCause(code);
  return {
    what: doubt === false ? what : t('problems.inDoubt', { what, doubt }),
    code,
    todo:
      problem.kind === 'closed'
        ? t('nextStep.closed')
        : errorStep(words, error, madeSince !== undefined || !isConfirmed(error)),
    more: [
      ...(marks.length === 0 ? [] : [{ label: t('problems.reported'), text: marks.join(' · ') }]),
      ...(meaning === null ? [] : [{ label: t('diagnosis.leads'), text: meaning }]),
      ...(cause === null ? [] : [{ label: t('diagnosis.why'), text: cause }]),
    ],
  };
}

function closedMark({ t, moment }: Words, { closed: { at, by } }: ClosedFault, now: number): string {
  const time = moment(at, now);
  return by === null ? t('machine.closedByHand', { time }) : t('machine.closedBy', { time, by });
}
