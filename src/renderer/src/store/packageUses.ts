/** The current uses of a package, which its removal would break. */
import type { Command } from '#shared/model/command';
import type { MachineRow } from '#shared/model/machine';
import type { Run } from '#shared/model/run';
import type { FileError, PackageOrigin, SpoiltPackage, Transfer } from '#shared/model/upgrade';

export interface PackageUses {
  /** Machines that are downloading it. */
  readonly fetching: readonly number[];
  /** Machines with an open or queued command for it, and those whose login is awaited. */
  readonly waiting: readonly number[];
  /** Active runs that offer it. */
  readonly given: readonly Run[];
}

export function usesOf(
  packageId: string,
  running: readonly Command[],
  transfers: readonly Transfer[],
  runs: readonly Run[],
): PackageUses {
  const mine = running.filter(({ input }) => input['packageId'] === packageId);
  const offers = new Set(mine.map(({ id }) => id));
  const fetching = new Set(
    transfers
      .filter(({ offer, complete }) => complete === null && offers.has(offer))
      .map(({ vmcNo }) => vmcNo),
  );
  const waiting = mine.map(({ vmcNo }) => vmcNo).filter((vmcNo) => !fetching.has(vmcNo));
  return {
    fetching: [...fetching].toSorted((a, b) => a - b),
    waiting: [...new Set(waiting)].toSorted((a, b) => a - b),
    given: runs.filter(({ steps }) =>
      steps.some((step) => step.do === 'command' && step.input['packageId'] === packageId),
    ),
  };
}

/** Whether a machine was or will be offered the package: data that machines read of it may not change then. */
export const isOffered = (packageId: string, running: readonly Command[], runs: Iterable<Run>): boolean => {
  const { fetching, waiting, given } = usesOf(packageId, running, [], [...runs]);
  return fetching.length + waiting.length + given.length > 0;
};

/** android machines that report another model than the recipes' own. A machine without a model is unknown. */
export function otherModels(
  { vmcNo, model }: PackageOrigin,
  machines: Iterable<MachineRow>,
): readonly MachineRow[] {
  if (model === '') return [];
  return [...machines]
    .filter((row) => row.platform === 'android' && row.vmcNo !== vmcNo)
    .filter((row) => row.model !== '' && row.model.toLowerCase() !== model.toLowerCase())
    .toSorted((a, b) => a.vmcNo - b.vmcNo);
}

/** `null`: no error of the package's file is known. */
export const fileError = (spoilt: readonly SpoiltPackage[], packageId: string): FileError | null =>
  spoilt.find(({ id }) => id === packageId)?.error ?? null;
