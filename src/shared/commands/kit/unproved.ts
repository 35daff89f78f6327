/**
 * Earlier commands of the same kind that were given up without a proof: what comes first may be theirs, and no frame says whose it
 * is. When they were sent is kept with the newer one.
 */
import type { JsonObject } from '../../model/json';
import { givenUpAt, type GivenCommand } from './given';

const most = 20;

/** When those were sent, oldest first. */
const timesOf = ({ unproved }: JsonObject): readonly number[] =>
  Array.isArray(unproved) ? unproved.filter((at) => typeof at === 'number') : [];

/** What is kept of them, and of those that they came after and of which nothing was seen either. `seen`: as below. */
export function noted(earlier: readonly GivenCommand[], seen: string): JsonObject {
  const sent = earlier.filter((command) => givenUpAt(command) !== null);
  const times = [
    ...sent.flatMap((command) => unproved(command, seen)),
    ...sent.flatMap(({ sentAt }) => sentAt ?? []),
  ];
  return times.length === 0 ? {} : { unproved: times.toSorted((a, b) => a - b).slice(-most) };
}

/** Those of which nothing was seen since. `seen`: the step that the newer one takes for each that was. */
export const unproved = ({ input, steps }: GivenCommand, seen: string): readonly number[] =>
  timesOf(input).slice(steps.filter(({ what }) => what === seen).length);
