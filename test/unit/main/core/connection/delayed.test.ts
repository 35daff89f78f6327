/** Delayed data: it keeps the order of its direction, leaves once, and is counted if it never leaves. */
import { expect, it } from 'vitest';
import type { Policy } from '../../../../../src/main/core/connection/policy';
import { frame } from '../../../../builders/frames';
import { Legs } from '../../../../builders/legs';

/** Frames with a duration are delayed by the rule with that number. */
const slow: Policy = {
  hasLimits: false,
  headFor: () => 'le48',
  passesAtOnce: () => false,
  onFrame: ({ frame: { findings, json } }, conversation) => {
    const ms = json?.['ms'];
    const reaction = { conversation, findings, actions: [] };
    if (typeof ms !== 'number') return reaction;
    return {
      ...reaction,
      findings: [...findings, { code: 'relay.delayed', params: { rule: ms, ms } }],
      stays: { delayedBy: ms, ms },
    };
  },
};
const delayed = (n: number, ms: number): Buffer => frame({ cmd: 'hb', n, ms }, 'le48', n);
const hb = (n: number): Buffer => frame({ cmd: 'hb', n }, 'le48', n);
const legsWith = (...chunks: readonly Uint8Array[]): Legs => {
  const legs = new Legs(slow);
  for (const chunk of chunks) legs.receives('machine', chunk);
  return legs;
};
const toServer = (legs: Legs): Buffer =>
  Buffer.concat(
    legs.effects.flatMap((effect) =>
      effect.type === 'send' && effect.leg === 'server' ? [Buffer.from(effect.bytes)] : [],
    ),
  );

it('all data behind a delayed frame waits, in order; the other direction does not', () => {
  const legs = legsWith(delayed(0, 500), hb(1), Buffer.from('junk'), delayed(2, 100), hb(3));
  legs.receives('server', hb(0));
  legs.after(499);
  expect(legs.core.delayedBy).toEqual([500, 500, 500, 100, 100]);
  expect(legs.told()).toEqual([
    'in hb at 0 [relay.delayed]',
    'in hb at 0 [relay.queued]',
    expect.stringMatching(/^junk junk at 0 .*relay\.queued/),
    'in hb at 0 [relay.delayed]',
    'in hb at 0 [relay.queued]',
    'out hb at 0',
    expect.stringMatching(/^to machine /),
  ]);
  legs.after(1);
  expect(legs.told()).toEqual([
    'to server in hb at 500 [relay.sentLate]',
    'to server in hb at 500 [relay.sentLate]',
    'to server junk',
    'to server in hb at 500 [relay.sentLate]',
    'to server in hb at 500 [relay.sentLate]',
  ]);
  expect(toServer(legs)).toEqual(
    Buffer.concat([delayed(0, 500), hb(1), Buffer.from('junk'), delayed(2, 100), hb(3)]),
  );
  expect(legs.core.delayed).toBe(0);
});

it('a frame of Crema does not wait, and the numbers have no gap', () => {
  const legs = legsWith(delayed(0, 500), hb(1));
  legs.does((core) => core.send('server', { cmd: 'ours' }, 0)).after(500);
  expect(toServer(legs)).toEqual(
    Buffer.concat([
      frame({ cmd: 'ours' }, 'le48', 0),
      frame({ cmd: 'hb', n: 0, ms: 500 }, 'le48', 1),
      frame({ cmd: 'hb', n: 1 }, 'le48', 2),
    ]),
  );
});

it('a rule that goes ends its own delays at once, and no others', () => {
  const legs = legsWith(delayed(0, 300), delayed(1, 500), hb(2));
  legs.core.keepDelays((rule) => rule !== 300);
  legs.does(() => []);
  expect(toServer(legs)).toEqual(delayed(0, 300));
  legs.core.keepDelays(() => false);
  legs.does(() => []);
  expect(toServer(legs)).toEqual(Buffer.concat([delayed(0, 300), delayed(1, 500), hb(2)]));
});

it('a clock that is set changes no duration', () => {
  const legs = legsWith(delayed(0, 500));
  legs.after(100);
  legs.now += 3_600_000;
  legs.does((core) => core.clockSet(3_600_000, legs.now)).after(399);
  expect(toServer(legs)).toHaveLength(0);
  legs.after(1);
  expect(toServer(legs)).toEqual(delayed(0, 500));
});

it('a connection that Crema closes in order sends it first', () => {
  const legs = legsWith(delayed(0, 500), hb(1));
  legs.does((core) => core.close('relaySwitched', 5));
  expect(toServer(legs)).toEqual(Buffer.concat([delayed(0, 500), hb(1)]));
  expect(legs.told().slice(2)).toEqual([
    'to server in hb at 5 [relay.sentLate]',
    'to server in hb at 5 [relay.sentLate]',
    'closed relaySwitched at 5',
    'close relaySwitched',
  ]);
});

it('without a receiver it is counted as lost', () => {
  const legs = legsWith(delayed(0, 500), hb(1));
  legs.core.shut('server');
  // Nothing is tried in vain.
  legs.after(1_000);
  expect(legs.told().slice(2)).toEqual([]);
  legs.hangsUp('server', 'reset');
  expect(legs.entries).toContainEqual(
    expect.objectContaining({ finding: { code: 'relay.delayedAtEnd', params: { frames: 2 } } }),
  );
  expect(legs.told()).toHaveLength(3);
});

it('memory counts what waits', () => {
  const legs = legsWith(delayed(0, 500), hb(1));
  expect(legs.core.delayedSize('machine')).toBe(delayed(0, 500).length + hb(1).length + 2 * 256);
  legs.after(500);
  expect(legs.core.delayedSize('machine')).toBe(0);
});
