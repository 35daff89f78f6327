/** The core of a connection: times, counting, ends, and rules of every policy. */
import { describe, expect, it } from 'vitest';
import { frame } from '../../../../builders/frames';
import { noon } from '../../../../builders/connection';
import { playbook } from '../../../../builders/playbook';

const vmc_no = 33232;
const hb = { cmd: 'hb', vmc_no };
const known = () => playbook().receives(hb).claims(vmc_no).finds('login.missing').answers(hb);
const text = (value: string) => new TextEncoder().encode(value);

describe('a frame has the time of its last byte', () => {
  it('that arrived in three chunks', () => {
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
  it('decided by quiet 200 ms later, while the answer has the time of sending', () => {
    known()
      .receivesBytes(text('009900000000{"cmd":"hb","vmc_no":33232}'))
      .quiet()
      .records({ kind: 'frame', at: noon })
      .finds('head.lengthWrong')
      .answers(hb);
  });
  it('that was held at the end; then there is no answer', () => {
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
  it('and repeated errors have that time too', () => {
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
      // Decided 60,100 ms after the first, it arrived within the minute.
      .quiet()
      .records({ kind: 'frame', at: noon + 59_900 })
      .finds('head.lengthWrong', 'error.repeated')
      .answers('error_r');
  });
});

describe('limits are measured from the arrival of the bytes', () => {
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
  it('a drip does not delay it', () => {
    const play = known();
    const bytes = frame({ ...hb, more: 'x'.repeat(100) });
    for (let n = 0; n < 29; n += 1) play.receivesBytes(bytes.subarray(n, n + 1)).after(1_000);
    play.receivesBytes(bytes.subarray(29, 30)).after(999).staysOpen().after(1);
    play.finds('junk.cut', 'link.halfFrame').records({ kind: 'junk' }).closes('halfFrame');
  });
  it('a machine that does not read our data is not read from, and given up after 30 s', () => {
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

describe('data that arrives at once', () => {
  const many = Buffer.concat(Array.from({ length: 2_000 }, (_, n) => frame({ ...hb, n })));
  it('is processed in steps of a frame at most, so that others have their turn', () => {
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
  it('is decoded in steps too, also without a result', () => {
    const { core } = known().connection;
    core.received('machine', Buffer.alloc(40_000, '{'), noon);
    let steps = 0;
    for (; core.hasBacklog; steps += 1) core.next(noon);
    expect(steps).toBeGreaterThan(40_000 / 1_024);
  });
  it('is recorded whole if the connection ends meanwhile', () => {
    const { core } = known().connection;
    core.received('machine', many, noon);
    core.next(noon);
    const rest = core.close('byPerson', noon);
    expect(rest.filter(({ type }) => type === 'record')).toHaveLength(1_999 + 1);
  });
  it('is not processed while the machine reads nothing, and nothing is decided about it', () => {
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

describe('our own output', () => {
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
  it('is not sent if it is too long, and flagged if a machine may drop it', () => {
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
  it('are each judged by the state after the ones before it, and answered in order', () => {
    const numbered = (n: number) => frame({ ...hb, padding: String(n) }, 'le48', n);
    known()
      .receivesBytes(Buffer.concat([numbered(5), numbered(6), numbered(9)]))
      .records({ kind: 'frame', sequence: 5 }, { kind: 'frame', sequence: 6 }, { kind: 'frame', sequence: 9 })
      .finds('head.changed', 'seq.gap')
      .answersIn('le48', hb, hb, hb);
  });
  it('are recorded after one that ends the connection, and no longer handled', () => {
    playbook({ directLink: { vmcNo: 8, tells: true } })
      .receivesBytes(Buffer.concat([frame(hb), frame(hb)]))
      .records({ kind: 'frame', dir: 'in' }, { kind: 'frame', dir: 'in' })
      .finds('login.missing', 'link.reserved')
      .closes('reserved');
  });
});

it('every entry of a chunk stays in order, and the end is the last', () => {
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
  it('nothing has an effect', () => {
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
      core.claimed({ replaced: 1, stays: false, taken: null, moved: null, shared: null }, now),
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
