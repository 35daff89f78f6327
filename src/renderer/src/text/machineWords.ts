/** A machine's short status for lists, and its sentence for the machine page. */
import { comebackOf, connectionOf } from '#shared/model/connected';
import { linkTroubleOf } from '#shared/model/linkTrouble';
import type { MachineRow } from '#shared/model/machine';
import { problemsOf, type Problem } from '#shared/model/problems';
import { sellingNow } from '#shared/model/selling';
import type { Words } from './words';

/** The status text of a list line: "no cups +2", "silent 1 min 20 s". */
export function statusWord(words: Words, row: MachineRow, now: number): string {
  const { t } = words;
  const [problem] = problemsOf(row, now);
  switch (problem?.kind) {
    case undefined:
      return t('statusWord.ready');
    case 'connection':
      return connectionWord(words, row, now);
    case 'trouble':
      return t(`linkTrouble.${problem.trouble}.word`);
    case 'error':
      return faultWord(words, row);
    case 'unverified':
    case 'doorOpen':
    case 'cupBlocked':
    case 'locked':
    case 'closed':
      return t(`statusWord.${problem.kind}`);
  }
}

function connectionWord(words: Words, row: MachineRow, now: number): string {
  const { t, duration } = words;
  const { is, since } = connectionOf(row, now);
  const time = duration(now - since);
  if (is === 'silent') return t('statusWord.silence', { time });
  const trouble = is === 'offline' ? linkTroubleOf(row, now) : null;
  if (trouble !== null)
    return t('statusWord.offlineWhy', { time, why: t(`linkTrouble.${trouble.kind}.word`) });
  if (is === 'offline' && row.restarting !== null)
    return t('statusWord.notBack', { time, since: words.moment(row.lastHeard ?? row.since, now) });
  return is === 'online' ? t('statusWord.ready') : t(`statusWord.${is}`, { time });
}

function faultWord(words: Words, { worst, errorCount }: MachineRow): string {
  const word = worst === null ? '' : errorWord(words, worst.code);
  return errorCount > 1
    ? words.t('statusWord.more', { word, others: errorCount - 1, all: errorCount })
    : word;
}

/** The meaning of a known code, otherwise the code. */
function errorWord(words: Words, code: string): string {
  return words.isKnownError(code) ? words.errorPhrase(code) : code;
}

/** "Critical: no cups (ERROR:5300), 12 min. Can’t sell." `doorSince`: when the door was opened, if known. */
export function statusSentence(words: Words, row: MachineRow, doorSince: number | null, now: number): string {
  const [problem] = problemsOf(row, now);
  const first =
    problem === undefined
      ? [readySentence(words, row, now)]
      : problem.kind === 'connection'
        ? [connectionSentence(words, row, now), beforeSentence(words, row, now), comeback(words, row, now)]
        : [problemSentence(words, row, problem, doorSince, now)];
  return [...first, sellingSentence(words, row, now)]
    .filter((sentence) => sentence !== null)
    .reduce((a, b) => words.t('packages.sentences', { a, b }));
}

const readySentence = ({ t, ago }: Words, { lastHeard }: MachineRow, now: number): string =>
  lastHeard === null
    ? t('statusSentence.readySilence')
    : t('statusSentence.ready', { time: ago(lastHeard, now) });

/** `null`: the machine can sell, or this is unknown. */
function sellingSentence(words: Words, row: MachineRow, now: number): string | null {
  const answer = sellingNow(row, now);
  if (answer === 'yes' || answer === 'unknown') return null;
  const madeAt = answer === 'doubtful' ? row.worst?.madeAt : undefined;
  return madeAt === undefined
    ? words.t(`statusSentence.sells.${answer}`)
    : words.t('statusSentence.sells.madeSince', { time: words.moment(madeAt, now) });
}

function problemSentence(
  words: Words,
  row: MachineRow,
  problem: Exclude<Problem, { readonly kind: 'connection' }>,
  doorSince: number | null,
  now: number,
): string | null {
  const { t, duration } = words;
  switch (problem.kind) {
    case 'trouble':
      return troubleSentence(words, row, now);
    case 'doorOpen':
      return doorSince === null
        ? t('statusSentence.doorOpen')
        : t('statusSentence.doorOpenFor', { time: duration(now - doorSince) });
    case 'error':
      return row.worst === null ? null : errorSentence(words, row.worst, now);
    case 'closed':
      return row.closed === null ? null : closedSentence(words, row.closed, now);
    case 'unverified':
    case 'cupBlocked':
    case 'locked':
      return t(`statusSentence.${problem.kind}`);
  }
}

function errorSentence(
  words: Words,
  { code, severity, since, unconfirmed }: NonNullable<MachineRow['worst']>,
  now: number,
): string {
  return words.t(`statusSentence.${unconfirmed ? 'unconfirmed' : severity}`, {
    what: words.errorPhrase(code),
    code,
    time: words.duration(now - since),
  });
}

function closedSentence(
  words: Words,
  { code, by, at }: NonNullable<MachineRow['closed']>,
  now: number,
): string {
  const facts = { what: words.errorPhrase(code), code, time: words.moment(at, now) };
  return by === null
    ? words.t('statusSentence.closedByHand', facts)
    : words.t('statusSentence.closed', { ...facts, by });
}

/** Since when and why the machine is offline or silent. */
function connectionSentence(words: Words, row: MachineRow, now: number): string {
  const { t, duration } = words;
  const { is, since } = connectionOf(row, now);
  const time = duration(now - since);
  // On a relayed connection only the server judges silence.
  if (is === 'silent')
    return t(`statusSentence.${row.relay === 'relayed' ? 'silenceRelayed' : 'silence'}`, { time });
  if (is === 'restarting') return t('statusSentence.restarting', { time });
  if (is === 'offline' && row.restarting !== null)
    return t('statusSentence.notBack', { time, since: words.moment(row.lastHeard ?? row.since, now) });
  if (row.gone === null) return t('statusSentence.offline', { time });
  const why = t(`close.${row.gone}`);
  return t(`statusSentence.${is === 'unknown' ? 'unknown' : 'offlineWhy'}`, { time, why });
}

/** The earlier problem: of its connection, otherwise the last reported one. */
function beforeSentence(words: Words, row: MachineRow, now: number): string | null {
  const trouble = troubleSentence(words, row, now);
  if (trouble !== null || row.worst === null) return trouble;
  const { code } = row.worst;
  return words.t('statusSentence.lastKnown', { what: words.errorPhrase(code), code });
}

function troubleSentence({ t, duration }: Words, row: MachineRow, now: number): string | null {
  const trouble = linkTroubleOf(row, now);
  return trouble === null
    ? null
    : t(`linkTrouble.${trouble.kind}.sentence`, { time: duration(now - trouble.since) });
}

/** The usual time until a machine reconnects after Crema closed its connection. */
function comeback({ t }: Words, row: MachineRow, now: number): string | null {
  const who = comebackOf(row, row.platform, now);
  return who === null ? null : t(`statusSentence.comeback.${who}`);
}
