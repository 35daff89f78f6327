/** Commands that a person is not asked about for a while, each at one machine. Of this window, and forgotten with it. */
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

/** From now on, for its whole time again. */
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

/** Those in force; the same object where none has ended. */
export function inForce(all: readonly Unasked[], now: number): readonly Unasked[] {
  const left = all.filter(({ until }) => until > now);
  return left.length === all.length ? all : left;
}

const hasNothingToFill = (name: CommandName): boolean =>
  rowOf(name).fields?.every(({ hidden }) => hidden) ?? false;

/** Whether it is asked about because the machine on the connection has not proved its identity. */
export const isAskedForProof = (
  name: CommandName,
  row: Pick<MachineRow, 'platform' | 'online' | 'verification'>,
): boolean => isUnverified(row) && needsVerified(name, row.platform);

/** Whether it can be left unasked: a question that is nothing but a question. */
export const mayBeUnasked = (
  name: CommandName,
  row: Pick<MachineRow, 'platform' | 'online' | 'verification'>,
): boolean => hasNothingToFill(name) && riskOn(name, row.platform) !== 'none' && !isAskedForProof(name, row);

/** Whether it is sent at a press. What waits for a machine that is away may surprise whoever stands there then: that is asked about. */
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
