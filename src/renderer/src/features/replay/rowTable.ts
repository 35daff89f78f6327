/** A replay as a table for a file: one line per row, oldest first. */
import type { ReplayRow } from '#shared/model/replay';
import { replayDifference, replayOutcome } from '../../text/replayWords';
import type { Words } from '../../text/words';

const columns = [
  'step',
  'command',
  'outcome',
  'entry',
  'recordedAt',
  'recorded',
  'nowAt',
  'now',
  'differences',
] as const;

/** The limit of a request. */
const mostCells = 1_000;
const mostLines = 5_000;

export function rowTable(words: Words, rows: readonly ReplayRow[]): string[][] {
  const { t } = words;
  const time = (at: number | undefined): string => (at === undefined ? '' : words.dateTime(at));
  const lines = rows.slice(-(mostLines - 1)).map((row): Record<(typeof columns)[number], string> => {
    const { step, cmd, entry, recorded, now, differences, notes } = row;
    const why = differences.map((one) => {
      const text = replayDifference(words, one);
      return one.by === null ? text : t('packages.aside', { text, more: t(`replay.by.${one.by}`) });
    });
    return {
      step: String(step),
      command: cmd ?? '',
      outcome: replayOutcome(words, row),
      entry: entry === null ? '' : String(entry),
      recordedAt: time(recorded?.at),
      recorded: recorded?.text ?? '',
      nowAt: time(now?.at),
      now: now?.text ?? '',
      differences: [...why, ...notes.map((note) => t(`replay.note.${note}`))].join('; '),
    };
  });
  const head = columns.map((column) => t(`replay.table.${column}`));
  return [head, ...lines.map((line) => columns.map((column) => line[column].slice(0, mostCells)))];
}
