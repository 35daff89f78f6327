/** Commands in the palette: for the machine in view, for the machine that the typed words name, or for one to be chosen. */
import { commandNames, type CommandName } from '#shared/commands/index';
import { reasonsToAccept, rowOf } from '#shared/commands/kit/rows';
import type { MachineRow } from '#shared/model/machine';
import { useCrema, type CremaState } from '../../store';
import { giveTo } from '../../store/navigate';
import { isCapture } from '../../store/source';
import { isSite } from '../../store/sites';
import { nothingSentWords } from '../../text/captureWords';
import { hindranceWords } from '../../text/hindranceWords';
import { matching, wordsOf } from '../../text/matching';
import type { Words } from '../../text/words';
import { clock } from '../../ui/ticker';
import type { Item } from './items';

/** A list of more machines helps nobody; a longer number or name narrows it. */
const mostMachines = 12;

const names = commandNames.filter(
  (name) => rowOf(name).offered === 'button' || rowOf(name).offered === 'menu',
);

/** The commands that match the typed text now. */
export const commandItemsNow = (words: Words, typed: string): readonly Item[] =>
  commandItems(words, useCrema.getState(), typed);

function commandItems(words: Words, state: CremaState, typed: string): readonly Item[] {
  const inView = machineInView(state);
  const meant = meantMachines(words, state, typed).filter((row) => row !== inView);
  return [
    ...(inView === undefined ? [] : names.map((name) => commandOf(words, state, inView, name))),
    ...meant.flatMap((row) => names.map((name) => commandOf(words, state, row, name))),
    ...(typed.trim() === '' || state.machines.size === 0 ? [] : names.map((name) => chooseOf(words, name))),
  ];
}

const machineInView = ({ route, machines }: CremaState): MachineRow | undefined =>
  route.screen === 'machines' && route.vmcNo !== null ? machines.get(route.vmcNo) : undefined;

/** Machines named by one of several words; the other words name the command. */
function meantMachines(
  words: Words,
  { machines, configs }: CremaState,
  typed: string,
): readonly MachineRow[] {
  const parts = wordsOf(typed);
  const commands = names.map((name) => words.t(`command.${name}.name`));
  if (parts.length < 2 || !parts.some((part) => commands.some((command) => matching(command, part) > 0)))
    return [];
  return [...machines.values()]
    .flatMap((row) => {
      const text = `${row.vmcNo} ${configs[row.vmcNo]?.name ?? row.name}`;
      const score = Math.max(...parts.map((part) => matching(text, part)));
      return score === 0 ? [] : [{ row, score }];
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostMachines)
    .map(({ row }) => row);
}

/** Impossible commands are found too, with their reason. */
function commandOf(words: Words, state: CremaState, row: MachineRow, name: CommandName): Item {
  const { configs } = state;
  const { vmcNo } = row;
  const isInView = machineInView(state) === row;
  const machineName = configs[vmcNo]?.name ?? row.name;
  return {
    id: isInView ? `command ${name}` : `command ${vmcNo} ${name}`,
    kind: 'command',
    label: words.t(`command.${name}.name`),
    detail: words.t('palette.kind.command', { vmcNo }),
    // Also the name on the wire.
    also: `${machineName} ${name}`,
    hindrance: hindranceNow(words, state, row, name),
    key: null,
    go: () => giveTo(vmcNo, name),
  };
}

/** A command whose machine is chosen in the next step. */
const chooseOf = (words: Words, name: CommandName): Item => ({
  id: `anyCommand ${name}`,
  kind: 'anyCommand',
  label: `${words.t(`command.${name}.name`)}…`,
  detail: words.t('palette.chooseMachine'),
  also: name,
  hindrance: null,
  key: null,
  asksMachineOf: name,
  go: () => undefined,
});

/** The machines for a chosen command, in the order of the machine list. */
export function machinesFor(words: Words, name: CommandName): readonly Item[] {
  const state = useCrema.getState();
  return state.list.order.flatMap((vmcNo): readonly Item[] => {
    const row = state.machines.get(vmcNo);
    if (row === undefined) return [];
    return [
      {
        id: `command ${vmcNo} ${name}`,
        kind: 'machine',
        label: String(vmcNo),
        detail: state.configs[vmcNo]?.name ?? row.name,
        hindrance: hindranceNow(words, state, row, name),
        key: null,
        go: () => giveTo(vmcNo, name),
      },
    ];
  });
}

function hindranceNow(words: Words, state: CremaState, row: MachineRow, name: CommandName): string | null {
  if (isCapture(state)) return nothingSentWords(words, isSite(state));
  const { running, packages, detail } = state;
  const { vmcNo, platform } = row;
  // The state of other machines is not known here: their page checks the command again.
  const machine = detail?.state.vmcNo === vmcNo ? detail.state : null;
  const mine = [...running.values()].filter((command) => command.vmcNo === vmcNo);
  const { refused } = reasonsToAccept(name, {}, mine, { machine, platform, packages, now: clock() });
  return refused === null ? null : hindranceWords(words, name, refused);
}
