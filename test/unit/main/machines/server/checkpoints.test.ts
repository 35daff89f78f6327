import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MachineState } from '#shared/model/machine';
import {
  checkpointInterval,
  Checkpoints,
  slice,
  slicePause,
} from '../../../../../src/main/machines/server/checkpoints';
import { machineState } from '../../../../builders/rows';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Kept = readonly [vmcNo: number, entry: number, beats: number | null];

/** Machines whose `lastHeard` is the entry that changed them. */
class World {
  entry = 0;
  readonly states = new Map<number, MachineState>();
  readonly kept: Kept[] = [];
  readonly checkpoints = new Checkpoints({
    machine: (vmcNo) => this.states.get(vmcNo) ?? null,
    lastEntry: () => this.entry,
    keep: (vmcNo, entry, state) =>
      this.kept.push([vmcNo, entry, state === null ? null : (JSON.parse(state) as MachineState).lastHeard]),
  });

  change(...numbers: readonly number[]): void {
    for (const vmcNo of numbers) {
      this.entry += 1;
      this.states.set(vmcNo, { ...machineState(vmcNo), lastHeard: this.entry });
      this.checkpoints.changed(vmcNo);
    }
  }
}

const machines = Array.from({ length: slice * 3 }, (_, index) => index + 1);

it('many machines belong to one entry, are serialized in slices and stored together', () => {
  const world = new World();
  world.change(...machines);
  vi.advanceTimersByTime(checkpointInterval);
  expect(world.kept).toEqual([]);
  // Changes in the meantime belong to the next checkpoint.
  world.change(1);
  vi.advanceTimersByTime(2 * slicePause);
  expect(world.kept).toEqual(machines.map((vmcNo) => [vmcNo, machines.length, vmcNo]));
  world.kept.length = 0;
  vi.advanceTimersByTime(checkpointInterval);
  expect(world.kept).toEqual([[1, machines.length + 1, machines.length + 1]]);
  world.checkpoints.stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('a machine removed during a checkpoint stays removed', () => {
  const world = new World();
  world.change(...machines);
  vi.advanceTimersByTime(checkpointInterval);
  world.states.delete(2);
  vi.advanceTimersByTime(2 * slicePause);
  expect(world.kept.filter(([vmcNo]) => vmcNo === 2)).toEqual([[2, machines.length, null]]);
  world.checkpoints.stop();
});

it('an immediate write is not followed by an older state', () => {
  const world = new World();
  world.change(...machines);
  vi.advanceTimersByTime(checkpointInterval);
  world.change(1, machines.length);
  world.checkpoints.now(machines);
  expect(world.kept).toHaveLength(machines.length);
  vi.advanceTimersByTime(2 * slicePause);
  expect(world.kept).toHaveLength(machines.length);
  world.checkpoints.stop();
});

it('the end writes all changes, including an unfinished checkpoint', () => {
  const world = new World();
  world.change(...machines);
  vi.advanceTimersByTime(checkpointInterval);
  world.change(3);
  world.checkpoints.stop();
  expect(world.kept.toSorted(([a], [b]) => a - b)).toEqual(
    machines.map((vmcNo) => [vmcNo, world.entry, world.states.get(vmcNo)?.lastHeard]),
  );
  vi.advanceTimersByTime(checkpointInterval);
  expect(world.kept).toHaveLength(machines.length);
});
