import { expect, it } from 'vitest';
import { forgottenTogether, VirtualMachines } from '../../../../src/main/server/virtualMachines';
import { Fleet } from '../../../../src/main/session/fleet';
import { connection, World } from '../../../builders/connection';

/** So many virtual machines, all offline. */
function stopped(count: number) {
  const world = new World();
  const fleet: Fleet = world.fleet;
  const forgotten: number[] = [];
  const virtual: VirtualMachines = new VirtualMachines({
    machine: (vmcNo) => fleet.machine(vmcNo),
    forget: (vmcNo) => {
      forgotten.push(vmcNo);
      fleet.forget(vmcNo);
      virtual.forgotten(vmcNo);
    },
  });
  for (let vmcNo = 1; vmcNo <= count; vmcNo += 1) {
    const link = connection({}, world).receives({ cmd: 'hb', vmc_no: vmcNo });
    const machine = fleet.machine(vmcNo);
    if (machine !== null) virtual.isOne(machine, new Set([link.core.peer.remotePort]));
    link.hangsUp();
  }
  return { virtual, forgotten };
}

it('many are forgotten little by little', async () => {
  const { virtual, forgotten } = stopped(2 * forgottenTogether + 10);
  const done = virtual.forgetOffline();
  expect(forgotten).toHaveLength(forgottenTogether);
  await expect.poll(() => forgotten.length, { interval: 5 }).toBe(2 * forgottenTogether);
  await done;
  expect(forgotten).toHaveLength(2 * forgottenTogether + 10);
});

it('at the end the rest is forgotten at once, and nothing where nobody asked', async () => {
  const { virtual, forgotten } = stopped(forgottenTogether + 10);
  virtual.finish();
  expect(forgotten).toEqual([]);
  const done = virtual.forgetOffline();
  virtual.finish();
  expect(forgotten).toHaveLength(forgottenTogether + 10);
  await done;
  expect(forgotten).toHaveLength(forgottenTogether + 10);
});
