/** A machine in words: its status for lists, its headline, whether it can sell, and what to do next. */
import { closeReasons } from '#shared/model/closeReasons';
import { connectionOf } from '#shared/model/connected';
import { rowOf } from '#shared/commands/kit/rows';
import {
  glanceOf,
  isPending,
  nextStepOf,
  sellingDoubt,
  sellingNow,
  type NextStep,
} from '#shared/model/glance';
import { retryOf } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import type { LinkTrouble } from '#shared/model/linkTrouble';
import { isNotInstalled, type LeftCommand } from '#shared/model/leftCommand';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { ListedProblem } from '#shared/model/problemList';
import { isOverheating } from '#shared/errors/ownTexts';
import { limitOf } from '#shared/errors/limits';
import type { ErrorSeverity, MachineRow } from '#shared/model/machine';
import { problemsOf, ruleOfTrouble, type Problem } from '#shared/model/problems';
import { commandFailure, commandWords, givesNoReason, retryWords, type EndedCommand } from './commandWords';
import { diagnosisWords } from './diagnosisWords';
import { failReasonWords, productWords } from './orderWords';
import { anyKey } from './t';
import type { Words } from './words';

/** The status text of a list line: "no cups +2", "silent 1 min 20 s". */
export function statusWord(words: Words, row: MachineRow, now: number): string {
  const { worst, others } = glanceOf(row, now);
  if (connectionOf(row, now).is !== 'online') return connectionWord(words, row, now);
  if (worst === null) return words.t(isPending(row, now) ? 'statusWord.pending' : 'statusWord.ready');
  const word = problemWord(words, row, worst);
  return others === 0 ? word : words.t('statusWord.more', { word, others, all: others + 1 });
}

function connectionWord(words: Words, row: MachineRow, now: number): string {
  const { t, duration } = words;
  const { is, since } = connectionOf(row, now);
  const time = duration(now - since);
  if (is === 'silent') return t('statusWord.silence', { time });
  const [problem] = problemsOf(row, now);
  if (is === 'offline' && problem?.kind === 'trouble')
    return t('statusWord.offlineWhy', { time, why: problemWord(words, row, problem) });
  if (is === 'offline' && row.restarting !== null) return t('statusWord.notBack', { time });
  if (is === 'offline' && problem?.kind === 'error')
    return t('statusWord.offlineLast', { time, what: problemWord(words, row, problem) });
  return is === 'online' ? t('statusWord.ready') : t(`statusWord.${is}`, { time });
}

/** A problem in a few words, within a sentence. */
function problemWord(words: Words, { worst, diagnosis, leftCommand }: MachineRow, problem: Problem): string {
  const { t } = words;
  switch (problem.kind) {
    case 'error':
      return worst === null ? '' : errorWord(words, worst);
    case 'trouble':
      return t(`linkTrouble.${problem.trouble}.word`);
    case 'diagnosis':
      return diagnosis === undefined ? '' : diagnosisWords(words, diagnosis).what.replace(/[.。]$/, '');
    case 'command':
      return leftCommand === undefined ? '' : commandWord(words, leftCommand);
    default:
      return t(`statusWord.${problem.kind}`);
  }
}

/** The meaning of a code, otherwise the machine's description, otherwise the code; and why it is in doubt. */
function errorWord(words: Words, worst: NonNullable<MachineRow['worst']>): string {
  const { code, description, madeAt, unconfirmed } = worst;
  const isMeant = description !== undefined || words.isKnownError(code);
  const what = isMeant ? errorPhrase(words, code, description) : code;
  if (madeAt !== undefined) return words.t('statusWord.madeSince', { what });
  return unconfirmed ? words.t('statusWord.unconfirmed', { what }) : what;
}

/** Whether an error is named by the machine's own text, which can be in another language. */
export const isMachinesText = (words: Words, code: string, description?: string | null): boolean =>
  words.errorTitle(code, description) !== words.errorTitle(code);

/** The machine's own text is marked as such. */
function errorPhrase(words: Words, code: string, description?: string | null): string {
  const what = words.errorPhrase(code, description);
  return isMachinesText(words, code, description) ? words.t('statusSentence.machineSays', { what }) : what;
}

