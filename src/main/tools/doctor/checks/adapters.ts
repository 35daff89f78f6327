import { finding, type DoctorResult } from '#shared/doctor';
import { isSelfGiven } from '#shared/model/chosenAdapters';
import type { Adapter } from '#shared/model/listener';
import { adapters } from '../../../lib/net/adapters';
import type { Computer } from '../computer';

export function adapterAddresses(
  _computer: Computer,
  found: readonly Adapter[] = adapters(),
): Promise<readonly DoctorResult[]> {
  const outside = found.filter(({ loopback }) => !loopback);
  if (outside.length === 0) return Promise.resolve([finding('adapters', 'onlyHere', {})]);
  return Promise.resolve(
    outside.map(({ name, address }) =>
      finding('adapters', isSelfGiven(address) ? 'selfGiven' : 'address', { name, address }),
    ),
  );
}
