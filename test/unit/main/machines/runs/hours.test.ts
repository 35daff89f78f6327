import { expect, test } from 'vitest';
import { opensAt } from '../../../../../src/main/machines/runs/hours';

const hour = 3_600_000;
const putOn = Date.UTC(2026, 2, 29, 1);
const putBack = Date.UTC(2026, 9, 25, 1);
/** As in London: put forward from 01:00 to 02:00, and back from 02:00 to 01:00. */
const london = (at: number): number => (at >= putOn && at < putBack ? hour : 0);
const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const opens = (hours: string, now: string): string | null => {
  const [from = '', to = ''] = hours.split(' ');
  const at = opensAt({ from: minutes(from), to: minutes(to) }, Date.parse(`${now}Z`), london);
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
};

test.each([
  ['01:00 05:00', '2026-01-10T12:00', '2026-01-11T01:00'],
  ['01:00 05:00', '2026-01-10T01:00', null],
  ['01:00 05:00', '2026-01-10T05:00', '2026-01-11T01:00'],
  ['22:00 06:00', '2026-06-01T12:00', '2026-06-01T21:00'],
  ['22:00 06:00', '2026-06-01T02:00', null],
  // Across a night with a clock change.
  ['03:00 05:00', '2026-03-28T12:00', '2026-03-29T02:00'],
  ['03:00 05:00', '2026-10-24T12:00', '2026-10-25T03:00'],
  // The change skips their beginning: they begin at the new time, not in the past.
  ['01:30 04:00', '2026-03-28T12:00', '2026-03-29T01:00'],
  ['01:30 04:00', '2026-03-29T00:45', '2026-03-29T01:00'],
  // The change skips all of them: they do not occur on that day.
  ['01:00 02:00', '2026-03-29T00:30', '2026-03-30T00:00'],
])('%s, at %s: %s', (hours, now, at) => {
  expect(opens(hours, now)).toBe(at);
});