/** The remedy for an error. Before it, whether the error still exists, if that is in doubt. */
export function errorStep(
  words: Words,
  { code, description = null }: { readonly code: string; readonly description?: string | null },
  isDoubtful: boolean,
): string {
  const remedy = words.errorRemedy(code) ?? unknownErrorStep(words, code, description);
  return isDoubtful ? words.t('nextStep.doubtful', { remedy }) : remedy;
}

/** The step for a code without a known remedy. The machine's own text may name the part. */
function unknownErrorStep(words: Words, code: string, description: string | null): string {
  if (description !== null && isOverheating(description)) return words.t('nextStep.overheated');
  return words.t(
    isMachinesText(words, code, description) ? 'nextStep.unknownErrorNamed' : 'nextStep.unknownError',
  );
}

/** "Critical: no cups (ERROR:5300), 12 min." `doorSince`: when the door was opened, if known. */
export function headlineWords(words: Words, row: MachineRow, doorSince: number | null, now: number): string {
  const [problem] = problemsOf(row, now);
  if (connectionOf(row, now).is !== 'online') {
    // The last error says more than the usual end of a connection.
    const isUsualEnd = row.gone === null || closeReasons[row.gone].leaves === 'nothing';
    const isRefused = problem?.kind === 'trouble' && problem.trouble === 'refused';
    // The refusal is the reason: the machine then closes the connection.
    if (isRefused && isUsualEnd)
      return joined(words, [
        lastKnownSentence(words, row, problem, now),
        connectionSentence(words, row, now, false),
      ]);
    const withReason = problem?.kind !== 'error' || !isUsualEnd;
    return joined(words, [
      connectionSentence(words, row, now, withReason),
      lastKnownSentence(words, row, problem, now),
    ]);
  }
  return problem === undefined
    ? readySentence(words, row, now)
    : problemSentence(words, row, problem, doorSince, now);
}

/** How a command ended that needs attention. */
function endOfLeft(words: Words, command: EndedCommand): 'failed' | 'noEffect' | 'unconfirmed' {
  if (command.state === 'failed') return 'failed';
  return commandFailure(words, command).hasOldVersion ? 'noEffect' : 'unconfirmed';
}

/** "Upgrade failed", for a list. */
function commandWord(words: Words, left: LeftCommand): string {
  if (isNotInstalled(left)) return words.t('statusWord.command.notInstalled');
  const command = left as EndedCommand;
  return words.t(`statusWord.command.${endOfLeft(words, command)}`, {
    name: words.t(`command.${command.name}.name`),
  });
}

/** The end of a failed or unconfirmed command. */
export function commandSentence(words: Words, left: LeftCommand): string {
  const command = left as EndedCommand;
  const name = commandWords(words, command);
  if (isNotInstalled(left)) return words.t('statusSentence.command.notInstalled');
  const { why } = commandFailure(words, command);
  const end = endOfLeft(words, command);
  if (end !== 'unconfirmed') return words.t(`statusSentence.command.${end}`, { name, why });
  const key = changesNothing(command) ? 'unanswered' : 'unconfirmedNoWhy';
  return givesNoReason(command)
    ? words.t(`statusSentence.command.${key}`, { name })
    : words.t('statusSentence.command.unconfirmed', { name, why });
}

/** A question: its answer is its only effect. */
const changesNothing = ({ name }: EndedCommand, platform?: MachineRow['platform']): boolean => {
  const { effects } = rowOf(name);
  return platform == null
    ? effects.linux.length === 0 && effects.android.length === 0
    : effects[platform].length === 0;
};

/** The answer about selling, and the reason if it is not known. */
export function sellingWords(words: Words, row: MachineRow, now: number): string {
  const { t } = words;
  const answer = sellingNow(row, now);
  if (answer === 'partly') return partlyWords(words, row, now);
  if (answer !== 'doubtful' && answer !== 'unknown') return t(`statusSentence.sells.${answer}`);
  const doubt = sellingDoubt(row, now) ?? 'unknown';
  const time = words.duration(now - (row.worst?.madeAt ?? now));
  return t('statusSentence.sells.notKnown', {
    why: anyKey(t)(`statusSentence.sells.why.${doubt}`, { time }),
  });
}

