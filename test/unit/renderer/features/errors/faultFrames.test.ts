/** The frames that an export of a fault contains. */
import { expect, it } from 'vitest';
import { frameTest } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import { framesOfSpan, spanOfFault } from '../../../../../src/renderer/src/features/errors/faultFrames';
import { fault } from '../../../../builders/rows';

const minute = 60_000;
const entry: FilterFacts = {
  id: 1,
  at: 0,
  conn: 1,
  vmcNo: null,
  vmcName: null,
  kind: 'frame',
  dir: 'in',
  head: 'decimal',
  sequence: null,
  cmd: 'error',
  size: 100,
  text: '',
  findings: [],
  body: () => null,
  gap: null,
  latency: null,
  answered: null,
  peer: null,
  mark: null,
  note: null,
};
const at = Date.UTC(2026, 10, 25, 23, 59, 30, 123);

function exported(one: ReturnType<typeof fault>, now: number): (vmcNo: number, time: number) => boolean {
  const test = frameTest(framesOfSpan(one.vmcNo, spanOfFault(one, now)), now);
  if (!test.ok) throw new Error(`the filter is invalid: ${test.error.code}`);
  return (vmcNo, time) => test.matches({ ...entry, vmcNo, at: time });
}

it('an ended error: its machine, from two minutes before the start to one minute after the end', () => {
  const is = exported(fault(1, { vmcNo: 33_232, setAt: at, clearedAt: at + 5 * minute }), at + 60 * minute);
  expect([is(33_232, at - 2 * minute), is(33_232, at - 2 * minute - 1)]).toEqual([true, false]);
  expect([is(33_232, at + 6 * minute), is(33_232, at + 6 * minute + 1)]).toEqual([true, false]);
  expect(is(44_401, at)).toBe(false);
});

it('an active error: up to now', () => {
  const now = at + 3 * 1_440 * minute;
  const is = exported(fault(1, { vmcNo: 33_232, setAt: at, clearedAt: null }), now);
  expect([is(33_232, at - 2 * minute), is(33_232, now), is(33_232, now + 1)]).toEqual([true, true, false]);
});
