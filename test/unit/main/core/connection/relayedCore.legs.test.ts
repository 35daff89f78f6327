/** A connection with two legs: the core does not assume a single machine leg. */
import { describe, expect, it } from 'vitest';
import { messageOf } from '#shared/messages/read';
import type { NewEntry } from '#shared/model/frame';
import { FrameDecoder } from '../../../../../src/main/core/protocol/frame';
import type { Effect } from '../../../../../src/main/core/connection/effects';
import type { Release } from '../../../../../src/main/core/connection/relayedFrame';
import type { LegName, Policy } from '../../../../../src/main/core/connection/policy';
import { RelayedCore } from '../../../../../src/main/core/connection/relayedCore';
import { frame } from '../../../../builders/frames';
import { Legs } from '../../../../builders/legs';

const vmc_no = 33232;
const hb = frame({ cmd: 'hb', vmc_no });
const reboot = frame({ cmd: 'reboot', vmc_no });
const bytesOf = (value: string) => new TextEncoder().encode(value);
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const other = (leg: LegName): LegName => (leg === 'machine' ? 'server' : 'machine');

/** Passes on each frame after decoding. */
const passing: Policy = {
  hasLimits: true,
  headFor: () => 'decimal',
  onFrame: ({ frame: { findings } }, conversation) => ({ conversation, findings, actions: [] }),
};
/** Drops frames with this command. */
const dropping = (cmd: string): Policy => ({
  ...passing,
  onFrame: ({ frame: { findings, json } }, conversation) => ({
    conversation,
    findings,
    actions: [],
    ...(json?.['cmd'] === cmd && { stays: 'dropped' }),
  }),
});
const holding: Policy = {
  ...passing,
  onFrame: ({ frame: { findings } }, conversation) => ({
    conversation,
    findings,
    actions: [],
    stays: { heldBy: 7 },
  }),
};

it('each leg decodes, counts and records separately', () => {
  const peer = { remoteAddress: 'a', remotePort: 1, localAddress: 'b', localPort: 2 };
  /** Consumes each frame of one leg and sends it to the other leg as our frame. */
  const toOther: Policy = {
    ...passing,
    onFrame: ({ leg, frame: { json, findings } }, conversation) => ({
      conversation,
      findings,
      stays: 'dropped',
      actions: [{ type: 'send', leg: other(leg), message: { cmd: '', ...json }, head: 'le48' }],
    }),
  };
  const entriesOf = (effects: readonly Effect[]): NewEntry[] =>
    effects.flatMap((effect) =>
      (effect.type === 'record' || effect.type === 'send') && effect.entry !== null ? [effect.entry] : [],
    );
  const core = new RelayedCore(1, peer, toOther, 0);
  const effects: Effect[] = [];
  const carryOut = (now: number): void => {
    for (let todo = core.next(now); todo !== null; todo = core.next(now)) effects.push(...todo);
  };
  core.received('machine', hb.subarray(0, 20), 1);
  core.received('server', reboot, 2);
  core.received('machine', hb.subarray(20), 3);
  carryOut(4);
  expect(
    effects.flatMap((effect) =>
      effect.type === 'send'
        ? [`to ${effect.leg}`]
        : effect.type === 'record' && effect.entry.kind === 'frame'
          ? [`${effect.entry.dir} ${effect.entry.message.body.cmd} at ${effect.entry.at}`]
          : [],
    ),
  ).toEqual(['out reboot at 2', 'to machine', 'in hb at 3', 'to server']);
  core.received('server', reboot, 5);
  carryOut(5);
  const sent = effects.flatMap((effect) => (effect.type === 'send' ? entriesOf([effect]) : []));
  // Each leg has its own sequence.
  expect(sent.map((entry) => entry.kind === 'frame' && entry.sequence)).toEqual([0, 0, 1]);
  core.received('machine', hb.subarray(0, 20), 6);
  const end = core.closed('server', 'reset', 7);
  expect(end.at(-1)).toEqual({ type: 'close', reason: 'serverClosed', inOrder: true });
  expect(entriesOf(end)).toMatchObject([
    { kind: 'junk', at: 6 },
    { kind: 'closed', at: 7 },
  ]);
  expect(core.next(8)).toBeNull();
});

