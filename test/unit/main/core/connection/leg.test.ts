/** Reasons for a connection to end by itself, and conditions that it survives. */
import { describe, expect, it } from 'vitest';
import { connection } from '../../../../builders/connection';
import { playbook, World } from '../../../../builders/playbook';

const hb = { cmd: 'hb', vmc_no: 33232 };
const known = () => playbook().receives(hb).claims(33232).finds('login.missing').answers(hb);

describe('ends', () => {
  it('two minutes of silence', () => {
    known().after(119_999).staysOpen().after(1).closes('silence').finds('link.silence');
    known()
      .after(100_000)
      .receives(hb)
      .answers(hb)
      .after(119_999)
      .staysOpen()
      .after(1)
      .closes('silence')
      .finds('link.silence');
  });
  it('a frame that does not complete in 30 s', () => {
    const half = new TextEncoder().encode('006000000000{"cmd":"hb",');
    known()
      .receivesBytes(half)
      .after(29_999)
      .staysOpen()
      .after(1)
      .finds('junk.cut', 'link.halfFrame')
      .records({ kind: 'junk', bytes: half })
      .closes('halfFrame');
  });
  it('none after the computer slept or its clock was set: no data could arrive meanwhile', () => {
    const play = known();
    play.world.now += 600_000;
    play.after(0).staysOpen().after(119_999).staysOpen().after(1).closes('silence').finds('link.silence');
  });
  it('a link that this computer slept through and that stays silent', () => {
    const play = known().sleeps(30_000).after(119_999).staysOpen();
    play.after(1).closes('slept').finds('link.slept');
    known().sleeps(600_000).after(5_000).hangsUpHolding('reset').closes('slept').finds('link.slept');
    // The machine hung up cleanly, so it was there.
    known().sleeps(600_000).after(5_000).hangsUp('end');
    known().sleeps(600_000).ends('byPerson').closes('byPerson');
  });
  it('a connection that the machine has replaced by then', () => {
    const world = new World();
    const before = playbook({}, world).receives(hb).claims(33232).finds('login.missing').answers(hb);
    before.sleeps(600_000);
    world.now += 1;
    playbook({}, world).receives(hb).claims(33232).finds('login.missing', 'number.replaced').answers(hb);
    before.closes('slept').finds('link.slept');
  });
  it('a half frame is timed again from the moment the clock was put back', () => {
    const half = new TextEncoder().encode('006000000000{"cmd":"hb",');
    known()
      .receivesBytes(half)
      .after(10_000)
      .setsClock(-3_600_000)
      .after(29_999)
      .staysOpen()
      .after(1)
      .finds('junk.cut', 'link.halfFrame')
      .records({ kind: 'junk', bytes: half })
      .closes('halfFrame');
  });
  it('data received since the sleep counts, though the clock was put back meanwhile', () => {
    const play = known().sleeps(600_000).after(1_000).setsClock(-3_600_000);
    play.after(1_000).receives(hb).answers(hb).after(1_000).hangsUp('reset');
  });
  it('data received after sleep starts the time again', () => {
    const play = known().sleeps(600_000).after(10_000).receives(hb).answers(hb);
    play.after(120_000).closes('silence').finds('link.silence');
    known().sleeps(600_000).after(10_000).receives(hb).answers(hb).hangsUp('reset');
  });
  it('nor is the rest of a frame missed that could not arrive meanwhile', () => {
    const half = new TextEncoder().encode('006000000000{"cmd":"hb",');
    const play = known().receivesBytes(half).quiet();
    play.world.now += 600_000;
    play.after(0).staysOpen().after(29_999).staysOpen();
    play.after(1).finds('junk.cut', 'link.halfFrame').records({ kind: 'junk', bytes: half });
    play.closes('halfFrame');
  });
  it('64 KiB without a frame', () => {
    playbook()
      .receivesBytes(new Uint8Array(70_000).fill(0x78))
      .finds('junk.noFrame', 'junk.noFrame', 'link.noFrame')
      .records({ kind: 'junk' }, { kind: 'junk' })
      .closes('noFrame');
  });
  it('64 KiB of slow junk without a frame end the connection too', () => {
    const junk = new Uint8Array(4096).fill(0x78);
    const play = known();
    for (let n = 0; n < 15; n += 1) {
      play.receivesBytes(junk).quiet().finds('junk.noFrame').records({ kind: 'junk', bytes: junk });
    }
    play
      .staysOpen()
      .receivesBytes(junk)
      .finds('junk.noFrame', 'link.noFrame')
      .records({ kind: 'junk', bytes: junk });
    play.closes('noFrame');
  });
});

describe('junk', () => {
  it.each([
    [65_535, true],
    [65_536, false],
  ])('%i bytes of it, in small pieces: the connection stays open: %s', (bytes, isOpen) => {
    const link = connection().receives(hb);
    for (let left = bytes; left > 0; left -= 4096)
      link.receivesBytes(new Uint8Array(Math.min(left, 4096)).fill(0x78)).quiet();
    expect(link.isOpen).toBe(isOpen);
  });
});

describe('hostile input', () => {
  it('nesting hidden behind a quote in a comment is refused', () => {
    const deep = `{"cmd":"hb", // "\n "vmc_no":${'['.repeat(4000)}${']'.repeat(4000)}}`;
    playbook()
      .receives(deep)
      .finds('json.invalid', 'login.missing')
      .staysOpen()
      .receives(hb)
      .claims(33232)
      .finds('login.missing')
      .answers(hb);
  });
});

describe('we end it', () => {
  it('and later data is ignored', () => {
    const play = known().ends('byPerson').closes('byPerson');
    play.receivesBytes(new TextEncoder().encode('0035'));
    expect(play.connection.isOpen).toBe(false);
  });
});
