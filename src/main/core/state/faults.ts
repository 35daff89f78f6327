/** Derives the fault history from the fold: the changes an entry made to a machine's active errors. */
import type { Entry } from '#shared/model/frame';
import type { ClearedBy, Fault } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import { effects } from './apply/index';
import { isClosing } from './closings';
import type { ActiveFault } from '#shared/model/activeFault';

const none: readonly Fault[] = [];

/** Faults that this entry set, repeated or cleared. `null`: no entry, only time passed (`settled`). */
export function faultChanges(
  before: MachineState | null,
  after: MachineState,
  entry: Entry | null,
): readonly Fault[] {
  const old = before?.errors ?? [];
  if (old === after.errors) return none;
  const changes: Fault[] = [];
  for (const error of after.errors) {
    const known = old.find(({ entry: setBy }) => setBy === error.entry);
    if (known === undefined || isOther(known, error)) changes.push(faultOf(after.vmcNo, error));
  }
  for (const error of old) {
    if (after.errors.some(({ entry: setBy }) => setBy === error.entry)) continue;
    const { ending } = error;
    changes.push({
      ...faultOf(after.vmcNo, error),
      clearedAt: ending?.at ?? entry?.at ?? null,
      clearedEntry: ending?.entry ?? entry?.id ?? null,
      clearedBy: ending?.by ?? endedBy(entry),
    });
  }
  return changes;
}

/** Whether the machine reports the same error differently now. */
const isOther = (a: ActiveFault, b: ActiveFault): boolean =>
  a.times !== b.times ||
  a.description !== b.description ||
  a.isFatal !== b.isFatal ||
  a.isPersistent !== b.isPersistent;

function endedBy(entry: Entry | null): ClearedBy {
  if (entry === null) return 'machine';
  if (isClosing(entry)) return 'person';
  if (entry.kind !== 'frame') return 'machine';
  const { from, body } = entry.message;
  return effects[from].get(body.cmd)?.clearedBy(body) ?? 'clearerror';
}

/** Ends the open faults of a machine that a person removes from the list. */
export function faultsForgotten(machine: MachineState, at: number): readonly Fault[] {
  return machine.errors.map((error) => ({
    ...faultOf(machine.vmcNo, error),
    clearedAt: at,
    clearedBy: 'forgotten',
  }));
}

function faultOf(vmcNo: number, error: ActiveFault): Fault {
  return {
    id: error.entry,
    vmcNo,
    code: error.code,
    description: error.description,
    setAt: error.since,
    clearedAt: null,
    clearedEntry: null,
    clearedBy: null,
    times: error.times,
    isFatal: error.isFatal,
    isPersistent: error.isPersistent,
  };
}
