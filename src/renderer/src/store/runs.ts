/** The run history, and the questions of running batches to the user. */
import type { Run, RunMachine } from '#shared/model/run';
import { createPages } from './pages';

export const runPages = createPages<Run, number>({
  idOf: ({ id }) => id,
  cursorOf: ({ id }) => id,
  isNewer: (a, b) => a > b,
});

/** In the order in which the machines were chosen. */
export const linesOf = (lines: ReadonlyMap<number, RunMachine>, run: number): readonly RunMachine[] =>
  [...lines.values()].filter((line) => line.run === run).toSorted((a, b) => a.id - b.id);

export interface Asking {
  readonly run: Run;
  readonly line: RunMachine;
}

/** Machines of runs that wait for the user's answer, longest first. */
export function askingOf(
  runs: ReadonlyMap<number, Run>,
  lines: ReadonlyMap<number, RunMachine>,
): readonly Asking[] {
  const asking = [...lines.values()].filter(({ state }) => state === 'asking');
  return asking
    .toSorted((a, b) => a.since - b.since || a.id - b.id)
    .flatMap((line): readonly Asking[] => {
      const run = runs.get(line.run);
      return run === undefined ? [] : [{ run, line }];
    });
}