describe('frames that are passed on', () => {
  it('are sent unchanged and recorded once, in the direction of their way', () => {
    const legs = new Legs(passing);
    legs.receives('machine', hb.subarray(0, 20)).receives('server', reboot).after(3);
    legs.receives('machine', Buffer.concat([hb.subarray(20), hb]));
    expect(legs.told()).toEqual([
      'out reboot at 0',
      `to machine ${latin1(reboot)}`,
      'in hb at 3',
      `to server ${latin1(hb)}`,
      'in hb at 3',
      `to server ${latin1(hb)}`,
    ]);
    // The side decides the sender, not the command name: machine side is machine, server side is server.
    legs.receives('server', hb);
    expect(legs.entries.at(-1)).toMatchObject({ dir: 'out', message: { from: 'server' } });
    expect(legs.told()).toEqual(['out hb at 3', `to machine ${latin1(hb)}`]);
    expect(legs.entries).toHaveLength(5);
  });

  it('bytes outside of frames are recorded, and marked as the server’s if it sent them', () => {
    const legs = new Legs(passing)
      .receives('machine', bytesOf('junk'))
      .receives('server', bytesOf('junk'))
      .after(200);
    expect(legs.told()).toEqual([
      'junk junk at 0 [junk.noFrame]',
      'to server junk',
      'junk junk at 0 [junk.noFrame,capture.fromServer]',
      'to machine junk',
    ]);
  });

  it('get the finding of long frames only towards the machine, which may drop them', () => {
    const long = frame({ cmd: 'hb', p: 'x'.repeat(1_000) });
    const legs = new Legs(passing).receives('machine', long).receives('server', long);
    expect(legs.told().filter((line) => !line.startsWith('to '))).toEqual([
      'in hb at 0',
      'out hb at 0 [out.long]',
    ]);
  });
});

describe('on Crema’s initiative', () => {
  it('a leg is given, and the direction follows from it', () => {
    const legs = new Legs(passing)
      .does((core) => core.send('machine', { cmd: 'reboot', vmc_no }, 1))
      .does((core) => core.send('server', { cmd: 'hb', vmc_no, p: 'x'.repeat(1_000) }, 2));
    expect(legs.told()).toEqual([
      'to machine out reboot at 1 [relay.ours]',
      'to server in hb at 2 [relay.ours]',
    ]);
    expect(legs.entries.at(-1)).toMatchObject({ message: { from: 'machine', body: { vmcNo: vmc_no } } });
  });

  it('also custom messages', () => {
    const legs = new Legs(passing);
    const sendByHand = (leg: LegName): void => {
      const sent = legs.core.sendByHand(leg, { as: 'text', text: '{"cmd":"hb"}', head: 'le48' }, 1);
      if ('tooLong' in sent) throw new Error('too long');
      legs.does(() => sent);
    };
    sendByHand('server');
    sendByHand('machine');
    sendByHand('machine');
    expect(legs.entries.slice(1)).toMatchObject([
      { dir: 'in', sequence: 0, message: { from: 'machine' } },
      { dir: 'out', sequence: 0, message: { from: 'server' } },
      { dir: 'out', sequence: 1, message: { from: 'server' } },
    ]);
  });
});

describe('the end of a leg', () => {
  it.each([
    ['machine', 'end', 'machineClosed'],
    ['machine', 'reset', 'reset'],
    ['server', 'end', 'serverClosed'],
    ['server', 'reset', 'serverClosed'],
  ] as const)('of the %s by %s ends the connection by default', (leg, how, reason) => {
    const legs = new Legs(passing)
      .receives('machine', hb.subarray(0, 20))
      .receives('server', reboot.subarray(0, 20))
      .after(5)
      .hangsUp(leg, how);
    expect(legs.told().toSorted()).toEqual([
      `close ${reason}`,
      `closed ${reason} at 5`,
      `junk ${latin1(hb.subarray(0, 20))} at 0 [junk.cut,relay.notPassed]`,
      `junk ${latin1(reboot.subarray(0, 20))} at 0 [junk.cut,relay.notPassed,capture.fromServer]`,
    ]);
    expect(legs.entries.at(-1)?.kind).toBe('closed');
    expect(legs.core.ended).toBe(true);
  });
});

describe('limits', () => {
  it('apply to each leg separately', () => {
    const legs = new Legs(passing);
    for (let n = 0; n < 11; n += 1) legs.after(10_000).receives('machine', hb);
    legs.told();
    legs.after(9_999);
    expect(legs.told()).toEqual([]);
    legs.after(1);
    expect(legs.told()).toEqual([
      'finding link.silence at 120000',
      'closed silence at 120000',
      'close silence',
    ]);
  });

  it('frames of one leg do not complete half a frame of the other', () => {
    const legs = new Legs(passing).receives('server', reboot.subarray(0, 20));
    legs.after(29_999).receives('machine', hb);
    expect(legs.told()).toHaveLength(2);
    expect(legs.after(1).told().slice(-3)).toEqual([
      'finding link.halfFrame at 30000',
      'closed halfFrame at 30000',
      'close halfFrame',
    ]);
  });

  it('nothing is read while either end takes no data', () => {
    const legs = new Legs(passing)
      .does((core) => core.notDrained('server', 70_000, 0))
      .after(10_000)
      .does((core) => core.notDrained('machine', 70_000, 10_000))
      .does((core) => core.notDrained('server', 80_000, 10_000))
      .does((core) => core.drained('machine'));
    expect(legs.told()).toEqual(['pause']);
    legs.does((core) => core.drained('server'));
    expect(legs.told()).toEqual(['resume']);
    legs.does((core) => core.notDrained('server', 70_000, 10_000)).after(30_000);
    expect(legs.told().slice(0, 2)).toEqual(['pause', 'finding link.notReading at 40000']);
  });
});

