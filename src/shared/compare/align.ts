/** Aligns the frames of two recordings by command and order. */
import { diffArrays } from 'diff';
import {
  differencesOf,
  outcomeOf,
  type ComparableFrame,
  type ComparedOutcome,
  type MemberDifference,
} from './frames';

/** `missing`: only the left recording has it. `extra`: only the right one. */
type PairOutcome = ComparedOutcome | 'missing' | 'extra';

interface Alone {
  readonly differences: readonly [];
}
/** A pair, or a frame without a partner. */
export type FramePair =
  | {
      readonly outcome: ComparedOutcome;
      readonly left: ComparableFrame;
      readonly right: ComparableFrame;
      readonly differences: readonly MemberDifference[];
    }
  | ({ readonly outcome: 'missing'; readonly left: ComparableFrame; readonly right: null } & Alone)
  | ({ readonly outcome: 'extra'; readonly left: null; readonly right: ComparableFrame } & Alone);

export interface Alignment {
  /** In the order of both recordings. */
  readonly pairs: readonly FramePair[];
  readonly counts: Readonly<Record<PairOutcome, number>>;
  /** The recordings differ in too many places: the first frame of a command is compared with the first, the second with the second. */
  readonly byCount: boolean;
}

/** Aligning takes about half the square of this number of steps. */
const mostEdits = 4_000;

/** Frames of one machine are compared with frames of that machine, unless the recordings have no machine in common. */
export function align(left: readonly ComparableFrame[], right: readonly ComparableFrame[]): Alignment {
  const [ofLeft, ofRight] = [byMachine(left), byMachine(right)];
  const isByMachine = [...ofLeft.keys()].some((vmcNo) => ofRight.has(vmcNo));
  const aligned = isByMachine
    ? [...new Set([...ofLeft.keys(), ...ofRight.keys()])].map((vmcNo) =>
        alignOne(ofLeft.get(vmcNo) ?? [], ofRight.get(vmcNo) ?? []),
      )
    : [alignOne(left, right)];
  const pairs = inOrder(aligned.map((one) => one.pairs));
  const counts = { differs: 0, missing: 0, extra: 0, explained: 0, same: 0 };
  for (const { outcome } of pairs) counts[outcome] += 1;
  return { pairs, counts, byCount: aligned.some((one) => one.byCount) };
}

function byMachine(
  frames: readonly ComparableFrame[],
): ReadonlyMap<number | null, readonly ComparableFrame[]> {
  const found = new Map<number | null, ComparableFrame[]>();
  for (const frame of frames) {
    const known = found.get(frame.vmcNo);
    if (known === undefined) found.set(frame.vmcNo, [frame]);
    else known.push(frame);
  }
  return found;
}

type Aligned = Pick<Alignment, 'pairs' | 'byCount'>;

function alignOne(left: readonly ComparableFrame[], right: readonly ComparableFrame[]): Aligned {
  const changes = diffArrays(left.map(keyOf), right.map(keyOf), { maxEditLength: mostEdits });
  if (changes === undefined) return { pairs: alignByCount(left, right), byCount: true };
  const pairs: FramePair[] = [];
  let [nextLeft, nextRight] = [0, 0];
  for (const { added, removed, count } of changes)
    for (let at = 0; at < count; at += 1) {
      const [one, other] = [added ? null : left[nextLeft], removed ? null : right[nextRight]];
      if (!added) nextLeft += 1;
      if (!removed) nextRight += 1;
      pairs.push(pairOf(one ?? null, other ?? null));
    }
  return { pairs, byCount: false };
}

/** Frames with equal keys are compared. */
const keyOf = ({ dir, cmd }: Pick<ComparableFrame, 'dir' | 'cmd'>): string =>
  `${dir} ${cmd?.toLowerCase() ?? ''}`;

function alignByCount(
  left: readonly ComparableFrame[],
  right: readonly ComparableFrame[],
): readonly FramePair[] {
  const waiting = new Map<string, ComparableFrame[]>();
  for (const frame of right.toReversed()) {
    const key = keyOf(frame);
    const known = waiting.get(key);
    if (known === undefined) waiting.set(key, [frame]);
    else known.push(frame);
  }
  const pairs = left.map((frame) => pairOf(frame, waiting.get(keyOf(frame))?.pop() ?? null));
  const unpaired = [...waiting.values()].flat().toSorted((a, b) => a.id - b.id);
  return [...pairs, ...unpaired.map((frame) => pairOf(null, frame))];
}

function pairOf(left: ComparableFrame | null, right: ComparableFrame | null): FramePair {
  if (left !== null && right !== null) {
    const differences = differencesOf(left, right);
    return { outcome: outcomeOf(differences), left, right, differences };
  }
  if (left !== null) return { outcome: 'missing', left, right: null, differences: [] };
  if (right !== null) return { outcome: 'extra', left: null, right, differences: [] };
  throw new Error('a pair has at least one frame');
}

/** Pairs of several machines by their left frames; an extra frame follows the pair before it. */
function inOrder(machines: readonly (readonly FramePair[])[]): readonly FramePair[] {
  const placed = machines.flatMap((pairs) => {
    let place = 0;
    return pairs.map((pair) => {
      if (pair.left !== null) place = pair.left.id;
      return { pair, place };
    });
  });
  return placed.toSorted((a, b) => a.place - b.place).map(({ pair }) => pair);
}
