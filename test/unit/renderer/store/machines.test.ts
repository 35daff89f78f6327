import { describe, expect, it } from 'vitest';
import {
  countsOf,
  emptyOrder,
  isAmong,
  matches,
  onlys,
  orderMachines,
} from '../../../../src/renderer/src/store/machines';
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
    expect(orderMachines(mixed, 0, emptyOrder).order).toEqual([0, 1, 8, 2, 4, 3, 5, 7, 6]);
  });

  it('counts each state', () => {
    expect(countsOf(orderMachines(mixed, 0, emptyOrder))).toEqual({
      all: 9,
      trouble: 6,
      absent: 0,
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
    expect(countsOf(next).online).toBe(1);
  });
});

describe('a machine without a connection', () => {
  const rows = rowsOf(
    row(1, { online: false, worst: fatal }),
    row(2, { lastHeard: -80_000, doorOpen: true }),
    row(3, { online: false }),
    row(4, { worst: fatal }),
  );
  const list = orderMachines(rows, 0, emptyOrder);

  it('is counted once, by the worse of its connection and its last known problem', () => {
    expect(countsOf(list)).toMatchObject({
      fault: 2,
      doorOpen: 0,
      silence: 1,
      offline: 1,
      trouble: 4,
      all: 4,
    });
    expect(list.order).toEqual([1, 4, 3, 2]);
    expect([...list.lastProblems]).toEqual([
      [1, 'fault'],
      [2, 'doorOpen'],
    ]);
  });

  it('is listed by every chip that counts it', () => {
    const { absent, ...counted } = countsOf(list);
    const listed = onlys.flatMap((only) =>
      only === 'absent' ? [] : [[only, list.order.filter((vmcNo) => isAmong(list, only, vmcNo)).length]],
    );
    expect(Object.fromEntries(listed)).toEqual(counted);
    expect(absent).toBe(0);
  });

  it('leaves the list alone while its last problem stays, and changes it when that is gone', () => {
    expect(orderMachines(new Map(rows), 0, list)).toBe(list);
    const cleared = new Map(rows).set(1, row(1, { online: false }));
    const next = orderMachines(cleared, 0, list);
    expect(next.order).toEqual([4, 1, 3, 2]);
    expect(countsOf(next)).toMatchObject({ fault: 1, offline: 2, trouble: 4 });
  });
});

it('an offline machine that nobody waits for is counted as offline, is no problem, and comes last', () => {
  const away = { online: false } as const;
  const list = orderMachines(
    rowsOf(row(1, { ...away, virtual: true }), row(2, { ...away, stranger: true }), row(3), row(4, away)),
    0,
    emptyOrder,
  );
  expect(list.order).toEqual([4, 3, 1, 2]);
  expect(countsOf(list)).toMatchObject({ offline: 3, trouble: 1 });
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
