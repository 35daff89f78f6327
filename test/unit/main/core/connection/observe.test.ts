/** The policy for captures, and the core's handling of them: missing and reordered bytes, and finer times. */
import { describe, expect, it } from 'vitest';
import { frame, lyingFrame } from '../../../../builders/frames';
import { CapturedLegs } from '../../../../builders/legs';

const hb = frame({ cmd: 'hb', vmc_no: 5 });
const text = (value: string) => new TextEncoder().encode(value);
const numbers = (legs: CapturedLegs): (number | null)[] =>
  legs.entries.flatMap((entry) => (entry.kind === 'frame' ? [entry.vmcNo] : []));

it('records the messages of both sides, and answers nothing', () => {
  const legs = new CapturedLegs()
    .receives('machine', frame({ cmd: 'login', vmc_no: 5 }))
    .receives('server', frame({ cmd: 'login_r', vmc_no: 5, ret: 0 }))
    .receives('machine', hb);
  expect(legs.told().map((line) => line.replace(/ \[.*/, ''))).toEqual([
    'in login at 0',
    'out login_r at 0',
    'in hb at 0',
  ]);
});

it('has the findings of decoding, and none that need the machine’s state', () => {
  const legs = new CapturedLegs()
    .receives('machine', frame({ cmd: 'hb' }, 'le48', 1))
    .receives('machine', frame({ cmd: 'hb', vmc_no: 5 }, 'le48', 9));
  expect(legs.told()).toEqual(['in hb at 0 [field.missing]', 'in hb at 0']);
});

it('the number is the first that either side sends, until a login has another', () => {
  const say = (cmd: string, vmc_no?: number) => frame({ cmd, ...(vmc_no !== undefined && { vmc_no }) });
  const legs = new CapturedLegs()
    .receives('machine', say('hb'))
    .receives('server', say('hb'))
    .receives('server', say('hb', 5))
    .receives('server', say('hb', 6))
    .receives('machine', say('hb', 7))
    .receives('machine', say('login', 8))
    .receives('machine', say('login'))
    .hangsUp('server');
  expect(numbers(legs)).toEqual([null, null, 5, 5, 5, 8, 8]);
  expect(legs.entries.at(-1)).toMatchObject({ kind: 'closed', vmcNo: 8, reason: 'serverClosed' });
});

describe('a capture has no limits', () => {
  it('for silence or half a frame', () => {
    const legs = new CapturedLegs().receives('machine', hb.subarray(0, 20)).after(1_000_000);
    expect(legs.told()).toEqual([]);
    expect(legs.receives('machine', hb.subarray(20)).told()).toEqual(['in hb at 1000000']);
  });
  it('nor by bytes without a frame, in any number', () => {
    const legs = new CapturedLegs();
    for (let n = 0; n < 3; n += 1) legs.receives('server', Buffer.alloc(40_000, '{"a":[{},'));
    legs.after(1_000).receives('server', frame({ cmd: 'reboot' }));
    expect(legs.core.ended).toBe(false);
    const junk = legs.entries.find((entry) => entry.kind === 'junk');
    expect(junk?.findings.map(({ code }) => code)).toEqual(['junk.noFrame', 'capture.fromServer']);
    expect(legs.told().some((line) => line.includes('link.'))).toBe(false);
  });
  it('and is due only while something is undecided', () => {
    const legs = new CapturedLegs();
    expect(legs.core.dueAt).toBe(Infinity);
    legs.receives('machine', text('junk'));
    expect(legs.core.dueAt).toBe(200);
    legs.after(200);
    expect(legs.core.dueAt).toBe(Infinity);
  });
});

describe('where bytes are missing', () => {
  it('held bytes come out unchanged, read as usual, and the next bytes are separate', () => {
    const late = lyingFrame('{"cmd":"hb","vmc_no":5}', 99);
    const legs = new CapturedLegs().receives('machine', late).after(9);
    legs.does((core) => (core.interrupted('machine'), []));
    legs.does((core) => core.remark({ code: 'capture.gap', params: { bytes: 3, dir: 'in' } }, legs.now));
    legs.receives('machine', hb);
    expect(legs.told()).toEqual(['in hb at 0 [head.lengthWrong]', 'finding capture.gap at 9', 'in hb at 9']);
    expect(numbers(legs)).toEqual([5, 5]);
  });
  it('the other leg is unaffected', () => {
    const legs = new CapturedLegs().receives('machine', hb.subarray(0, 20));
    legs.does((core) => (core.interrupted('server'), [])).receives('machine', hb.subarray(20));
    expect(legs.told()).toEqual(['in hb at 0']);
  });
  it('the head seen last is tried first', () => {
    // The length is wrong in either head: 260 as le48, 4100 as decimal.
    const either = text('410000000000{"cmd":"hb","vmc_no":5}');
    const lengthAfter = (before: Uint8Array): unknown => {
      const legs = new CapturedLegs().receives('machine', before);
      legs
        .does((core) => (core.interrupted('machine'), []))
        .receives('machine', either)
        .after(200);
      const entry = legs.entries.at(-1);
      return entry?.kind === 'frame' ? entry.findings[0]?.params?.['declared'] : null;
    };
    expect(lengthAfter(frame({ cmd: 'hb', vmc_no: 5 }, 'le48', 0))).toBe(260);
    expect(lengthAfter(hb)).toBe(4_100);
    expect(lengthAfter(text('junk'))).toBe(4_100);
  });
});

it('bytes of unknown place are recorded and not decoded', () => {
  const legs = new CapturedLegs();
  const early = { code: 'capture.early' } as const;
  legs
    .does((core) => core.misplaced('machine', hb, early, 1))
    .does((core) => core.misplaced('server', hb, early, 2));
  const bytes = Buffer.from(hb).toString('latin1');
  expect(legs.told()).toEqual([
    `junk ${bytes} at 1 [capture.early]`,
    `junk ${bytes} at 2 [capture.early,capture.fromServer]`,
  ]);
});

it('entries have whole milliseconds, although times are finer', () => {
  const legs = new CapturedLegs(0.5).after(1.25).receives('machine', hb).receives('server', text('junk'));
  legs.after(199.9);
  expect(legs.told()).toEqual(['in hb at 1']);
  legs.after(0.1);
  legs.does((core) => core.remark({ code: 'capture.reopened' }, legs.now)).hangsUp('machine');
  expect(legs.told()).toEqual([
    'junk junk at 1 [junk.noFrame,capture.fromServer]',
    'finding capture.reopened at 201',
    'closed machineClosed at 201',
    'close machineClosed',
  ]);
});