/** Names what it can't sell, by its error, otherwise by its diagnosis. */
function partlyWords({ t, inLanguage, material }: Words, row: MachineRow, now: number): string {
  const problem = problemsOf(row, now).find(({ selling }) => selling === 'partly');
  if (problem?.kind === 'diagnosis') {
    const ids = String(row.diagnosis?.params['materials'] ?? '').split(',');
    const materials = ids.map(material).reduce((a, b) => t('phrase.list', { a, b }));
    return t('statusSentence.sells.partlyWithout', { materials });
  }
  const limit = row.worst === null ? null : limitOf(row.worst.code);
  return limit === null
    ? t('statusSentence.sells.partly')
    : t('statusSentence.sells.partlyBut', { limit: inLanguage(limit) });
}

/**
 * The next step, or that there is nothing to do. `diagnoses`: those of the machine; they know more about a link problem than the row.
 * `running`: its newest command that waits for a result, if any. `problems`: all problems, if known. `hasOpenOrder`: a test drink would make
 * the machine drop a customer's order.
 */
export function nextStepWords(
  words: Words,
  row: MachineRow,
  now: number,
  {
    diagnoses = [],
    running = null,
    problems = [],
    hasOpenOrder = false,
  }: {
    readonly diagnoses?: readonly Diagnosis[];
    readonly running?: Command | null;
    readonly problems?: readonly ListedProblem[];
    readonly hasOpenOrder?: boolean;
  } = {},
): string {
  const next = nextStepOf(row, now);
  if (next.do === 'nothing' && running !== null)
    return words.t('nextStep.waitCommand', { name: words.t(`command.${running.name}.name`) });
  if (next.do === 'nothing' && hasOpenOrder) return words.t('nextStep.openOrder');
  const step = withOthers(words, stepWords(words, row, next, now, diagnoses), row, now, problems);
  const [last] = problemsOf(row, now);
  const { is } = connectionOf(row, now);
  const isGone = is === 'offline' || is === 'unknown';
  if (!isGone || last?.kind !== 'error' || row.worst === null) return step;
  // The machine will still have this error when it is back.
  const remedy = words.errorRemedy(row.worst.code);
  return remedy === null
    ? step
    : words.t('nextStep.lastKnown', {
        step,
        what: errorPhrase(words, row.worst.code, row.worst.description),
        remedy,
      });
}

/** The first step is not enough if other problems stop sales too. */
function withOthers(
  words: Words,
  step: string,
  row: MachineRow,
  now: number,
  problems: readonly ListedProblem[],
): string {
  const count = problems.slice(1).filter(({ selling }) => selling === 'no').length;
  if (sellingNow(row, now) !== 'no' || count === 0) return step;
  return words.t('nextStep.andMore', { step, count });
}

/** The next step after a failed or unconfirmed command. */
export function commandStep(
  words: Words,
  left: LeftCommand,
  { platform }: Pick<MachineRow, 'platform'>,
  now: number,
): string {
  const command = left as EndedCommand;
  const { t } = words;
  const name = commandWords(words, command);
  if (isNotInstalled(left))
    return t('nextStep.notInstalled', { time: words.duration(Math.max(0, left.until - now)) });
  const { remedy, isSameVersion } = commandFailure(words, command);
  if (isSameVersion) return t('nextStep.command.sameVersion');
  if (command.state === 'expired') {
    const retry = retryOf({ ...(left as Command), platform });
    // A question changes nothing that a person could see at the machine.
    if (changesNothing(command, platform ?? 'linux'))
      return t(`nextStep.command.${rowOf(command.name).offered === 'menu' ? 'againInMore' : 'again'}`, {
        name,
      });
    if (retry === null) return t('nextStep.command.unconfirmed', { name });
    const send = retryWords(words, command.name, 'send', retry.input);
    return t('nextStep.command.retry', { name, send });
  }
  return remedy === null ? t('nextStep.command.failed', { name }) : remedy;
}

