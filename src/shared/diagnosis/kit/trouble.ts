/** Rules about what `model/linkTrouble.ts` says of a link: they put words and evidence to it. */
import { lastBeatOf, linkFacts } from '../../model/linkFacts';
import { troubleSince, type LinkState, type LinkTrouble } from '../../model/linkTrouble';
import { relayedAsOf, type MachineState } from '../../model/machine';
import type { DiagnosisFacts } from './rule';

/** Rules ask of one machine after the other. */
let last: { readonly facts: DiagnosisFacts; readonly state: LinkState } | null = null;
function stateOf(facts: DiagnosisFacts): LinkState {
  if (last?.facts !== facts) {
    const { machine, platform } = facts;
    const online = machine.link.status === 'online';
    const state = {
      online,
      platform,
      lastBeat: lastBeatOf(machine, platform),
      link: linkFacts(machine),
      // It changes with every frame: only the rule that needs it reads it.
      get lastHeard() {
        return machine.lastHeard;
      },
    };
    last = { facts, state };
  }
  return last.state;
}

/** Since when there is that trouble; `null`: there is not. */
export function trouble(kind: LinkTrouble, facts: DiagnosisFacts): number | null {
  return troubleSince(kind, stateOf(facts), facts.now);
}

/** On a connection that is passed on, or was, its real server answers: what people chose for our answers does nothing there. */
export const answeredByServer = ({ link }: Pick<MachineState, 'link'>): boolean =>
  relayedAsOf(link) === 'relayed';

/** Of entries that may not be known. */
export const entries = (...ids: readonly (number | null | undefined)[]): readonly number[] => [
  ...new Set(ids.filter((id): id is number => id !== null && id !== undefined && id > 0)),
];
