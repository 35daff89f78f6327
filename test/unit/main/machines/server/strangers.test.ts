import { expect, it } from 'vitest';
import { forgottenTogether } from '../../../../../src/main/machines/server/forgetting';
import { Strangers } from '../../../../../src/main/machines/server/strangers';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { connection, World } from '../../../../builders/connection';
import { login } from '../../../../builders/loggedIn';

/** Machines that came and went. Those in `logins` logged in, those in `staying` are still online. */
function visited({
  count,
  logins = [],
  staying = [],
  known = [],
}: {
  readonly count: number;
  readonly logins?: readonly number[];
  readonly staying?: readonly number[];
  readonly known?: readonly number[];
}) {
  const fleet = new Fleet();
  const world = new World();
  world.entryLog.onEntry((entry) => fleet.apply(entry));
  const come = (vmcNo: number): void => {
    const cmd = logins.includes(vmcNo) ? login : { cmd: 'hb' };
    const machine = connection({}, world).receives({ ...cmd, vmc_no: vmcNo });
    if (!staying.includes(vmcNo)) machine.hangsUp();
  };
  for (let vmcNo = 1; vmcNo <= count; vmcNo += 1) come(vmcNo);
  const strangers = new Strangers({
    machines: () => fleet.machines,
    isKnown: (vmcNo) => known.includes(vmcNo),
    forget: (vmcNo) => fleet.forget(vmcNo),
  });
  const left = (): readonly number[] => [...fleet.machines.keys()];
  return { strangers, left };
}

it('removes machines without a login that the user does not know; others stay', async () => {
  const { strangers, left } = visited({ count: 9, logins: [2], staying: [4], known: [6] });
  expect(await strangers.forget(100)).toBe(6);
  expect(left()).toEqual([2, 4, 6]);
});

it('removes no more than the user confirmed, oldest first', async () => {
  const { strangers, left } = visited({ count: 5 });
  expect(await strangers.forget(3)).toBe(3);
  expect(left()).toEqual([4, 5]);
});

it('removes thousands in small groups, and at once at the end', async () => {
  const { strangers, left } = visited({ count: 3 * forgottenTogether });
  const done = strangers.forget(10_000);
  expect(left()).toHaveLength(2 * forgottenTogether);
  strangers.finish();
  expect(left()).toEqual([]);
  expect(await done).toBe(3 * forgottenTogether);
});
