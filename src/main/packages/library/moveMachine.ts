/** A machine that is to send files has another address now: those that it has not sent are expected from there. */
import type { ExpectedFile, MovedMachine } from '#shared/model/fetched';

export function moveMachine(expected: Map<number, ExpectedFile>, { vmcNo, address }: MovedMachine): void {
  for (const [id, file] of expected) if (file.vmcNo === vmcNo) expected.set(id, { ...file, address });
}
