import { describe, expect, it } from 'vitest';
import { emptyOrder, matches, orderMachines } from '../../../../src/renderer/src/store/machines';
import { row } from '../../../builders/rows';

const fatal = { code: 'ERROR:5300', severity: 'fatal', selling: 'no', since: 0, unconfirmed: false } as const;
const rowsOf = (...rows: ReturnType<typeof row>[]) => new Map(rows.map((one) => [one.vmcNo, one]));

describe('the order', () => {
  const mixed = rowsOf(
    row(8, { online: false }),
    row(7, { online: false, gone: 'killed' }),
    row(6),
    row(5, { restarting: 0, online: false }),
    row(4, { doorOpen: true }),
    row(3, { cupBlocked: true }),
    row(2, { lastHeard: -80_000 }),
    row(1, { worst: fatal }),
    row(0, { worst: fatal }),
  );

  it('is worst first, then by number', () => {
    expect(orderMachines(mixed, 0, emptyOrder).order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('counts each state', () => {
    expect(orderMachines(mixed, 0, emptyOrder).counts).toEqual({
      fault: 2,
      silence: 1,
      error: 0,
      warning: 1,
      doorOpen: 1,
      restarting: 1,
      online: 1,
      unknown: 1,
      offline: 1,
    });
  });

  it('is the same object while no state changes', () => {
    const first = orderMachines(mixed, 0, emptyOrder);
    const again = new Map(mixed).set(6, row(6, { lastHeard: 1 }));
    expect(again).not.toBe(mixed);
    expect(orderMachines(again, 1_000, first)).toBe(first);
  });

  it('changes to silence with time alone', () => {
    const rows = rowsOf(row(1));
    const first = orderMachines(rows, 75_000, emptyOrder);
    expect(first.statuses.get(1)).toBe('online');
    expect(orderMachines(rows, 75_001, first).statuses.get(1)).toBe('silence');
  });

  it('drops the state of a removed machine', () => {
    const first = orderMachines(rowsOf(row(1), row(2)), 0, emptyOrder);
    const next = orderMachines(rowsOf(row(2)), 0, first);
    expect(next.order).toEqual([2]);
    expect(next.counts.online).toBe(1);
  });
});

describe('search', () => {
  const machine = row(33232, { name: 'Lobby 三楼', address: '192.168.1.77' });
  it.each(['', '  ', '332', '232', 'lobby', 'LOBBY ', '三楼', '1.77'])('%j finds it', (query) => {
    expect(matches(machine, query)).toBe(true);
  });
  it.each(['33233', 'lobby 4', '1.78'])('%j does not', (query) => {
    expect(matches(machine, query)).toBe(false);
  });
  it('finds a machine without an address by its number only', () => {
    expect(matches(row(5, { address: null }), '192')).toBe(false);
  });
});
