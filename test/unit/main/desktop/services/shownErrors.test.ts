import { expect, it } from 'vitest';
import { live } from '#shared/contract/live';
import { shownErrors } from '../../../../../src/main/desktop/services/shownErrors';

const failed = {
  status: 'failed',
  host: '127.0.0.1',
  port: 80,
  detail: '',
  reason: 'denied',
  holder: null,
  nextFree: null,
  others: [],
} as const;

it('an error is logged once when it begins, and again when it returns', () => {
  const codes: string[] = [];
  const tell = shownErrors((code) => codes.push(code));
  const { initial } = live.listeners;
  tell('listeners', { ...initial, machines: failed });
  tell('listeners', { ...initial, machines: failed });
  expect(codes).toEqual(['listener.machines.denied']);
  tell('listeners', initial);
  tell('listeners', { ...initial, machines: failed, updates: { ...failed, reason: 'inUse' } });
  expect(codes.slice(1)).toEqual(['listener.machines.denied', 'listener.updates.inUse']);
});

it('each part with a banner has an error code', () => {
  const codes: string[] = [];
  const tell = shownErrors((code) => codes.push(code));
  tell('journal', { status: 'refused', version: '9' });
  tell('journal', { status: 'failing', detail: 'ENOSPC', waiting: 1, lost: 0 });
  tell('journal', { status: 'open', aside: { file: 'x', why: 'damaged' } });
  tell('damagedRows', { orders: 1 });
  tell('audit', { written: 1, problem: 'ENOSPC', waiting: 2 });
  const crowd = { places: 1, address: '::1', held: 0, turnedAway: 1, at: 0 };
  tell('crowd', crowd);
  tell('packageCrowd', crowd);
  tell('settings', live.settings.initial);
  expect(codes).toEqual([
    'journal.refused',
    'journal.failing',
    'journal.aside.damaged',
    'journal.damaged.orders',
    'audit.unwritten',
    'crowd.machines',
    'crowd.updates',
  ]);
});

it('failed imports and exports are logged once each', () => {
  const codes: string[] = [];
  const tell = shownErrors((code) => codes.push(code));
  const job = {
    id: 3,
    what: 'export',
    fileName: 'a.csv',
    state: 'failed',
    done: 0,
    total: null,
    frames: 0,
    startedAt: 0,
    endedAt: 1,
    problem: { code: 'noSpace', detail: 'ENOSPC' },
    capture: null,
  } as const;
  tell('jobs', [job]);
  tell('jobs', [{ ...job, id: 4, problem: null }, job]);
  tell('jobs', [{ ...job, id: 4 }, job]);
  const state = { doing: null, parts: [], frames: null, saved: null, problem: job.problem };
  tell('support', state);
  tell('support', null);
  expect(codes).toEqual(['job.export.noSpace (job 3)', 'job.export.noSpace (job 4)', 'support.noSpace']);
});
