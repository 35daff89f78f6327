/** A run as a table, for a file: a line for each machine. */
import { openLineStates, type Run, type RunLine } from '#shared/model/run';
import { doesWords, lineWords } from '../../text/runWords';
import type { Words } from '../../text/words';

export function runTable(
  words: Words,
  run: Run,
  lines: readonly RunLine[],
  nameOf: (vmcNo: number) => string,
): string[][] {
  const { t } = words;
  const heads = (
    ['machine', 'name', 'state', 'step', 'begun', 'ended', 'reason', 'command', 'evidence'] as const
  ).map((head) => t(`work.detail.${head}`));
  const rows = lines.map((line) => {
    const { vmcNo, state, steps, since, leftOut } = line;
    const step = run.steps[leftOut?.step ?? Math.max(0, steps.length - 1)];
    const ended = openLineStates.has(state) || leftOut !== null ? '' : words.dateTime(since);
    const numbers = (of: 'command' | 'entry'): string =>
      steps.flatMap(({ command, last }) => (of === 'command' ? command : last?.entry) ?? []).join(' ');
    return [
      String(vmcNo),
      nameOf(vmcNo),
      t(`work.line.${state}`),
      step === undefined ? '' : doesWords(words, step),
      steps[0] === undefined ? '' : words.dateTime(steps[0].at),
      ended,
      lineWords(words, run, line),
      numbers('command'),
      numbers('entry'),
    ].map((cell) => cell.slice(0, 1_000));
  });
  return [heads, ...rows];
}