const numbered = (cmd: string, sequence: number): Buffer => frame({ cmd, vmc_no }, 'le48', sequence);
/** Sequence numbers of the frames sent to a leg, with their commands. */
const sequencesTo = (legs: Legs, leg: LegName): string[] =>
  legs.effects.flatMap((effect) => {
    if (effect.type !== 'send' || effect.leg !== leg) return [];
    const [item] = new FrameDecoder({ preferred: 'le48' }).push(effect.bytes);
    return item?.kind === 'frame' ? [`${messageOf(item.json, 'out').message.body.cmd} ${item.sequence}`] : [];
  });

describe('the sequence has no gaps', () => {
  const numbering: Policy = { ...dropping('upgrade'), headFor: () => 'le48' };

  it('where a frame of ours is inserted: the others get new numbers, and that is a finding', () => {
    const legs = new Legs(numbering).receives('server', numbered('hb', 7));
    legs.does((core) => core.send('machine', { cmd: 'reboot' }, 0));
    legs.receives('server', Buffer.concat([numbered('hb', 8), numbered('hb', 9)]));
    expect(sequencesTo(legs, 'machine')).toEqual(['hb 7', 'reboot 8', 'hb 9', 'hb 10']);
    const last = legs.entries.at(-1);
    // The record has the original frame.
    expect(last).toMatchObject({
      sequence: 9,
      findings: [{ code: 'relay.renumbered', params: { from: 9, to: 10 } }],
    });
  });

  it('where a frame is dropped', () => {
    const legs = new Legs(numbering);
    for (const [cmd, sequence] of [
      ['hb', 3],
      ['upgrade', 4],
      ['hb', 5],
    ] as const)
      legs.receives('server', numbered(cmd, sequence));
    expect(sequencesTo(legs, 'machine')).toEqual(['hb 3', 'hb 4']);
    legs.does((core) => core.send('machine', { cmd: 'reboot' }, 0));
    // One frame was added and one dropped, so later frames keep their numbers.
    legs.receives('server', numbered('hb', 6));
    expect(sequencesTo(legs, 'machine').slice(2)).toEqual(['reboot 5', 'hb 6']);
    expect(legs.entries.at(-1)).toMatchObject({ findings: [] });
  });

  it('also of the first, and where the sender counts from 0 again', () => {
    const legs = new Legs(numbering).receives('server', numbered('upgrade', 0));
    legs.receives('server', numbered('hb', 1)).receives('server', numbered('hb', 0));
    expect(sequencesTo(legs, 'machine')).toEqual(['hb 0', 'hb 0']);
  });

  it('decimal heads have none', () => {
    const legs = new Legs(dropping('upgrade')).receives('server', frame({ cmd: 'upgrade' }));
    legs.does((core) => core.send('machine', { cmd: 'reboot' }, 0)).receives('server', reboot);
    expect(legs.told().at(-1)).toBe(`to machine ${latin1(reboot)}`);
    expect(legs.entries.at(-1)).toMatchObject({ findings: [] });
  });
});

