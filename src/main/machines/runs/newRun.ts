/** A run that a person starts, with a line for each machine. */
import type { LeftOut, LineState, Run, RunMachine, Waves } from '#shared/model/run';
import type { OwnText, RunStep } from '#shared/model/sequence';
import { noCounts } from './line';

export interface RunWish {
  readonly title: OwnText | null;
  readonly steps: readonly RunStep[];
  readonly machines: readonly number[];
  /** Also selected, but shown to the user as left out. */
  readonly leftOut: readonly (LeftOut & { readonly vmcNo: number })[];
  readonly waves: Waves;
  /** The user who starts it. */
  readonly by: string;
}

/** The last numbers used. */
export interface LastRunNumbers {
  readonly run: number;
  readonly runMachine: number;
}

/** `last`: the numbers of the new run and its lines follow these. */
export function newRun(
  { title, steps, machines, leftOut, waves, by }: RunWish,
  now: number,
  last: LastRunNumbers,
): { readonly run: Run; readonly lines: readonly RunMachine[] } {
  const numbers = [...new Set(machines)];
  const others = new Map(leftOut.map(({ vmcNo, step, error }) => [vmcNo, { step, error }]));
  for (const vmcNo of numbers) others.delete(vmcNo);
  const run: Run = {
    id: last.run + 1,
    title,
    steps,
    waves,
    state: 'running',
    startedAt: now,
    by,
    endedAt: null,
    end: null,
    paused: null,
    waits: null,
    nextAt: null,
    wave: 0,
    first: waves.first === null ? null : 'awaited',
    machines: numbers.length + others.size,
    counts: { ...noCounts, waiting: numbers.length, leftOut: others.size },
  };
  const wanted = [
    ...numbers.map((vmcNo) => ({ vmcNo, state: 'waiting' as LineState, leftOut: null })),
    ...[...others].map(([vmcNo, why]) => ({ vmcNo, state: 'leftOut' as LineState, leftOut: why })),
  ];
  const lines = wanted.map(({ vmcNo, state, leftOut: why }, i): RunMachine => ({
    id: last.runMachine + 1 + i,
    run: run.id,
    vmcNo,
    state,
    since: now,
    wave: null,
    steps: [],
    leftOut: why,
  }));
  return { run, lines };
}
