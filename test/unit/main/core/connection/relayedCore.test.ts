/** For any input, any chunks and any user actions: the output is the input, minus dropped frames, plus inserted frames. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForwardedLater } from '#shared/model/relayed';
import { rewrite } from '../../../../../src/main/core/connection/rewriting';
import { FrameDecoder } from '../../../../../src/main/core/protocol/frame';
import type { Effect } from '../../../../../src/main/core/connection/effects';
import type { LegName, Policy } from '../../../../../src/main/core/connection/policy';
import { frame } from '../../../../builders/frames';
import { Legs } from '../../../../builders/legs';

const hb = frame({ cmd: 'hb', vmc_no: 1 });

/** Bytes sent to a leg. */
const sentTo = (legs: Legs, name: LegName): Buffer =>
  Buffer.concat(
    legs.effects.flatMap((effect) =>
      effect.type === 'send' && effect.leg === name ? [Buffer.from(effect.bytes)] : [],
    ),
  );

interface Rules {
  isOn: boolean;
}

/** While rules are on, the command name decides: drop, hold, delay, change, answer or pass on. */
const byWord = (rules: Rules): Policy => ({
  hasLimits: false,
  headFor: () => 'le48',
  passesAtOnce: () => !rules.isOn,
  onFrame: ({ leg, frame: received, message, isPassed, mayAnswer }, conversation) => {
    const { findings, json } = received;
    const reaction = { conversation, findings, actions: [] };
    const cmd = json?.['cmd'];
    if (!rules.isOn || isPassed) return reaction;
    if (cmd === 'drop') return { ...reaction, stays: 'dropped' };
    if (cmd === 'hold') return { ...reaction, stays: { heldBy: 1 } };
    if (cmd === 'slow') return { ...reaction, stays: { delayedBy: 1, ms: 300 } };
    if (cmd === 'change') {
      const instead = rewrite(received, message, { member: 'cmd', value: '"changed"' }, () => null);
      if (typeof instead === 'string') throw new Error(instead);
      const finding = { code: 'relay.rewritten', params: { rule: 1, member: 'cmd' } } as const;
      return { ...reaction, instead: { ...instead, findings: [finding] } };
    }
    if (cmd === 'ask' && mayAnswer)
      return {
        ...reaction,
        stays: 'dropped',
        actions: [{ type: 'send', leg, message: { cmd: 'ours' }, head: 'le48' }],
      };
    return reaction;
  },
});

type Step =
  | { readonly does: 'cut'; readonly leg: LegName; readonly size: number }
  | { readonly does: 'switch' | 'inject' | 'release' | 'drop' | 'wait' | 'end'; readonly leg: LegName };

const leg = fc.constantFrom<LegName>('machine', 'server');
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ does: fc.constant('cut'), leg, size: fc.integer({ min: 1, max: 90 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        does: fc.constantFrom('switch', 'inject', 'release', 'drop', 'wait', 'end'),
        leg,
      }),
    },
  ),
  { maxLength: 120 },
) as fc.Arbitrary<readonly Step[]>;
const bodies = fc.array(fc.constantFrom('pass', 'drop', 'hold', 'ask', 'slow', 'change'), { maxLength: 25 });

interface Sent {
  readonly cmd: string;
  readonly n: number | null;
  readonly sequence: number | null;
}

/** Every byte belongs to a frame. */
function framesOf(bytes: Buffer): readonly Sent[] {
  const decoder = new FrameDecoder({ preferred: 'le48' });
  return [...decoder.push(bytes), ...decoder.end()].map((item) => {
    if (item.kind !== 'frame') throw new Error(`${item.kind}: ${bytes.toString('latin1')}`);
    const { json, sequence } = item;
    const { cmd, n } = json ?? {};
    return { cmd: typeof cmd === 'string' ? cmd : '', n: typeof n === 'number' ? n : null, sequence };
  });
}

function carriedOut(legs: Legs, effects: readonly Effect[] | { readonly tooLong: number }): void {
  if ('tooLong' in effects) throw new Error('too long');
  legs.does(() => effects);
}

