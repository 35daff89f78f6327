/** The core of a connection: times, counting, ends, and what holds whatever the policy. */
import { describe, expect, it } from 'vitest';
import { frame } from '../../../../builders/frames';
import { noon } from '../../../../builders/connection';
import { playbook } from '../../../../builders/playbook';

const vmc_no = 33232;
const hb = { cmd: 'hb', vmc_no };
const known = () => playbook().receives(hb).claims(vmc_no).finds('login.missing').answers(hb);
const text = (value: string) => new TextEncoder().encode(value);

describe('a frame has the time of its last byte', () => {
  it('when it came in three chunks', () => {
    const bytes = frame(hb);
    known()
      .receivesBytes(bytes.subarray(0, 10))
      .after(50)
      .receivesBytes(bytes.subarray(10, 20))
      .after(50)
      .receivesBytes(bytes.subarray(20))
      .records({ kind: 'frame', at: noon + 100 })
      .answers(hb);
  });
  it('when quiet decided it, 200 ms later: our answer has the time we gave it', () => {
    known()
      .receivesBytes(text('009900000000{"cmd":"hb","vmc_no":33232}'))
      .quiet()
      .records({ kind: 'frame', at: noon })
      .finds('head.lengthWrong')
      .answers(hb);
  });
  it('when it was held at the end; nobody is answered then', () => {
    known()
      .receivesBytes(text('004400000000{"cm'))
      .after(100)
      .receivesBytes(text('d":"lo'))
      .after(90)
      .ends('byPerson')
      .records({ kind: 'junk', at: noon + 100 })
      .finds('junk.cut')
      .closes('byPerson');
    known()
      .receivesBytes(text('009900000000{"cmd":"hb","vmc_no":33232}'))
      .after(90)
      .hangsUpHolding()
      .records({ kind: 'frame', dir: 'in', at: noon })
      .finds('head.lengthWrong')
      .closes('machineClosed');
  });
  it('and errors that come again are told by it', () => {
    const error = {
      cmd: 'error',
      vmc_no,
      error_code: 'EC_2',
      error_description: 'd',
      isSet: true,
      is_fatal_error: true,
      is_persistence_error: true,
      datetime: '20150624',
    };
    const late = text(`9900${frame(error).toString().slice(4)}`);
    known()
      .receives(error)
      .answers('error_r')
      .after(59_900)
      .receivesBytes(late)
      // Decided 60,100 ms after the first, it came within the minute.
      .quiet()
      .records({ kind: 'frame', at: noon + 59_900 })
      .finds('head.lengthWrong', 'error.repeated')
      .answers('error_r');
  });
});

describe('limits are measured from when the bytes came', () => {
  it('half a frame, from its first byte, also where the chunk ended another', () => {
    const bytes = frame(hb);
    known()
      .receivesBytes(bytes.subarray(0, 30))
      .after(29_000)
      .receivesBytes(Buffer.concat([bytes.subarray(30), bytes.subarray(0, 20)]))
      .records({ kind: 'frame' })
      .answers(hb)
      .after(29_999)
      .staysOpen()
      .after(1)
      .records({ kind: 'junk', at: noon + 29_000 })
      .finds('junk.cut', 'link.halfFrame')
      .closes('halfFrame');
  });
  it('a drip does not put it off', () => {
    const play = known();
    const bytes = frame({ ...hb, more: 'x'.repeat(100) });
    for (let n = 0; n < 29; n += 1) play.receivesBytes(bytes.subarray(n, n + 1)).after(1_000);
    play.receivesBytes(bytes.subarray(29, 30)).after(999).staysOpen().after(1);
    play.finds('junk.cut', 'link.halfFrame').records({ kind: 'junk' }).closes('halfFrame');
  });
  it('a machine that does not take what we write is not read from, and given up after 30 s', () => {
    known()
      .takesNothing(70_000)
      .after(20_000)
      .takesAll()
      .after(20_000)
      .staysOpen()
      .takesNothing(90_000)
      .after(29_999)
      .staysOpen()
      .after(1)
      .finds('link.notReading')
      .closes('notReading');
  });
});

