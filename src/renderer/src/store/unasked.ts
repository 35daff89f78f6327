/** Commands without confirmation for a while, each for one machine. They belong to this window and end with it. */
import type { CommandName } from '#shared/commands/index';
import { needsVerified, riskOn, rowOf } from '#shared/commands/kit/rows';
import type { MachineRow } from '#shared/model/machine';
import { isUnverified } from '#shared/model/verified';

export interface Unasked {
  readonly vmcNo: number;
  readonly name: CommandName;
  readonly until: number;
}

/** ms */
export const unaskedFor = 600_000;

const isOf =
  (vmcNo: number, name: CommandName) =>
  (one: Unasked): boolean =>
    one.vmcNo === vmcNo && one.name === name;

/** Restarts the full time. */
export const withUnasked = (
  all: readonly Unasked[],
  vmcNo: number,
  name: CommandName,
  now: number,
): readonly Unasked[] => [...withoutUnasked(all, vmcNo, name), { vmcNo, name, until: now + unaskedFor }];

export const withoutUnasked = (
  all: readonly Unasked[],
  vmcNo: number,
  name: CommandName,
): readonly Unasked[] => all.filter((one) => !isOf(vmcNo, name)(one));

/** The commands still in force; the same object if none has ended. */
export function inForce(all: readonly Unasked[], now: number): readonly Unasked[] {
  const left = all.filter(({ until }) => until > now);
  return left.length === all.length ? all : left;
}

const hasNothingToFill = (name: CommandName): boolean =>
  rowOf(name).fields?.every(({ hidden }) => hidden) ?? false;

/** Whether a confirmation is needed because the machine on the connection has not proved its identity. */
export const isAskedForProof = (
  name: CommandName,
  row: Pick<MachineRow, 'platform' | 'online' | 'verification'>,
): boolean => isUnverified(row) && needsVerified(name, row.platform);

/** Whether the confirmation can be skipped: it asks nothing beyond yes or no. */
export const mayBeUnasked = (
  name: CommandName,
  row: Pick<MachineRow, 'platform' | 'online' | 'verification'>,
): boolean => hasNothingToFill(name) && riskOn(name, row.platform) !== 'none' && !isAskedForProof(name, row);

/** Whether a press sends at once. For an offline machine it asks: a later execution can surprise people at the machine. */
export function isSentAtOnce(
  name: CommandName,
  row: Pick<MachineRow, 'vmcNo' | 'platform' | 'online' | 'verification'>,
  all: readonly Unasked[],
  now: number,
): boolean {
  const { vmcNo, platform, online } = row;
  if (!hasNothingToFill(name) || isAskedForProof(name, row)) return false;
  if (riskOn(name, platform) === 'none') return true;
  return online && inForce(all, now).some(isOf(vmcNo, name));
}