/** A test drink has no customer. */
export const failedDrinkStep = ({ t }: Words, { failedDrink }: Pick<MachineRow, 'failedDrink'>): string =>
  t(failedDrink?.isTest === true ? 'nextStep.failedTest' : 'nextStep.failedDrink');

/** The next step for a link problem. Its diagnosis knows the cause. */
function troubleStep(words: Words, trouble: LinkTrouble, diagnoses: readonly Diagnosis[]): string {
  const diagnosis = diagnoses.find(({ rule }) => rule === ruleOfTrouble[trouble]);
  return diagnosis === undefined
    ? words.t(`linkTrouble.${trouble}.todo`)
    : diagnosisWords(words, diagnosis).todo;
}

function stepWords(
  words: Words,
  row: MachineRow,
  next: NextStep,
  now: number,
  diagnoses: readonly Diagnosis[],
): string {
  const { t } = words;
  switch (next.do) {
    case 'error':
      return errorStep(
        words,
        row.worst ?? { code: '' },
        row.worst?.unconfirmed === true || row.worst?.madeAt !== undefined,
      );
    case 'diagnosis':
      return row.diagnosis === undefined ? '' : diagnosisWords(words, row.diagnosis).todo;
    case 'command':
      return row.leftCommand === undefined ? '' : commandStep(words, row.leftCommand, row, now);
    case 'trouble':
      return troubleStep(words, next.trouble, diagnoses);
    case 'failedDrink':
      return failedDrinkStep(words, row);
    case 'restartAtMachine':
      return diagnoses.some(({ rule }) => rule === ruleOfTrouble.refused)
        ? troubleStep(words, 'refused', diagnoses)
        : t('nextStep.restartAtMachine');
    case 'waitReports':
      return t('nextStep.waitReports', { time: words.moment(next.until, now) });
    case 'waitReconnect':
      return t(`nextStep.waitReconnect.${next.who}`);
    default:
      return t(`nextStep.${next.do}`);
  }
}

/** "Connected 27 min · heard 7 s ago"; '' without a connection: the headline says since when. */
export function connectionBrief(words: Words, row: MachineRow, now: number): string {
  const { t } = words;
  if (!row.online) return '';
  const link = t('connectionBrief.online', { time: words.duration(now - row.since) });
  return row.lastHeard === null
    ? link
    : t('connectionBrief.heard', { link, time: words.ago(row.lastHeard, now) });
}

/** The headline, and whether the machine can sell if that is in doubt. */
export function statusSentence(words: Words, row: MachineRow, doorSince: number | null, now: number): string {
  const answer = sellingNow(row, now);
  return joined(words, [
    headlineWords(words, row, doorSince, now),
    answer === 'no' || answer === 'doubtful' ? sellingWords(words, row, now) : null,
  ]);
}

const joined = ({ t }: Words, sentences: readonly (string | null)[]): string =>
  sentences.filter((sentence) => sentence !== null).reduce((a, b) => t('packages.sentences', { a, b }));

function readySentence({ t, ago }: Words, row: MachineRow, now: number): string {
  const { lastHeard, link } = row;
  if (lastHeard === null) return t('statusSentence.readySilence');
  if (link.noLogin === null && isPending(row, now)) return t('statusSentence.readyPending');
  return link.noLogin === null
    ? t('statusSentence.ready', { time: ago(lastHeard, now) })
    : t('statusSentence.readyNoLogin', { time: ago(lastHeard, now) });
}

/** "Warning: sugar low". */
const rated = ({ t }: Words, severity: ErrorSeverity, what: string): string =>
  t('statusSentence.rated', { severity: t(`machine.severity.${severity}`), what });

