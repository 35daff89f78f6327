/** A machine's status report, in any message that contains one. */
import type { FrameEntry } from '#shared/model/frame';
import type { Evident, MachineState } from '#shared/model/machine';
import { machinestatus } from '#shared/messages/machinestatus';
import { statusquery_r } from '#shared/messages/statusquery';
import { querysupplies_r } from '#shared/messages/querysupplies';
import { cleared, closedAfterClear, isOfLogin } from '../activeFaults';
import { evident, on, sameOr, type Changes } from './on';

/** Memory limit per machine. */
const suppliesKept = 100;

interface Report {
  readonly status: string | null;
  readonly supply: Readonly<Record<string, string>> | null;
  readonly locked?: boolean | null;
}

function reported(
  machine: MachineState,
  { status, supply, locked = null }: Report,
  entry: FrameEntry,
): Changes {
  const changes: Changes = {
    ...(supply === null ? {} : { supplies: withSupplies(machine.supplies, supply, entry) }),
    ...(locked === null ? {} : { locked: evident(locked, entry) }),
  };
  switch (status) {
    case 'clearerror':
      return {
        ...changes,
        errors: cleared(machine, entry),
        closed: closedAfterClear(machine, entry),
        cupBlocked: isOfLogin(machine, entry) ? machine.cupBlocked : null,
      };
    case 'cupblock':
      return { ...changes, cupBlocked: sameOr(machine.cupBlocked, true as const, entry) };
    case 'dooropen':
      return { ...changes, door: sameOr(machine.door, 'open', entry) };
    case 'doorclose':
      return { ...changes, door: sameOr(machine.door, 'closed', entry) };
    default:
      return changes;
  }
}

function withSupplies(
  known: MachineState['supplies'],
  supply: Readonly<Record<string, string>>,
  entry: FrameEntry,
): MachineState['supplies'] {
  const amounts = Object.entries(supply);
  if (amounts.every(([material]) => Object.hasOwn(known, material))) {
    // Nearly always: one copy, because every material is already a member.
    const supplies: Record<string, Evident<string>> = { ...known };
    for (const [material, amount] of amounts) supplies[material] = evident(amount, entry);
    return supplies;
  }
  // A Map and `fromEntries`, because a hostile client may name a material `__proto__`.
  const supplies = new Map(Object.entries(known));
  for (const [material, amount] of amounts) {
    if (supplies.has(material) || supplies.size < suppliesKept)
      supplies.set(material, evident(amount, entry));
  }
  return Object.fromEntries(supplies);
}

export const onMachinestatus = on(machinestatus, reported);

export const onStatusqueryAnswer = on(statusquery_r, reported);

export const onQuerysuppliesAnswer = on(querysupplies_r, reported);
