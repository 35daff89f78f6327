/** The short word of a list line and the one sentence of a machine page. */
import { lookupErrorCode } from '#shared/errors/codes';
import { statusOf, type MachineRow } from '#shared/model/machine';
import type { CloseReason } from '#shared/model/frame';
import type { Words } from './words';

/** "no cups +2", "silent 1 min 20 s": what a list line says beside its shape. */
export function shortWord(words: Words, row: MachineRow, now: number): string {
  const { t, duration } = words;
  switch (statusOf(row, now)) {
    case 'offline':
      return t('word.offline', { time: duration(now - row.since) });
    case 'restarting':
      return t('word.restarting', { time: duration(now - (row.restarting ?? now)) });
    case 'silent':
      return t('word.silent', { time: duration(now - (row.lastHeard ?? row.since)) });
    case 'doorOpen':
      return t('word.doorOpen');
    case 'fault':
    case 'warning':
      return troubleWord(words, row);
    case 'online':
      return t('word.ready');
  }
}

function troubleWord(words: Words, row: MachineRow): string {
  const { t } = words;
  if (row.worst === null) return t('word.cupBlocked');
  const word = errorWord(words, row.worst.code);
  return row.errorCount > 1
    ? t('word.more', { word, others: row.errorCount - 1, all: row.errorCount })
    : word;
}

/** The meaning of a code where it is known, else the code itself. */
function errorWord(words: Words, code: string): string {
  return lookupErrorCode(code) === null ? code : words.errorPhrase(code);
}

export interface SentenceFacts {
  /** Why the last connection ended, where it is known. */
  readonly reason: CloseReason | null;
  readonly doorSince: number | null;
}

/** "Can't sell: no cups (ERROR:5300) for 12 min." */
export function sentence(words: Words, row: MachineRow, facts: SentenceFacts, now: number): string {
  const { t, duration } = words;
  switch (statusOf(row, now)) {
    case 'offline': {
      const time = duration(now - row.since);
      return facts.reason === null
        ? t('sentence.offline', { time })
        : t('sentence.offlineWhy', { time, why: t(`close.${facts.reason}`) });
    }
    case 'restarting':
      return t('sentence.restarting', { time: duration(now - (row.restarting ?? now)) });
    case 'silent':
      return t('sentence.silent', { time: duration(now - (row.lastHeard ?? row.since)) });
    case 'doorOpen':
      return facts.doorSince === null
        ? t('sentence.doorOpen')
        : t('sentence.doorOpenFor', { time: duration(now - facts.doorSince) });
    case 'fault':
    case 'warning': {
      if (row.worst === null) return t('sentence.cupBlocked');
      const { code, severity, since, unconfirmed } = row.worst;
      return t(`sentence.${unconfirmed ? 'unconfirmed' : severity}`, {
        what: words.errorPhrase(code),
        code,
        time: duration(now - since),
      });
    }
    case 'online':
      return row.lastHeard === null
        ? t('sentence.readySilent')
        : t('sentence.ready', { time: words.ago(row.lastHeard, now) });
  }
}
