/** A connection with two legs: nothing in the core takes it for a machine's alone. */
import { describe, expect, it } from 'vitest';
import type { NewEntry } from '#shared/model/frame';
import { ConnectionCore } from '../../../../../src/main/session/connection/core';
import type { Effect } from '../../../../../src/main/session/connection/effects';
import type { LegName, Policy } from '../../../../../src/main/session/connection/policy';
import { frame, lyingFrame } from '../../../../builders/frames';
import { Legs } from '../../../../builders/legs';

const vmc_no = 33232;
const hb = frame({ cmd: 'hb', vmc_no });
const reboot = frame({ cmd: 'reboot', vmc_no });
const text = (value: string) => new TextEncoder().encode(value);
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const other = (leg: LegName): LegName => (leg === 'machine' ? 'server' : 'machine');

/** Sends on each frame as it came. */
const forwarding: Policy = {
  hasLimits: true,
  headFor: () => 'decimal',
  onFrame: ({ leg, frame: { bytes, findings } }, conversation) => ({
    conversation,
    findings,
    actions: [{ type: 'forward', leg: other(leg), bytes }],
  }),
};
/** The same; it goes on without the server, not without the machine. */
const outliving: Policy = {
  ...forwarding,
  onLegEnd: (leg) => (leg === 'server' ? [] : [{ type: 'close', reason: 'byPerson' }]),
};

