/** The short word of a list line and the one sentence of a machine page. */
import { linkTroubleOf } from '#shared/model/linkTrouble';
import { statusOf, type MachineRow } from '#shared/model/machine';
import type { CloseReason } from '#shared/model/frame';
import type { Words } from './words';

/** The status text of a list line: "no cups +2", "silent 1 min 20 s". */
export function statusWord(words: Words, row: MachineRow, now: number): string {
  const { t, duration } = words;
  switch (statusOf(row, now)) {
    case 'offline':
      return t('statusWord.offline', { time: duration(now - row.since) });
    case 'restarting':
      return t('statusWord.restarting', { time: duration(now - (row.restarting ?? now)) });
    case 'silence':
      return t('statusWord.silence', { time: duration(now - (row.lastHeard ?? row.since)) });
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

export interface StatusFacts {
  /** Why the last connection ended, where it is known. */
  readonly reason: CloseReason | null;
  readonly doorSince: number | null;
}

/** "Can't sell: no cups (ERROR:5300) for 12 min." */
export function statusSentence(words: Words, row: MachineRow, facts: StatusFacts, now: number): string {
  const { t, duration } = words;
  switch (statusOf(row, now)) {
    case 'offline': {
      const time = duration(now - row.since);
      return facts.reason === null
        ? t('statusSentence.offline', { time })
        : t('statusSentence.offlineWhy', { time, why: t(`close.${facts.reason}`) });
    }
    case 'restarting':
      return t('statusSentence.restarting', { time: duration(now - (row.restarting ?? now)) });
    case 'silence':
      // On a relayed connection silence is the server's to judge.
      return t(row.relay === 'relayed' ? 'statusSentence.silenceRelayed' : 'statusSentence.silence', {
        time: duration(now - (row.lastHeard ?? row.since)),
      });
    case 'doorOpen':
      return facts.doorSince === null
        ? t('statusSentence.doorOpen')
        : t('statusSentence.doorOpenFor', { time: duration(now - facts.doorSince) });
    case 'fault':
    case 'warning': {
      const trouble = statusOf(row, now) === 'warning' ? linkTroubleOf(row, now) : null;
      if (trouble !== null)
        return t(`linkTrouble.${trouble.kind}.sentence`, { time: duration(now - trouble.since) });
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
