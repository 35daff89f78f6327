/**
 * Earlier commands of the same kind that were given up without proof. The next evidence may belong to them, and no frame distinguishes them.
 * Their send times are stored with the newer command.
 */
import type { JsonObject } from '../../model/json';
import { givenUpAt, type GivenCommand } from './given';

const most = 20;

/** Send times of those commands, oldest first. */
const timesOf = ({ unproved }: JsonObject): readonly number[] =>
  Array.isArray(unproved) ? unproved.filter((at) => typeof at === 'number') : [];

/** Facts about them to store, including their own unproved predecessors. `seen`: as below. */
export function noted(earlier: readonly GivenCommand[], seen: string): JsonObject {
  const sent = earlier.filter((command) => givenUpAt(command) !== null);
  const times = [
    ...sent.flatMap((command) => unproved(command, seen)),
    ...sent.flatMap(({ sentAt }) => sentAt ?? []),
  ];
  return times.length === 0 ? {} : { unproved: times.toSorted((a, b) => a - b).slice(-most) };
}

/** Those without evidence so far. `seen`: the step of the newer command for each that was proved. */
export const unproved = ({ input, steps }: GivenCommand, seen: string): readonly number[] =>
  timesOf(input).slice(steps.filter(({ what }) => what === seen).length);
