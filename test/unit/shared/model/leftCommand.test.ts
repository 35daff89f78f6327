import { expect, it } from 'vitest';
import { isInTrouble, problemCount, problemsOf, stateOf } from '#shared/model/problems';
import { sellingNow } from '#shared/model/glance';
import { withoutCommands } from '../../../../src/renderer/src/store/machines';
import { command } from '../../../builders/rows';
import { row } from '../../../builders/rows';

const day = 86_400_000;
const leftCommand = command(7, { name: 'rinse', state: 'failed', endedAt: 1_000 });
const one = row(33232, { platform: 'android', leftCommand });

it('a failed or unconfirmed command is a warning of its machine for a day, and says nothing about sales', () => {
  expect(problemsOf(one, 2_000)).toEqual([{ kind: 'command', severity: 'warning', selling: 'yes' }]);
  expect([stateOf(one, 2_000), isInTrouble(one, 2_000), problemCount(one, 2_000)]).toEqual([
    'warning',
    true,
    1,
  ]);
  expect(sellingNow(one, 2_000)).toBe(sellingNow(row(33232, { platform: 'android' }), 2_000));
  const lasting = { ...one, link: { ...one.link } };
  expect(problemsOf(lasting, 1_000 + day).map(({ kind }) => kind)).not.toContain('command');
});

it('without a connection only the way back counts', () => {
  const away = { ...one, online: false, gone: 'reset' as const };
  expect(problemsOf(away, 2_000)).toEqual([]);
  expect(stateOf(away, 2_000)).toBe('offline');
});

it('a dismissed command is no problem any more, and other rows keep their identity', () => {
  const other = row(33239);
  const rows = new Map([one, other].map((each) => [each.vmcNo, each]));
  expect(withoutCommands(rows, new Set())).toBe(rows);
  expect(withoutCommands(rows, new Set([6]))).toBe(rows);
  const seen = withoutCommands(rows, new Set([7]));
  expect(seen.get(33239)).toBe(other);
  const mine = seen.get(33232);
  expect(mine === undefined ? null : stateOf(mine, 2_000)).toBe('online');
});
