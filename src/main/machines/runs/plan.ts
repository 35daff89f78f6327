/**
 * Selects the machines of a run and the reasons against the others. The
 * dialog, the run, its record and its file all use this.
 */
import type { CommandName } from '#shared/commands/index';
import type { MachineContext } from '#shared/commands/kit/possible';
import { rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { JsonObject } from '#shared/model/json';
import type { LeftOut, LeftOutMachine, PlanChange, RunPreview } from '#shared/model/run';
import { inputFor, type RunStep } from '#shared/model/sequence';
import { alreadyThere } from '../commands/acceptance';

export interface PlanFacts {
  readonly contextOf: (vmcNo: number) => MachineContext;
  /** The reason why a command would be refused now. */
  readonly refusal: (vmcNo: number, name: CommandName, input: JsonObject) => AppError | null;
  /** Machines that another run still has steps for. */
  readonly taken: ReadonlySet<number>;
}

/**
 * Previews the run for each machine, in the order given. The first command is
 * checked completely, the others only for the platform.
 */
export function planOf(
  facts: PlanFacts,
  machines: readonly number[],
  steps: readonly RunStep[],
): readonly RunPreview[] {
  return [...new Set(machines)].map((vmcNo) => planFor(facts, vmcNo, steps));
}

function planFor(
  { contextOf, refusal, taken }: PlanFacts,
  vmcNo: number,
  steps: readonly RunStep[],
): RunPreview {
  const known = contextOf(vmcNo);
  const { machine, platform } = known;
  if (machine === null)
    return {
      vmcNo,
      online: false,
      unprovable: [],
      refused: { step: 0, error: { code: 'unknownMachine', params: { vmcNo } } },
    };
  const first = steps.findIndex((step) => step.do === 'command');
  let refused: LeftOut | null = taken.has(vmcNo)
    ? { step: 0, error: { code: 'machineInRun', params: { vmcNo } } }
    : null;
  let awaitsLogin = false;
  const unprovable: number[] = [];
  for (const [place, step] of steps.entries()) {
    if (step.do !== 'command') continue;
    const { name } = step;
    const input = inputFor(step, vmcNo);
    if (input === null) {
      refused ??= { step: place, error: { code: 'noInputForMachine', params: { vmcNo } } };
      continue;
    }
    const row = rowOf(name);
    const isLacking = platform !== null && !row.has[platform];
    if (isLacking && step.optional) continue;
    if (!isLacking && platform !== null && row.stages[platform].length === 0) unprovable.push(place);
    if (place === first) awaitsLogin = row.awaitsLogin(known, input);
    if (refused !== null || (place !== first && !isLacking)) continue;
    // A package for one platform is not sent while the platform is unknown.
    const isBlind = platform === null && row.needs === 'package';
    const error: AppError | null =
      alreadyThere(vmcNo, name, input, known) ??
      (isBlind ? { code: 'machineNoPlatform', params: { vmcNo } } : null) ??
      refusal(vmcNo, name, input);
    if (error !== null) refused = { step: place, error };
  }
  return { vmcNo, online: machine.link.status === 'online' && !awaitsLogin, refused, unprovable };
}

/** Selected machines, as a dialog showed them. */
export interface Shown {
  readonly machines: readonly number[];
  readonly leftOut: readonly LeftOutMachine[];
}

/** The selection that a dialog shows for a plan. */
export const shownOf = (plan: readonly RunPreview[]): Shown => ({
  machines: plan.filter(({ refused }) => refused === null).map(({ vmcNo }) => vmcNo),
  leftOut: plan.flatMap(({ vmcNo, refused }) => (refused === null ? [] : [{ vmcNo, ...refused }])),
});

/** All machines in the selection. */
export const chosenOf = ({ machines, leftOut }: Shown): readonly number[] => [
  ...new Set([...machines, ...leftOut.map(({ vmcNo }) => vmcNo)]),
];

const isSame = (a: LeftOut | null, b: LeftOut | null): boolean =>
  a?.step === b?.step && a?.error.code === b?.error.code;

/**
 * Final selection at the start: those machines of the dialog that still can get the run. No other machine is
 * added, because no user has seen it. `changed`: machines that differ from the dialog.
 */
export function decided(
  shown: Shown,
  plan: readonly RunPreview[],
): Shown & { readonly changed: readonly PlanChange[] } {
  const promised = new Set(shown.machines);
  const reasons = new Map(shown.leftOut.map(({ vmcNo, ...reason }) => [vmcNo, reason]));
  const machines: number[] = [];
  const leftOut: LeftOutMachine[] = [];
  const changed: PlanChange[] = [];
  for (const { vmcNo, refused } of plan) {
    const before = promised.has(vmcNo) ? null : (reasons.get(vmcNo) ?? null);
    if (!isSame(before, refused)) changed.push({ vmcNo, refused });
    const reason = refused ?? before;
    if (reason === null) machines.push(vmcNo);
    else leftOut.push({ vmcNo, ...reason });
  }
  return { machines, leftOut, changed };
}
