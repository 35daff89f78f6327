/** A run as a table for a file: one line per machine. */
import type { Command } from '#shared/model/command';
import { openLineStates, type Run, type RunMachine } from '#shared/model/run';
import { upgradedOf } from '../../store/rollouts';
import { packageOf } from '../../store/upgrades';
import { doesWords, lineWords } from '../../text/runWords';
import { stageWords } from '../../text/upgradeWords';
import type { Words } from '../../text/words';

export interface RunTableFacts {
  readonly nameOf: (vmcNo: number) => string;
  /** Its commands, as far as they are on record. */
  readonly commands: ReadonlyMap<number, Command>;
}

export function runTable(
  words: Words,
  run: Run,
  lines: readonly RunMachine[],
  facts: RunTableFacts,
): string[][] {
  const table = packageOf(run) === null ? tableOfSteps : tableOfUpgrades;
  return table(words, run, lines, facts).map((row) => row.map((cell) => cell.slice(0, 1_000)));
}

/** For a rollout: each machine's earlier and current version, and the times of its progress. */
function tableOfUpgrades(
  words: Words,
  run: Run,
  lines: readonly RunMachine[],
  { nameOf, commands }: RunTableFacts,
): readonly (readonly string[])[] {
  const { t } = words;
  const time = (at: number | null | undefined): string => (at == null ? '' : words.dateTime(at));
  const heads = [
    ...(['machine', 'name', 'wave', 'state', 'stage', 'before', 'after', 'package'] as const),
    ...(['sent', 'fetched', 'ended', 'reason', 'command', 'evidence'] as const),
  ].map((head) => t(`work.detail.${head}`));
  const rows = lines.map((line) => {
    const { vmcNo, state, since, wave, leftOut } = line;
    const upgraded = upgradedOf(line, commands);
    return [
      String(vmcNo),
      nameOf(vmcNo),
      wave === null ? '' : String(wave),
      t(`work.line.${state}`),
      upgraded === null ? '' : stageWords(words, upgraded.command, upgraded.stage),
      upgraded?.before ?? '',
      upgraded?.after ?? '',
      packageOf(run) ?? '',
      time(upgraded?.sentAt),
      time(upgraded?.fetchedAt),
      openLineStates.has(state) || leftOut !== null ? '' : time(since),
      lineWords(words, run, line),
      upgraded === null ? '' : String(upgraded.command.id),
      upgraded?.evidence.join(' ') ?? '',
    ];
  });
  return [heads, ...rows];
}

function tableOfSteps(
  words: Words,
  run: Run,
  lines: readonly RunMachine[],
  { nameOf }: RunTableFacts,
): readonly (readonly string[])[] {
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
    ];
  });
  return [heads, ...rows];
}
