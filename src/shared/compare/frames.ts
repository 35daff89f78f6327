/** Compares two frames member by member. */
import type { Path } from '../body/positions';
import type { Direction, Head, JsonObject, JsonValue, Original } from '../model/frame';
import { compare, valueAt } from './bodies';
import { isOwnClock, namedVariation, type NamedVariation } from './varying';

/** A frame with what a comparison needs. */
export interface ComparableFrame {
  readonly id: number;
  readonly original?: Original;
  /** ms since 1970. */
  readonly at: number;
  readonly vmcNo: number | null;
  readonly dir: Direction;
  readonly head: Head | null;
  readonly cmd: string | null;
  /** The whole body; junk: its bytes as Latin-1. */
  readonly text: string;
  /** `null`: the body is not a JSON object. */
  readonly json: JsonObject | null;
}

/** A difference of one member. Values as JSON; `null`: absent. */
export interface MemberDifference {
  /** The member as `Order.Items[2].Price`; `head`: form of the head; `body`: one of the bodies is not a JSON object. */
  readonly name: string;
  readonly left: string | null;
  readonly right: string | null;
  /** Why they differ by their nature; `clock`: each side reports its own current time; `null`: unexplained. */
  readonly by: NamedVariation | 'clock' | null;
}

/** `explained`: all differences are of numbers, orders or times. */
export type ComparedOutcome = 'same' | 'explained' | 'differs';

export function outcomeOf(differences: readonly MemberDifference[]): ComparedOutcome {
  if (differences.length === 0) return 'same';
  return differences.every(({ by }) => by !== null) ? 'explained' : 'differs';
}

export function differencesOf(left: ComparableFrame, right: ComparableFrame): readonly MemberDifference[] {
  const head: readonly MemberDifference[] =
    left.head === right.head ? [] : [{ name: 'head', left: left.head, right: right.head, by: null }];
  if (left.text === right.text) return head;
  if (left.json === null || right.json === null)
    return [...head, { name: 'body', left: left.text, right: right.text, by: null }];
  const { changes } = compare(right.json, left.json);
  const { json: was } = left;
  const { json: is } = right;
  const members = [...changes.keys()].map((id): MemberDifference => {
    const path = JSON.parse(id) as Path;
    const [before, after] = [valueAt(was, path), valueAt(is, path)];
    const by = namedVariation(path, right.cmd, right.dir);
    const isClock = isOwnClock({ value: before, at: left.at }, { value: after, at: right.at });
    return {
      name: memberName(path),
      left: written(before),
      right: written(after),
      // A missing member is a difference whatever it contains.
      by: before === undefined || after === undefined ? null : (by ?? (isClock ? 'clock' : null)),
    };
  });
  return [...head, ...members];
}

const written = (value: JsonValue | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

const memberName = (path: Path): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('');
