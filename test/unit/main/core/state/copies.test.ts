import { describe, expect, it } from 'vitest';
import { nothingKnown, type MachineState } from '#shared/model/machine';
import { copyOf, copyOfOrder, recordOf } from '../../../../../src/main/core/state/copies';
import { newOrder } from '../../../../../src/main/core/state/orders';

describe('a copy made member by member', () => {
  it('of a machine has all its members', () => {
    const machine: MachineState = {
      vmcNo: 33232,
      link: { status: 'offline', since: 1, reason: 'silence', address: null },
      ...nothingKnown,
    };
    expect(copyOf(machine)).toStrictEqual(machine);
  });

  it('of an order has all its members, and its machine', () => {
    const order = newOrder('1', { id: 7, at: 5 });
    const relayed = { ...order, untold: true, paidByServer: false };
    for (const one of [order, relayed]) {
      expect(copyOfOrder(one)).toStrictEqual(one);
      expect(recordOf(one, 33232, true)).toStrictEqual({ ...one, vmcNo: 33232, isVirtual: true });
    }
  });
});
