/** The machines that a fleet keeps, and their number. */
import { expect, it } from 'vitest';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { connection, World } from '../../../../builders/connection';

it('beyond ten thousand machines the first to leave is forgotten, and that is reported', () => {
  const forgotten: number[] = [];
  const fleet = new Fleet({ onForgotten: ({ vmcNo }) => forgotten.push(vmcNo) });
  const peer = { remoteAddress: '192.0.2.7', remotePort: 1, localAddress: '192.0.2.1', localPort: 2 };
  for (let nr = 1; nr <= 10_002; nr += 1) {
    const base = { at: nr, conn: nr, vmcNo: nr };
    fleet.apply({ ...base, id: 2 * nr, kind: 'opened', vmcNo: null, peer });
    fleet.apply({ ...base, id: 2 * nr + 1, kind: 'finding', finding: { code: 'login.missing' } });
    // The second is still connected, so it is not forgotten.
    if (nr !== 2) fleet.apply({ ...base, id: 2 * nr + 2, kind: 'closed', reason: 'machineClosed' });
  }
  expect(forgotten).toEqual([1, 3]);
  expect(fleet.machines.size).toBe(10_000);
});

/** Machines that connect and leave, and the three that are kept. */
function visited(known: readonly number[], visits: readonly (number | readonly [number, string])[]) {
  const forgotten: number[] = [];
  const fleet = new Fleet({
    kept: 3,
    isKnown: (vmcNo) => known.includes(vmcNo),
    onForgotten: ({ vmcNo }) => forgotten.push(vmcNo),
  });
  const world = new World();
  world.entryLog.onEntry((entry) => fleet.apply(entry));
  for (const visit of visits) {
    const [vmcNo, code] = typeof visit === 'number' ? [visit, null] : visit;
    const machine = connection({}, world).receives({ cmd: 'hb', vmc_no: vmcNo });
    if (code !== null) machine.receives({ cmd: 'error', vmc_no: vmcNo, error_code: code, isSet: true });
    machine.hangsUp();
    world.now += 1_000;
  }
  return { forgotten, kept: [...fleet.machines.keys()] };
}

it('a named machine is never forgotten for others, nor a machine with active errors for one without', () => {
  const { forgotten, kept } = visited([1], [1, [2, 'EC_2'], 3, 4, 5, 6]);
  expect(forgotten).toEqual([3, 4, 5]);
  expect(kept).toEqual([1, 2, 6]);
});

it('a machine that returned left later than the others', () => {
  expect(visited([], [1, 2, 3, 1, 4]).forgotten).toEqual([2]);
});

it('made-up errors don’t evict earlier machines, and are bounded too', () => {
  const made = Array.from({ length: 10 }, (_, n) => [10 + n, 'EC_2'] as const);
  const { kept } = visited([1], [1, [2, 'EC_2'], [3, 'EC_2'], ...made]);
  expect(kept).toEqual([1, 2, 3]);
});

it('if a person named all, all are kept', () => {
  expect(visited([1, 2, 3, 4, 5], [1, 2, 3, 4, 5, 6]).kept).toEqual([1, 2, 3, 4, 5]);
});

it('nor a machine that was there before them and leaves after them', () => {
  const forgotten: number[] = [];
  const fleet = new Fleet({ kept: 3, onForgotten: ({ vmcNo }) => forgotten.push(vmcNo) });
  const world = new World();
  world.entryLog.onEntry((entry) => fleet.apply(entry));
  const faulty = (vmc_no: number) =>
    connection({}, world)
      .receives({ cmd: 'hb', vmc_no })
      .receives({ cmd: 'error', vmc_no, error_code: 'EC_2', isSet: true });
  const first = faulty(1);
  for (const madeUp of [10, 11, 12, 13]) {
    faulty(madeUp).hangsUp();
    world.now += 1_000;
  }
  first.hangsUp();
  expect([...fleet.machines.keys()]).toEqual([1, 10, 11]);
  expect(forgotten).toEqual([13, 12]);
});

it('a machine whose connection logs in under another number is reported: no entry of its own shows it offline', () => {
  const fleet = new Fleet();
  const peer = { remoteAddress: '192.0.2.7', remotePort: 1, localAddress: '192.0.2.1', localPort: 2 };
  fleet.apply({ id: 1, at: 1, conn: 1, vmcNo: null, kind: 'opened', peer });
  const replaced = [7, 7, 8].map(
    (vmcNo) =>
      fleet.apply({ id: 2, at: 2, conn: 1, vmcNo, kind: 'finding', finding: { code: 'login.missing' } })
        ?.replaced,
  );
  expect(replaced).toEqual([null, null, 7]);
  expect(fleet.machine(7)?.link).toMatchObject({ status: 'offline', reason: 'replaced' });
});
