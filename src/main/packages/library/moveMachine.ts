/** Updates the address of a machine for the files that it has not sent yet. */
import type { ExpectedFile, MovedMachine } from '#shared/model/fetched';

export function moveMachine(expected: Map<number, ExpectedFile>, { vmcNo, address }: MovedMachine): void {
  for (const [id, file] of expected) if (file.vmcNo === vmcNo) expected.set(id, { ...file, address });
}