function problemSentence(
  words: Words,
  row: MachineRow,
  problem: Problem,
  doorSince: number | null,
  now: number,
): string {
  const { t, duration } = words;
  const { worst, closed, diagnosis } = row;
  switch (problem.kind) {
    case 'error':
      return worst === null ? '' : errorSentence(words, worst, now);
    case 'trouble':
      return rated(words, problem.severity, troubleSentence(words, row, problem.trouble, problem.since, now));
    case 'diagnosis':
      return diagnosis === undefined
        ? ''
        : rated(words, diagnosis.severity, diagnosisWords(words, diagnosis).what);
    case 'doorOpen':
      return doorSince === null
        ? t('statusSentence.doorOpen')
        : t('statusSentence.doorOpenFor', { time: duration(now - doorSince) });
    case 'closed':
      return closed === null ? '' : closedSentence(words, closed, now);
    case 'command':
      return row.leftCommand === undefined ? '' : commandSentence(words, row.leftCommand);
    case 'failedDrink':
      return failedDrinkSentence(words, row);
    case 'unverified':
    case 'cupBlocked':
    case 'locked':
      return t(`statusSentence.${problem.kind}`);
  }
}

/** "The last drink (Latte) failed: no cups." */
export function failedDrinkSentence(words: Words, { failedDrink }: Pick<MachineRow, 'failedDrink'>): string {
  const { t } = words;
  const { reason, ...order } = failedDrink ?? { reason: '', productId: null, productName: null };
  const product = productWords(words, order);
  const drink = product === '' ? t('statusSentence.lastDrink') : t('statusSentence.lastDrinkOf', { product });
  return reason === ''
    ? t('statusSentence.failedDrinkNoWhy', { drink })
    : t('statusSentence.failedDrink', { drink, why: failReasonWords(words, reason) });
}

function errorSentence(
  words: Words,
  { code, severity, since, unconfirmed, description }: NonNullable<MachineRow['worst']>,
  now: number,
): string {
  const facts = { what: errorPhrase(words, code, description), code, time: words.duration(now - since) };
  return unconfirmed
    ? words.t('statusSentence.unconfirmed', { ...facts, severity: words.t(`machine.severity.${severity}`) })
    : words.t(`statusSentence.${severity}`, facts);
}

function closedSentence(
  words: Words,
  { code, by, at, description }: NonNullable<MachineRow['closed']>,
  now: number,
): string {
  const facts = { what: errorPhrase(words, code, description), code, time: words.moment(at, now) };
  return by === null
    ? words.t('statusSentence.closedByHand', facts)
    : words.t('statusSentence.closed', { ...facts, by });
}

/** Since when the machine is offline or silent, and `withReason` why the connection ended. */
function connectionSentence(words: Words, row: MachineRow, now: number, withReason: boolean): string {
  const { t, duration } = words;
  const { is, since } = connectionOf(row, now);
  const time = duration(now - since);
  // On a relayed connection only the server judges silence.
  if (is === 'silent')
    return t(`statusSentence.${row.relay === 'relayed' ? 'silenceRelayed' : 'silence'}`, { time });
  if (is === 'restarting') return t('statusSentence.restarting', { time });
  if (is === 'offline' && row.restarting !== null) return t('statusSentence.notBack', { time });
  if (row.gone === null || (is === 'offline' && !withReason)) return t('statusSentence.offline', { time });
  const why = t(`close.${row.gone}`);
  return t(`statusSentence.${is === 'unknown' ? 'unknown' : 'offlineWhy'}`, { time, why });
}

/** The worst problem from before the connection ended; `null`: none. */
function lastKnownSentence(
  words: Words,
  row: MachineRow,
  problem: Problem | undefined,
  now: number,
): string | null {
  if (problem === undefined) return null;
  if (problem.kind === 'trouble') return troubleSentence(words, row, problem.trouble, problem.since, now);
  if (problem.kind !== 'error' || row.worst === null)
    return words.t('statusSentence.lastKnown', { what: problemWord(words, row, problem) });
  const { code, description } = row.worst;
  return words.t('statusSentence.lastKnownError', { what: errorPhrase(words, code, description), code });
}

/** Two machines with one number are named by address and login. */
export function troubleSentence(
  { t, duration }: Words,
  { link }: Pick<MachineRow, 'link'>,
  kind: LinkTrouble,
  since: number,
  now: number,
): string {
  const time = duration(now - since);
  return kind === 'shared' && link.sharedBy !== undefined
    ? t('linkTrouble.shared.both', { time, ...link.sharedBy })
    : t(`linkTrouble.${kind}.sentence`, { time });
}
