/** How long a command is still judged after it was given up, to the millisecond. */
import { describe, expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import {
  isJudged,
  judgeProducts,
  queuedCommand,
  withStep,
} from '../../../../../src/main/machines/commands/judge';
import { controlled, linux, settled } from '../../../../builders/controlled';

const minute = 60_000;
const answer = { cmd: 'statusquery_r', status: 'normal' };
/** Its answer is awaited for 30 s, and accepted for another minute. */
const asks = () => controlled(linux).gives('queryStatus').sends({ cmd: 'statusquery', vmc_no: 7 });

describe('proof after the end of waiting', () => {
  it('counts up to the last millisecond', () => {
    asks()
      .after(30_000)
      .shows('expired', 'noProof')
      .after(minute)
      .receives(answer)
      .shows('confirmed', ['late', { waited: minute }], 'statusReported');
  });

  it('does not count a millisecond later', () => {
    asks()
      .after(30_000)
      .shows('expired', 'noProof')
      .after(minute + 1)
      .receives(answer)
      .shows('expired');
  });
});

describe('proof after the user stopped waiting', () => {
  /** The row accepts no late proof, so only proof within the planned time counts. */
  const opens = () =>
    settled(linux, 'doorclose').opensDoor().after(499).takesBack().shows('expired', 'stoppedWaiting');
  const opened = { cmd: 'machinestatus', status: 'dooropen' };

  it('counts during the planned waiting time', () => {
    opens()
      .after(minute - 1_001)
      .receives(opened)
      .shows('confirmed', ['late', { waited: minute - 1_001 }], 'doorOpened');
  });

  it('does not count a millisecond later', () => {
    opens()
      .after(minute - 1_000)
      .receives(opened)
      .shows('expired');
  });
});

/** Sent at 1,000 ms and given up in this way at `at`. */
const givenUp = (command: Pick<Command, 'name' | 'input' | 'platform' | 'stage'>, at: number): Command => {
  const queued = queuedCommand({ id: 1, vmcNo: 7, sessionId: 's1', ...command }, 0);
  const stopped = withStep(queued, { what: 'stoppedWaiting', at, entry: null });
  return { ...stopped, ...command, state: 'expired', sentAt: 1_000, endedAt: at };
};

describe('a command is judged', () => {
  it('for the time in its row after it was given up', () => {
    const reboot = { name: 'reboot', input: {}, platform: 'linux', stage: 0 } as const;
    const day = 24 * 60 * minute;
    expect([2_000 + day, 2_001 + day].map((at) => isJudged(givenUp(reboot, 2_000), at))).toEqual([
      true,
      false,
    ]);
  });

  it('for the duration of all stages that it had reached', () => {
    const sync = { name: 'sync', input: {}, platform: 'android' } as const;
    const last = (stage: number) =>
      [59_999, 60_000, 119_999, 120_000].filter((ms) => {
        const command = { ...givenUp({ ...sync, stage }, 1_000), steps: [] };
        // Given up so early that only its stages count.
        return isJudged(withStep(command, { what: 'stoppedWaiting', at: -1e9, entry: null }), 1_000 + ms);
      });
    expect(last(0)).toEqual([59_999]);
    expect(last(1)).toEqual([59_999, 60_000, 119_999]);
  });

  it('not at all if it failed, was cancelled or was proved', () => {
    const reboot = givenUp({ name: 'reboot', input: {}, platform: 'linux', stage: 0 }, 2_000);
    for (const state of ['failed', 'cancelled', 'confirmed', 'unconfirmable', 'queued'] as const)
      expect(isJudged({ ...reboot, state }, 2_000)).toBe(false);
    expect(isJudged({ ...reboot, state: 'sent' }, 1e12)).toBe(true);
  });
});

it('a product list requested in the millisecond of the command proves nothing', () => {
  const lock = { name: 'lockProducts', input: { productIds: [101] }, platform: 'android', stage: 0 } as const;
  const command: Command = { ...givenUp(lock, 2_000), state: 'sent', awaited: [101] };
  const products = new Map([[101, { price: null, percent: null, isOnMenu: false }]]);
  const judged = (askedAt: number) => judgeProducts(command, { askedAt, at: 5_000, products });
  expect(judged(1_000)).toBe(command);
  expect(judged(1_001).state).toBe('confirmed');
});