describe('what came at once', () => {
  const many = Buffer.concat(Array.from({ length: 2_000 }, (_, n) => frame({ ...hb, n })));
  it('is looked at in steps of a frame at most, so that others can be looked after in between', () => {
    const { core } = known().connection;
    core.received('machine', many, noon);
    let frames = 0;
    while (core.hasBacklog) {
      const came = (core.next(noon) ?? []).filter(
        (effect) => effect.type === 'record' && effect.entry.kind === 'frame',
      );
      expect(came.length).toBeLessThan(2);
      frames += came.length;
    }
    expect(frames).toBe(2_000);
  });
  it('is decoded in steps too, also where nothing comes of it', () => {
    const { core } = known().connection;
    core.received('machine', Buffer.alloc(40_000, '{'), noon);
    let steps = 0;
    for (; core.hasBacklog; steps += 1) core.next(noon);
    expect(steps).toBeGreaterThan(40_000 / 1_024);
  });
  it('is recorded whole where the connection ends meanwhile', () => {
    const { core } = known().connection;
    core.received('machine', many, noon);
    core.next(noon);
    const rest = core.close('byPerson', noon);
    expect(rest.filter(({ type }) => type === 'record')).toHaveLength(1_999 + 1);
  });
  it('is not looked at while the machine takes nothing, and nothing is decided about it', () => {
    const [first, rest] = [frame(hb).subarray(0, 20), frame(hb).subarray(20)];
    known()
      .receivesBytes(first)
      .takesNothing(70_000)
      .after(100)
      .receivesBytes(Buffer.concat([rest, frame(hb)]))
      .after(25_000)
      .staysOpen()
      .takesAll()
      .records({ kind: 'frame', at: noon + 100 }, { kind: 'frame', at: noon + 100 })
      .answers(hb, hb);
  });
});

describe('what we write', () => {
  it('is counted in le48 heads, answers and our own alike, and only there', () => {
    const play = playbook()
      .receives(hb, 'le48')
      .claims(vmc_no)
      .finds('login.missing')
      .answers(hb)
      .tells({ cmd: 'reboot', vmc_no })
      .receives(hb, 'le48')
      .answers(hb)
      .receives(hb, 'decimal')
      .finds('head.changed')
      .answers(hb);
    const out = play.world.entries.flatMap((entry) =>
      entry.kind === 'frame' && entry.dir === 'out' ? [entry.sequence] : [],
    );
    expect(out).toEqual([0, 1, 2, null]);
  });
  it('is not sent where it is too long, and remarked where a machine may drop it', () => {
    const play = known();
    expect(play.connection.tells({ cmd: 'x', text: 'y'.repeat(10_000) })).toMatchObject({
      kind: 'finding',
      finding: { code: 'out.tooLong' },
    });
    expect(play.connection.tells({ cmd: 'x', text: 'y'.repeat(1_000) })).toMatchObject({
      kind: 'frame',
      findings: [{ code: 'out.long' }],
    });
    play.finds('out.tooLong', 'out.long').answers('x');
  });
});

describe('several frames of one chunk', () => {
  it('are each judged by what the ones before it made of the machine, and answered in order', () => {
    const numbered = (n: number) => frame({ ...hb, padding: String(n) }, 'le48', n);
    known()
      .receivesBytes(Buffer.concat([numbered(5), numbered(6), numbered(9)]))
      .records({ kind: 'frame', sequence: 5 }, { kind: 'frame', sequence: 6 }, { kind: 'frame', sequence: 9 })
      .finds('head.changed', 'seq.gap')
      .answersIn('le48', hb, hb, hb);
  });
  it('are recorded behind one that ends the connection, and no longer heard', () => {
    playbook({ directLink: { vmcNo: 8, tells: true } })
      .receivesBytes(Buffer.concat([frame(hb), frame(hb)]))
      .records({ kind: 'frame', dir: 'in' }, { kind: 'frame', dir: 'in' })
      .finds('login.missing', 'link.reserved')
      .closes('reserved');
  });
});

it('every entry of what came stays in the order it came, and the end is the last', () => {
  const play = known()
    .receivesBytes(text('junk'))
    .after(100)
    .receivesBytes(text('009900000000{"cmd":"hb","vmc_no":33232}'))
    .records({ kind: 'junk', at: noon })
    .finds('junk.noFrame')
    .after(50)
    .receivesBytes(text('005000000000{"cm'))
    .records({ kind: 'frame', at: noon + 100 })
    .finds('head.lengthWrong')
    .answers(hb)
    .after(50)
    .hangsUpHolding()
    .records({ kind: 'junk', at: noon + 150 })
    .finds('junk.cut')
    .closes('machineClosed');
  const came = play.world.entries.filter((entry) => !(entry.kind === 'frame' && entry.dir === 'out'));
  expect(came.map(({ at }) => at)).toEqual(came.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(play.world.entries.at(-1)?.kind).toBe('closed');
});

describe('after its end', () => {
  it('nothing comes of anything', () => {
    const { core } = known().hangsUp().connection;
    const now = noon + 1_000_000;
    core.received('machine', frame(hb), now);
    core.tick(now);
    core.interrupted('machine');
    expect(core.next(now)).toBeNull();
    expect(core.dueAt).toBe(Infinity);
    for (const effects of [
      core.send('machine', { cmd: 'x' }, now),
      core.sendByHand('machine', { as: 'text', text: 'x', head: 'machine' }, now),
      core.claimed({ replaced: 1, stays: false, taken: null, moved: null, shared: 4 }, now),
      core.notDrained('machine', 5, now),
      core.drained('machine'),
      core.closed('machine', 'end', now),
      core.misplaced('machine', frame(hb), { code: 'junk.noFrame' }, now),
      core.remark({ code: 'junk.noFrame' }, now),
      core.close('byPerson', now),
    ])
      expect(effects).toEqual([]);
  });
});
