/** Rules about what `model/linkTrouble.ts` says of a link: they put words and evidence to it. */
import { lastBeatOf, linkFacts } from '../../model/linkFacts';
import { troubleSince, type LinkFacts, type LinkTrouble } from '../../model/linkTrouble';
import type { MachineState } from '../../model/machine';
import type { DiagnosisFacts } from './rule';

/** Rules ask of one machine after the other. */
let last: { readonly machine: MachineState; readonly facts: LinkFacts } | null = null;
function factsOf(machine: MachineState): LinkFacts {
  if (last?.machine !== machine) last = { machine, facts: linkFacts(machine) };
  return last.facts;
}

/** Since when there is that trouble; `null`: there is not. */
export function trouble(kind: LinkTrouble, { machine, platform, now }: DiagnosisFacts): number | null {
  const online = machine.link.status === 'online';
  const lastBeat = lastBeatOf(machine);
  return troubleSince(kind, { online, platform, lastBeat, link: factsOf(machine) }, now);
}

/** Of entries that may not be known. */
export const entries = (...ids: readonly (number | null | undefined)[]): readonly number[] => [
  ...new Set(ids.filter((id): id is number => id !== null && id !== undefined && id > 0)),
];
