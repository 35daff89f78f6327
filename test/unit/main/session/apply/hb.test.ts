import { expect, it } from 'vitest';
import { hb } from '#shared/messages/hb';
import { playbook } from '../../../../builders/playbook';
import { like, loggedIn, stateOf, vmc_no } from '../../../../builders/loggedIn';

it('heartbeats are counted, with the time between the last two', () => {
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

it('the newest ten times between them are kept', () => {
  const play = loggedIn().receives(like(hb)).answers('hb');
  const times = Array.from({ length: 23 }, (_, at) => 10_000 + at);
  for (const [at, time] of times.entries()) {
    play.after(time).receives(like(hb)).answers('hb');
    expect(stateOf(play).heartbeat.intervals).toEqual(times.slice(Math.max(0, at - 9), at + 1));
  }
});

it('are answered without a number where only the document counts', () => {
  loggedIn({ config: { replyProfile: 'document' } })
    .receives(like(hb))
    .answers({ cmd: 'hb' });
});

it('one that names nobody is answered, and nobody is invented', () => {
  const play = playbook()
    .receives({ cmd: 'hb' })
    .finds('field.missing', 'login.missing')
    .answers({ cmd: 'hb' });
  expect(play.world.fleet.machines.size).toBe(0);
});
