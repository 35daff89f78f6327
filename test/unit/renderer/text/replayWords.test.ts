import { describe, expect, it } from 'vitest';
import { noReplayCounts, type ReplayProgress } from '#shared/model/replay';
import { replayDifference, replayNext, replayOutcome, replayProblem, replayTarget } from '#text/replayWords';
import { wordsOf } from '../../../builders/wordsOf';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');
const server = { host: '::1', port: 4567 };
const progress: ReplayProgress = {
  status: 'failed',
  sent: 3,
  next: null,
  counts: noReplayCounts,
  rows: 0,
  problem: null,
};

it('names the sender and the receiver', () => {
  expect(replayTarget(en, { to: { role: 'machine', server, vmcNo: null } })).toBe(
    'As the machine to [::1]:4567',
  );
  expect(replayTarget(zh, { to: { role: 'machine', server, vmcNo: 7 } })).toBe('作为机器 7 发给 [::1]:4567');
  expect(replayTarget(en, { to: { role: 'server', vmcNo: 7 } })).toBe('As the server to machine 7');
});

describe('the reason of the end has the frame after which it ended', () => {
  it.each([
    [{ code: 'unreachable', detail: '10.0.0.1:1: ECONNREFUSED' }, /10\.0\.0\.1:1: ECONNREFUSED/],
    [{ code: 'closed', detail: '' }, /frame 3; the next/],
    [{ code: 'closed', detail: 'ECONNRESET' }, /frame 3 \(ECONNRESET\)/],
    [
      { code: 'refused', error: { code: 'machineOffline', params: { vmcNo: 7 } } },
      /frame 3 Crema did not send the next one: .*7/,
    ],
    [{ code: 'internal', detail: 'odd' }, /in Crema: odd/],
  ] as const)('%j', (problem, says) => {
    expect(replayProblem(en, { ...progress, problem })).toMatch(says);
    expect(replayProblem(zh, { ...progress, problem })).not.toMatch(/replay\./);
  });
  it('empty without an early end', () => {
    expect(replayProblem(en, progress)).toBeNull();
  });
});

it('the next frame has the awaited event', () => {
  const next = { cmd: 'hb', entry: 1, dueAt: 9_000, waitsFor: 'time' as const };
  expect(replayNext(en, next, 4_000)).toBe('hb is next, in 5 s');
  expect(replayNext(en, { ...next, waitsFor: 'answers' }, 4_000)).toBe('hb is next; waiting for answers');
  expect(replayNext(zh, { ...next, cmd: null, waitsFor: 'person' }, 0)).toBe('下一帧 无命令');
});

it('a row has its outcome, and a difference has both sides', () => {
  expect(replayOutcome(en, { kind: 'answer', outcome: 'extra' })).toBe('not in the recording');
  expect(replayOutcome(en, { kind: 'sent', outcome: 'same' })).toBe('sent');
  expect(replayOutcome(zh, { kind: 'sent', outcome: 'explained' })).toBe('已改写发送');
  const difference = { what: 'member', name: 'ret', recorded: '0', now: null, by: null } as const;
  expect(replayDifference(en, difference)).toBe('ret: 0 → absent');
  expect(replayDifference(zh, { ...difference, what: 'head', now: 'le48' })).toBe('帧头格式：原 0 → 现 le48');
});
