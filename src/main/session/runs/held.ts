/** A run that goes on, with its machines and how far they are. */
import type { Run, RunLine } from '#shared/model/run';
import { isOpen, underWay } from './line';

export interface Held {
  run: Run;
  readonly lines: Map<number, RunLine>;
  /** By machine. */
  readonly ids: ReadonlyMap<number, number>;
  /** Of machines whose next step may begin. */
  readonly ready: Set<number>;
  /** Not begun yet, in their order. */
  readonly waiting: Set<number>;
  /** Until when those that could not be given their command rest, by the clock as it was then. */
  readonly resting: Map<number, number>;
  /** Begun and not ended. */
  readonly active: Set<number>;
  /** When the last of those that were begun ended; `null`: none has. */
  endedAt: number | null;
  readonly changed: Set<number>;
  isChanged: boolean;
}

export function heldOf(run: Run, lines: readonly RunLine[]): Held {
  const open = lines.filter(isOpen);
  const active = open.filter(({ state }) => state !== 'waiting');
  const ended = lines.flatMap((line) => (isOpen(line) || line.wave === null ? [] : line.since));
  return {
    run,
    lines: new Map(lines.map((line) => [line.id, line])),
    ids: new Map(lines.map(({ vmcNo, id }) => [vmcNo, id])),
    ready: new Set(active.flatMap((line) => (underWay(line) === null ? line.id : []))),
    waiting: new Set(open.flatMap(({ id, state }) => (state === 'waiting' ? id : []))),
    resting: new Map(),
    active: new Set(active.map(({ id }) => id)),
    endedAt: ended.length === 0 ? null : Math.max(...ended),
    changed: new Set(),
    isChanged: false,
  };
}
