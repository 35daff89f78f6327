/** The short word of a list line and the one sentence of a machine page. */
import { comebackOf, connectionOf } from '#shared/model/connected';
import { linkTroubleOf } from '#shared/model/linkTrouble';
import { statusOf, type MachineRow } from '#shared/model/machine';
import type { Words } from './words';

/** The status text of a list line: "no cups +2", "silent 1 min 20 s". */
export function statusWord(words: Words, row: MachineRow, now: number): string {
  const { t, duration } = words;
  const time = duration(now - connectionOf(row, now).since);
  const status = statusOf(row, now);
  switch (status) {
    case 'offline': {
      const trouble = linkTroubleOf(row, now);
      return trouble === null
        ? t('statusWord.offline', { time })
        : t('statusWord.offlineWhy', { time, why: t(`linkTrouble.${trouble.kind}.word`) });
    }
    case 'unknown':
    case 'restarting':
    case 'silence':
      return t(`statusWord.${status}`, { time });
    case 'doorOpen':
      return t('statusWord.doorOpen');
    case 'fault':
      return faultWord(words, row);
    case 'warning': {
      const trouble = linkTroubleOf(row, now);
      return trouble === null ? faultWord(words, row) : t(`linkTrouble.${trouble.kind}.word`);
    }
    case 'online':
      return t('statusWord.ready');
  }
}

function faultWord(words: Words, row: MachineRow): string {
  const { t } = words;
  if (row.worst === null) return t('statusWord.cupBlocked');
  const word = errorWord(words, row.worst.code);
  return row.errorCount > 1
    ? t('statusWord.more', { word, others: row.errorCount - 1, all: row.errorCount })
    : word;
}

/** The meaning of a code where it is known, else the code itself. */
function errorWord(words: Words, code: string): string {
  return words.isKnownError(code) ? words.errorPhrase(code) : code;
}

/** "Offline for 12 min: disconnected by hand. Last known: no cups (ERROR:5300)." `doorSince`: since when its door is open, where that is known. */
export function statusSentence(words: Words, row: MachineRow, doorSince: number | null, now: number): string {
  const { t, duration } = words;
  const status = statusOf(row, now);
  switch (status) {
    case 'offline':
    case 'unknown':
    case 'restarting':
    case 'silence':
      return [connectionSentence(words, row, now), beforeSentence(words, row, now), comeback(words, row, now)]
        .filter((sentence) => sentence !== null)
        .reduce((a, b) => t('packages.sentences', { a, b }));
    case 'doorOpen':
      return doorSince === null
        ? t('statusSentence.doorOpen')
        : t('statusSentence.doorOpenFor', { time: duration(now - doorSince) });
    case 'fault':
    case 'warning': {
      const trouble = status === 'warning' ? troubleSentence(words, row, now) : null;
      if (trouble !== null) return trouble;
      if (row.worst === null) return t('statusSentence.cupBlocked');
      const { code, severity, since, unconfirmed } = row.worst;
      return t(`statusSentence.${unconfirmed ? 'unconfirmed' : severity}`, {
        what: words.errorPhrase(code),
        code,
        time: duration(now - since),
      });
    }
    case 'online':
      return row.lastHeard === null
        ? t('statusSentence.readySilence')
        : t('statusSentence.ready', { time: words.ago(row.lastHeard, now) });
  }
}

/** Since when it is not there, or nothing arrives, and why. */
function connectionSentence({ t, duration }: Words, row: MachineRow, now: number): string {
  const { is, since } = connectionOf(row, now);
  const time = duration(now - since);
  // On a relayed connection silence is the server's to judge.
  if (is === 'silent')
    return t(`statusSentence.${row.relay === 'relayed' ? 'silenceRelayed' : 'silence'}`, { time });
  if (is === 'restarting') return t('statusSentence.restarting', { time });
  if (row.gone === null) return t('statusSentence.offline', { time });
  const why = t(`close.${row.gone}`);
  return t(`statusSentence.${is === 'unknown' ? 'unknown' : 'offlineWhy'}`, { time, why });
}

/** What was wrong with it before: with its link, else what it had reported. */
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

/** How long it takes to come back, where its connection was closed on this side. */
function comeback({ t }: Words, row: MachineRow, now: number): string | null {
  const who = comebackOf(row, row.platform, now);
  return who === null ? null : t(`statusSentence.comeback.${who}`);
}