describe('bytes forwarded before they are decoded', () => {
  const atOnce: Policy = { ...passing, passesAtOnce: () => true };

  it('are not sent twice, and their frames are recorded unchanged', () => {
    const legs = new Legs(atOnce).passes('machine', hb.subarray(0, 20)).passes('machine', hb.subarray(20));
    expect(legs.told()).toEqual([
      `to server ${latin1(hb.subarray(0, 20))}`,
      `to server ${latin1(hb.subarray(20))}`,
      'in hb at 0',
    ]);
  });

  it('end anywhere: the rest of a partly sent frame follows, regardless of rules', () => {
    let isAtOnce = true;
    const switched: Policy = { ...dropping('hb'), passesAtOnce: () => isAtOnce };
    const legs = new Legs(switched).passes('machine', hb.subarray(0, 20));
    isAtOnce = false;
    legs.passes('machine', Buffer.concat([hb.subarray(20), hb]));
    expect(legs.told()).toEqual([
      `to server ${latin1(hb.subarray(0, 20))}`,
      'in hb at 0',
      `to server ${latin1(hb.subarray(20))}`,
      'in hb at 0',
    ]);
    // Half a frame waits: later data must not overtake it.
    legs.passes('machine', hb.subarray(0, 20));
    isAtOnce = true;
    expect(legs.core.passesAtOnce('machine')).toBe(false);
    legs.passes('machine', hb.subarray(20));
    expect(legs.core.passesAtOnce('machine')).toBe(true);
    expect(legs.core.isFullyForwarded('machine')).toBe(true);
    expect(legs.told()).toEqual(['in hb at 0']);
  });

  it('are not possible where frames get new numbers', () => {
    const legs = new Legs({ ...atOnce, headFor: () => 'le48' });
    legs.does((core) => core.send('machine', { cmd: 'reboot' }, 0));
    expect(legs.core.passesAtOnce('server')).toBe(false);
    expect(legs.core.passesAtOnce('machine')).toBe(true);
  });

  it('report a place where a frame of ours would split another', () => {
    const legs = new Legs(atOnce).passes('server', reboot.subarray(0, 20));
    expect(legs.core.isWithinFrame('machine')).toBe(true);
    expect(legs.core.isWithinFrame('server')).toBe(false);
    expect(legs.passes('server', reboot.subarray(20)).core.isWithinFrame('machine')).toBe(false);
  });
});

describe('a held frame', () => {
  const held = (): Legs => {
    const legs = new Legs(holding).receives('server', reboot).after(9);
    expect(legs.told()).toEqual(['out reboot at 0', 'hold 1 by rule 7']);
    expect(legs.core.isFullyForwarded('server')).toBe(false);
    return legs;
  };
  const released = (legs: Legs, as: Release): readonly Effect[] => {
    const effects = legs.core.release(1, as, legs.now);
    if ('tooLong' in effects) throw new Error('too long');
    return effects;
  };

  it('continues unchanged', () => {
    const legs = held();
    legs.does(() => released(legs, { type: 'pass' }));
    expect(legs.told()).toEqual(['to machine out reboot at 9 [relay.released]']);
    expect(legs.effects.at(-1)).toMatchObject({ bytes: reboot });
    expect(legs.core.isFullyForwarded('server')).toBe(true);
    expect(released(legs, { type: 'pass' })).toEqual([]);
  });

  it('continues with another body', () => {
    const legs = held();
    legs.does(() => released(legs, { type: 'edit', text: '{"cmd":"opendoor","vmc_no":33232}' }));
    expect(legs.told()).toEqual(['to machine out opendoor at 9 [relay.edited]']);
    expect(legs.effects.at(-1)).toMatchObject({ bytes: frame('{"cmd":"opendoor","vmc_no":33232}') });
  });

  it('is refused if no head can state its length, and continues to wait', () => {
    const legs = held();
    const text = `{"cmd":"x","p":"${'p'.repeat(10_000)}"}`;
    expect(legs.core.release(1, { type: 'edit', text }, 9)).toEqual({ tooLong: 12 + text.length });
    expect(released(legs, { type: 'pass' })).toHaveLength(1);
  });

  it('is dropped', () => {
    const legs = held();
    legs.does(() => released(legs, { type: 'drop' }));
    expect(legs.told()).toEqual(['finding relay.heldDropped at 9']);
  });

  it('is reported as never passed on if the connection ends', () => {
    expect(held().hangsUp('machine').told()).toEqual([
      'finding relay.heldAtEnd at 9',
      'closed machineClosed at 9',
      'close machineClosed',
    ]);
  });

  it('gets the next number when it is released', () => {
    const legs = new Legs(holding);
    for (const sequence of [4, 5]) legs.receives('server', numbered('hb', sequence));
    legs.does((core) => released2(core, 2)).does((core) => released2(core, 1));
    expect(sequencesTo(legs, 'machine')).toEqual(['hb 4', 'hb 5']);
  });
  const released2 = (core: RelayedCore, key: number): readonly Effect[] => {
    const effects = core.release(key, { type: 'pass' }, 9);
    return 'tooLong' in effects ? [] : effects;
  };
});

it('data not passed on when the connection was cut is recorded as not passed on', () => {
  const legs = new Legs({ ...passing, hasLimits: false });
  legs.core.received('machine', hb, 0);
  legs.does((core) => core.closed('server', 'reset', 1));
  expect(legs.told()[0]).toBe('in hb at 0 [relay.notPassed]');
});
