/** A machine's report of its status, in whichever message it comes. */
import type { FrameEntry } from '#shared/model/frame';
import type { Evident, MachineState } from '#shared/model/machine';
import { cleared, closedAfterClear, isOfLogin } from '../activeErrors';
import { evident, sameOr, type Changes } from './on';

/** What one machine may fill of our memory, whatever it sends. */
const suppliesKept = 100;

export interface Report {
  readonly status: string | null;
  readonly supply: Readonly<Record<string, string>> | null;
  readonly locked?: boolean | null;
}

export function reported(
  machine: MachineState,
  { status, supply, locked = null }: Report,
  entry: FrameEntry,
): Changes {
  const told: Changes = {
    ...(supply === null ? {} : { supplies: withSupplies(machine.supplies, supply, entry) }),
    ...(locked === null ? {} : { locked: evident(locked, entry) }),
  };
  switch (status) {
    case 'clearerror':
      return {
        ...told,
        errors: cleared(machine, entry),
        closed: closedAfterClear(machine, entry),
        cupBlocked: isOfLogin(machine, entry) ? machine.cupBlocked : null,
      };
    case 'cupblock':
      return { ...told, cupBlocked: sameOr(machine.cupBlocked, true as const, entry) };
    case 'dooropen':
      return { ...told, door: sameOr(machine.door, 'open', entry) };
    case 'doorclose':
      return { ...told, door: sameOr(machine.door, 'closed', entry) };
    default:
      return told;
  }
}

function withSupplies(
  known: MachineState['supplies'],
  supply: Readonly<Record<string, string>>,
  entry: FrameEntry,
): MachineState['supplies'] {
  const told = Object.entries(supply);
  if (told.every(([material]) => Object.hasOwn(known, material))) {
    // As nearly always: one copy, in which every place is there.
    const supplies: Record<string, Evident<string>> = { ...known };
    for (const [material, amount] of told) supplies[material] = evident(amount, entry);
    return supplies;
  }
  // A map, and back by fromEntries: a material may be called `__proto__` by whoever means harm.
  const supplies = new Map(Object.entries(known));
  for (const [material, amount] of told) {
    if (supplies.has(material) || supplies.size < suppliesKept)
      supplies.set(material, evident(amount, entry));
  }
  return Object.fromEntries(supplies);
}