it('each leg decodes, counts and records for itself', () => {
  const peer = { remoteAddress: 'a', remotePort: 1, localAddress: 'b', localPort: 2 };
  /** Sends on what comes on one leg to the other, as a frame of ours. */
  const toOther: Policy = {
    ...forwarding,
    onFrame: ({ leg, frame: { json, findings } }, conversation) => ({
      conversation,
      findings,
      actions: [{ type: 'send', leg: other(leg), message: { cmd: '', ...json }, head: 'le48' }],
    }),
  };
  const entriesOf = (effects: readonly Effect[]): NewEntry[] =>
    effects.flatMap((effect) =>
      (effect.type === 'record' || effect.type === 'send') && effect.entry !== null ? [effect.entry] : [],
    );
  const core = new ConnectionCore(1, peer, toOther, 0, ['machine', 'server']);
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
  // Both legs count their own.
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

describe('frames that are forwarded', () => {
  it('go out as they came and are recorded once, in the direction of their way', () => {
    const legs = new Legs(forwarding);
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
    // What the machine's side sends is its word, whatever it is called; so is the server's.
    legs.receives('server', hb);
    expect(legs.entries.at(-1)).toMatchObject({ dir: 'out', message: { from: 'server' } });
    expect(legs.entries).toHaveLength(5);
  });

  it('are not counted among ours', () => {
    const legs = new Legs(forwarding).receives('server', frame({ cmd: 'reboot' }, 'le48', 7));
    const numbered: Policy = { ...forwarding, headFor: () => 'le48' };
    expect(legs.entries.at(-1)).toMatchObject({ sequence: 7 });
    const counting = new Legs(numbered).receives('server', frame({ cmd: 'reboot' }, 'le48', 0));
    counting.does((core) => core.send('machine', { cmd: 'reboot' }, 0));
    expect(counting.entries.at(-1)).toMatchObject({ dir: 'out', sequence: 0 });
  });

  it('what is no frame is recorded, and said to be the server’s where it is', () => {
    const legs = new Legs(forwarding)
      .receives('machine', text('junk'))
      .receives('server', text('junk'))
      .after(200);
    expect(legs.told()).toEqual([
      'junk junk at 0 [junk.noFrame]',
      'junk junk at 0 [junk.noFrame,capture.fromServer]',
    ]);
  });

  it('are remarked as long only towards the machine, which may drop them', () => {
    const long = frame({ cmd: 'hb', p: 'x'.repeat(1_000) });
    const legs = new Legs(forwarding).receives('machine', long).receives('server', long);
    expect(legs.told().filter((line) => !line.startsWith('to '))).toEqual([
      'in hb at 0',
      'out hb at 0 [out.long]',
    ]);
  });
});

describe('of our own accord', () => {
  it('a leg is named, and the direction is that of the leg', () => {
    const legs = new Legs(forwarding)
      .does((core) => core.send('machine', { cmd: 'reboot', vmc_no }, 1))
      .does((core) => core.send('server', { cmd: 'hb', vmc_no, p: 'x'.repeat(1_000) }, 2));
    expect(legs.told()).toEqual(['to machine out reboot at 1', 'to server in hb at 2']);
    expect(legs.entries.at(-1)).toMatchObject({ message: { from: 'machine', body: { vmcNo: vmc_no } } });
  });

  it('also by hand', () => {
    const legs = new Legs(forwarding);
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
  ] as const)('of the %s by %s ends the connection unless the policy says otherwise', (leg, how, reason) => {
    const legs = new Legs(forwarding)
      .receives('machine', hb.subarray(0, 20))
      .receives('server', reboot.subarray(0, 20))
      .after(5)
      .hangsUp(leg, how);
    expect(legs.told().toSorted()).toEqual([
      `close ${reason}`,
      `closed ${reason} at 5`,
      `junk ${latin1(hb.subarray(0, 20))} at 0 [junk.cut]`,
      `junk ${latin1(reboot.subarray(0, 20))} at 0 [junk.cut,capture.fromServer]`,
    ]);
    expect(legs.entries.at(-1)?.kind).toBe('closed');
    expect(legs.core.ended).toBe(true);
  });

  it('may leave the other: what was held is still heard, and nothing more is sent to it', () => {
    const late = lyingFrame('{"cmd":"reboot","vmc_no":33232}', 99);
    const legs = new Legs(outliving).receives('server', late).hangsUp('server');
    expect(legs.told()).toEqual(['out reboot at 0 [head.lengthWrong]', `to machine ${latin1(late)}`]);
    legs.receives('machine', hb).receives('server', reboot);
    legs.does((core) => core.send('server', { cmd: 'hb' }, 0));
    legs.does((core) => core.closed('server', 'end', 0));
    expect(legs.told()).toEqual(['in hb at 0']);
    expect(legs.core.ended).toBe(false);
    legs.does((core) => core.send('machine', { cmd: 'reboot' }, 0));
    expect(legs.told()).toEqual(['to machine out reboot at 0']);
    legs.hangsUp('machine');
    expect(legs.told()).toEqual(['closed machineClosed at 0', 'close machineClosed']);
  });

  it('may end the connection for a reason of the policy', () => {
    const legs = new Legs(outliving).hangsUp('machine');
    expect(legs.told()).toEqual(['closed byPerson at 0', 'close byPerson']);
  });

  it('may say something to the other', () => {
    const telling: Policy = {
      ...forwarding,
      onLegEnd: () => [{ type: 'send', leg: 'machine', message: { cmd: 'reboot' }, head: 'decimal' }],
    };
    expect(new Legs(telling).hangsUp('server').told()).toEqual(['to machine out reboot at 0']);
  });
});

describe('limits', () => {
  it('are those of each leg', () => {
    const legs = new Legs(forwarding);
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

  it('half a frame of one is not made good by the other', () => {
    const legs = new Legs(forwarding).receives('server', reboot.subarray(0, 20));
    legs.after(29_999).receives('machine', hb);
    expect(legs.told()).toHaveLength(2);
    expect(legs.after(1).told().slice(-3)).toEqual([
      'finding link.halfFrame at 30000',
      'closed halfFrame at 30000',
      'close halfFrame',
    ]);
  });

  it('nothing is read while either takes nothing', () => {
    const legs = new Legs(forwarding)
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

  it('of a leg that has ended are none', () => {
    const legs = new Legs(outliving).does((core) => core.notDrained('server', 70_000, 0)).hangsUp('server');
    expect(legs.told()).toEqual(['pause', 'resume']);
    legs.after(60_000).receives('machine', hb).after(119_999);
    expect(legs.told()).toEqual(['in hb at 60000']);
    expect(legs.after(1).told()).toContain('close silence');
  });
});