it('in any pieces, with rules switched, frames held, delayed, changed and inserted', () => {
  fc.assert(
    fc.property(bodies, bodies, steps, (fromMachine, fromServer, todo) => {
      const rules = { isOn: false };
      const legs = new Legs(byWord(rules));
      const framesFrom = (cmds: readonly string[]): Buffer =>
        Buffer.concat(cmds.map((cmd, n) => frame({ cmd, n }, 'le48', n)));
      const left = { machine: framesFrom(fromMachine), server: framesFrom(fromServer) };
      const injected = { machine: 0, server: 0 };
      const waiting = new Map<number, LegName>();
      const dropped = new Set<string>();
      const noteHeld = (): void => {
        for (const effect of legs.effects)
          if (effect.type === 'hold') {
            const { key, leg: from } = effect.held;
            if (!dropped.has(`${key}`)) waiting.set(key, from);
          }
      };
      for (const step of todo) {
        switch (step.does) {
          case 'cut':
            legs.passes(step.leg, left[step.leg].subarray(0, step.size));
            left[step.leg] = left[step.leg].subarray(step.size);
            break;
          case 'switch':
            rules.isOn = !rules.isOn;
            break;
          case 'wait':
            legs.after(120);
            break;
          case 'end':
            legs.core.keepDelays(() => false);
            legs.does(() => []);
            break;
          case 'inject':
            if (legs.core.isWithinFrame(step.leg)) break;
            injected[step.leg] += 1;
            legs.does((core) => core.send(step.leg, { cmd: 'ours' }, legs.now));
            break;
          case 'release':
          case 'drop': {
            noteHeld();
            const [first] = waiting.keys();
            const from = first === undefined ? undefined : waiting.get(first);
            if (first === undefined || from === undefined) break;
            if (legs.core.isWithinFrame(from === 'machine' ? 'server' : 'machine')) break;
            waiting.delete(first);
            dropped.add(`${first}`);
            carriedOut(
              legs,
              legs.core.release(first, { type: step.does === 'drop' ? 'drop' : 'pass' }, legs.now),
            );
            break;
          }
        }
      }
      for (const name of ['machine', 'server'] as const) legs.passes(name, left[name]);
      legs.after(1_000);
      for (const [from, to, all] of [
        ['machine', 'server', fromMachine],
        ['server', 'machine', fromServer],
      ] as const) {
        const out = framesOf(sentTo(legs, to));
        const ours = out.filter(({ cmd }) => cmd === 'ours');
        const entries = legs.entries.filter(
          (entry) => entry.kind === 'frame' && entry.dir === (from === 'machine' ? 'in' : 'out'),
        );
        const theirs = out.filter(({ cmd }) => cmd !== 'ours');
        // No frame is sent twice or invented, and all but held frames keep their order.
        expect(new Set(theirs.map(({ n }) => n)).size).toBe(theirs.length);
        const straight = theirs.filter(({ cmd }) => cmd !== 'hold').map(({ n }) => n);
        expect(straight).toEqual(straight.toSorted((a, b) => Number(a) - Number(b)));
        // Frames without a rule are all there.
        expect(theirs.filter(({ cmd }) => cmd === 'pass')).toHaveLength(
          all.filter((cmd) => cmd === 'pass').length,
        );
        // No frame that is delayed or changed is lost.
        const late = (cmd: string): boolean => /^(?:slow|change|changed)$/.test(cmd);
        expect(theirs.filter(({ cmd }) => late(cmd))).toHaveLength(all.filter(late).length);
        expect(ours.length).toBeGreaterThanOrEqual(injected[to]);
        // Numbers have no gaps and no repetitions.
        expect(out.map(({ sequence }) => sequence)).toEqual(out.map((_, index) => index));
        // The record has each of their frames once, and each of ours.
        const isReleased = (entry: (typeof entries)[number]): boolean =>
          entry.kind === 'frame' && isForwardedLater(entry);
        expect(entries.filter((entry) => !isReleased(entry))).toHaveLength(all.length + ours.length);
      }
    }),
    { numRuns: 300 },
  );
});

describe('a frame of Crema', () => {
  const ours = { cmd: 'ours' };

  it('waits for the end of a frame that was partly passed on before rules were on', () => {
    const rules = { isOn: false };
    const legs = new Legs(byWord(rules)).passes('server', hb.subarray(0, 20));
    rules.isOn = true;
    legs.passes('server', hb.subarray(20, 30));
    expect(legs.core.isWithinFrame('machine')).toBe(true);
    // Nor is an answer inserted into it: the frame it would answer passes on.
    legs.passes('machine', frame({ cmd: 'ask' }));
    expect(sentTo(legs, 'machine')).toEqual(hb.subarray(0, 20));
    legs.passes('server', hb.subarray(30));
    expect(legs.core.isWithinFrame('machine')).toBe(false);
    legs.does((core) => core.send('machine', ours, 0));
    expect(sentTo(legs, 'machine').subarray(0, hb.length)).toEqual(hb);
  });

  it('also if some passed-on bytes were not recorded, until a frame shows where they begin', () => {
    const legs = new Legs(byWord({ isOn: false })).passes('server', hb);
    legs.core.missed('server', 70, 0);
    legs.passes('server', hb.subarray(20));
    expect(legs.core.isWithinFrame('machine')).toBe(true);
    legs.passes('server', hb);
    expect(legs.core.isWithinFrame('machine')).toBe(false);
    expect(legs.told().filter((line) => !line.startsWith('to '))).toEqual([
      'out hb at 0',
      'finding relay.unrecorded at 0',
      expect.stringMatching(/^junk /),
      'out hb at 0',
    ]);
  });
});

it('data without a receiver is recorded as not passed on, frame or not', () => {
  const legs = new Legs(byWord({ isOn: true }));
  legs.core.received('machine', Buffer.concat([hb, Buffer.from('junk')]), 0);
  legs.does((core) => core.closed('server', 'reset', 0));
  expect(legs.told()).toEqual([
    'in hb at 0 [relay.notPassed]',
    expect.stringMatching(/^junk junk at 0 \[.*relay\.notPassed\]$/),
    expect.stringMatching(/^closed /),
    expect.stringMatching(/^close /),
  ]);
});

it('data that the other leg no longer takes is recorded as not passed on', () => {
  const legs = new Legs(byWord({ isOn: false }));
  legs.core.shut('server');
  expect(legs.core.passesAtOnce('machine')).toBe(false);
  legs.passes('machine', hb);
  expect(legs.told()).toEqual(['in hb at 0 [relay.notPassed]']);
});
