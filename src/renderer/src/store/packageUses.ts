/** What a package is needed for: without it that would break. */
import type { Command } from '#shared/model/command';
import type { MachineRow } from '#shared/model/machine';
import type { Run } from '#shared/model/run';
import type { FileFault, PackageOrigin, SpoiltPackage, Transfer } from '#shared/model/upgrade';

export interface PackageUses {
  /** Machines that download it now. */
  readonly fetching: readonly number[];
  /** Machines that are told to, or are to be told when they connect, and others whose login is waited for. */
  readonly waiting: readonly number[];
  /** Runs that go on and give it. */
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

/** A machine was told of it, or will be: nothing that machines read of it may change. */
export const isOffered = (packageId: string, running: readonly Command[], runs: Iterable<Run>): boolean => {
  const { fetching, waiting, given } = usesOf(packageId, running, [], [...runs]);
  return fetching.length + waiting.length + given.length > 0;
};

/** android machines that say another model than the one whose recipes it is; of one without a model nobody knows. */
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

/** `null`: nothing is known against its file. */
export const fileFault = (spoilt: readonly SpoiltPackage[], packageId: string): FileFault | null =>
  spoilt.find(({ id }) => id === packageId)?.fault ?? null;
