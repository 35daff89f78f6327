import { describe, expect, it } from 'vitest';
import { isIrregular, isSlow } from '#shared/diagnosis/kit/rhythm';
import { machinestatus } from '#shared/messages/machinestatus';
import { linkTroubles } from '#shared/model/linkTrouble';
import { defaultMachineConfig } from '#shared/model/machine';
import { machineRow } from '../../../../../../src/main/core/state/machineRow';
import { hb } from '#shared/messages/hb';
import { playbook } from '../../../../../builders/playbook';
import { like, loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

const door = like(machinestatus, { status: 'doorclose' });

it('heartbeats are counted, with the last interval', () => {
  const play = loggedIn().receives(like(hb)).answers({ cmd: 'hb', vmc_no });
  expect(stateOf(play).heartbeat).toMatchObject({ count: 1, last: play.world.now, interval: null });
  play.after(20_000).receives(like(hb)).answers('hb');
  expect(stateOf(play).heartbeat).toMatchObject({
    intervals: [20_000],
    entry: play.world.entries.at(-2)?.id,
    count: 2,
    last: play.world.now,
    interval: 20_000,
  });
});

it('the newest ten intervals are kept', () => {
  const play = loggedIn().receives(like(hb)).answers('hb');
  const times = Array.from({ length: 23 }, (_, at) => 10_000 + at);
  for (const [at, time] of times.entries()) {
    play.after(time).receives(like(hb)).answers('hb');
    expect(stateOf(play).heartbeat.intervals).toEqual(times.slice(Math.max(0, at - 9), at + 1));
  }
});

describe('of linux, which counts from the last frame that it handled', () => {
  const beating = () => loggedIn().receives(like(hb)).answers('hb');
  const query = { cmd: 'statusquery', vmc_no } as const;

  it('are judged from a frame of ours sent in between', () => {
    const play = beating().after(20_000).tells(query).after(30_000).receives(like(hb)).answers('hb');
    expect(stateOf(play).heartbeat).toMatchObject({ interval: 50_000, intervals: [30_000] });
  });

  it('are judged from the previous one if only its answer was sent since', () => {
    const play = beating()
      .after(1)
      .tells({ cmd: 'hb', vmc_no })
      .after(4_999)
      .receives(like(hb))
      .answers('hb');
    expect(stateOf(play).heartbeat).toMatchObject({ interval: 5_000, intervals: [5_000] });
  });

  it('are not judged if a frame of ours crosses one', () => {
    const play = beating().after(29_500).tells(query).after(600).receives(like(hb)).answers('hb');
    expect(stateOf(play).heartbeat).toMatchObject({ interval: 30_100, intervals: [] });
  });

  it('are neither slow nor missing at its own pace, nor while Crema sends', () => {
    const play = beating();
    for (let beat = 0; beat < 8; beat += 1) {
      play.after(25_000).tells(query).after(30_000).receives(like(hb)).answers('hb');
      const { intervals } = stateOf(play).heartbeat;
      expect([isSlow(intervals, 'linux'), isIrregular(intervals, 'linux')]).toEqual([false, false]);
    }
    for (let time = 0; time < 8; time += 1) play.after(25_000).tells(query).receives(door);
    const row = machineRow(stateOf(play), defaultMachineConfig, false);
    expect(linkTroubles(row, play.world.now)).toEqual([]);
    for (let time = 0; time < 5; time += 1) play.after(25_000).receives(door);
    const later = machineRow(stateOf(play), defaultMachineConfig, false);
    expect(linkTroubles(later, play.world.now)[0]?.kind).toBe('noBeat');
  });
});

it('are answered without a number under the document profile', () => {
  loggedIn({ config: { replyProfile: 'document' } })
    .receives(like(hb))
    .answers({ cmd: 'hb' });
});

it('a heartbeat without a number is answered, and no machine is created', () => {
  const play = playbook()
    .receives({ cmd: 'hb' })
    .finds('field.missing', 'login.missing')
    .answers({ cmd: 'hb' });
  expect(play.world.fleet.machines.size).toBe(0);
});
