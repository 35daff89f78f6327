/** Rules for link problems found by `model/linkTrouble.ts`: they add texts and evidence. */
import { lastBeatOf, linkFacts } from '../../model/linkFacts';
import { troubleSince, type LinkState, type LinkTrouble } from '../../model/linkTrouble';
import type { MachineState } from '../../model/machine';
import type { DiagnosisFacts } from './rule';
import { relayedAsOf } from '../../model/machineLink';

/** Cache: rules run for one machine after the other. */
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
      // Changes with every frame, so only the rule that needs it reads it.
      get lastHeard() {
        return machine.lastHeard;
      },
    };
    last = { facts, state };
  }
  return last.state;
}

/** Start of the problem; `null`: no such problem. */
export function trouble(kind: LinkTrouble, facts: DiagnosisFacts): number | null {
  return troubleSince(kind, stateOf(facts), facts.now);
}

/** On a relayed connection the real server answers, so the settings for Crema's answers have no effect. */
export const answeredByServer = ({ link }: Pick<MachineState, 'link'>): boolean =>
  relayedAsOf(link) === 'relayed';

/** Evidence without unknown entries. */
export const entries = (...ids: readonly (number | null | undefined)[]): readonly number[] => [
  ...new Set(ids.filter((id): id is number => id !== null && id !== undefined && id > 0)),
];
