import { describe, expect, it } from 'vitest';
import { SleepWatch, StepClock } from '../../../../../src/main/machines/server/clocks';

/** A computer with three clocks in ms. */
class Computer {
  wall = 1_000_000;
  ran = 7_000;
  uptime = 100_000;
  readonly clock = new StepClock({
    wall: () => this.wall,
    ran: () => this.ran,
    // In whole seconds.
    uptime: () => Math.floor(this.uptime / 1_000) * 1_000,
  });

  passes(ms: number): this {
    this.ran += ms;
    return this.sleeps(ms);
  }

  sleeps(ms: number): this {
    this.wall += ms;
    this.uptime += ms;
    return this;
  }

  setsClock(ms: number): this {
    this.wall += ms;
    return this;
  }
}

describe.each([
  ['forward', 28_800_000],
  ['back', -28_800_000],
])('a clock set %s', (_, ms) => {
  it('changes no time before the step is taken, and the step is given once', () => {
    const computer = new Computer();
    const { clock } = computer;
    computer.passes(400).setsClock(ms);
    expect(clock.now()).toBe(1_000_400);
    computer.passes(590);
    expect(clock.now()).toBe(1_000_990);
    expect(clock.takeStep()).toBe(ms);
    expect(clock.now()).toBe(1_000_990 + ms);
    computer.passes(1_000);
    expect([clock.takeStep(), clock.now()]).toEqual([0, 1_001_990 + ms]);
  });

  it('during sleep is one step, and the sleep passes', () => {
    const computer = new Computer();
    computer.sleeps(3_600_000).setsClock(ms).passes(500);
    const slept = computer.clock.now() - 1_000_000;
    expect(Math.abs(slept - 3_600_500)).toBeLessThanOrEqual(1_000);
    expect(Math.abs(computer.clock.takeStep() - ms)).toBeLessThanOrEqual(1_000);
    expect(computer.clock.now()).toBe(computer.wall);
  });
});

describe('the time', () => {
  it('follows a clock that runs slightly faster, and sleep at once', () => {
    const computer = new Computer();
    for (let second = 0; second < 10; second += 1) {
      computer.passes(1_000).setsClock(4_000);
      expect([computer.clock.now(), computer.clock.takeStep()]).toEqual([computer.wall, 0]);
    }
    computer.sleeps(3_600_000);
    expect([computer.clock.now(), computer.clock.takeStep()]).toEqual([computer.wall, 0]);
  });
});

describe('sleep', () => {
  it('is the difference between the uptime and the other clock', () => {
    const watch = new SleepWatch(() => 0);
    expect(watch.measure(100_000, 7_000)).toBe(0);
    expect(watch.measure(101_000, 8_000)).toBe(0);
    // Suspended for an hour; the next check is a second later.
    expect(watch.measure(3_702_000, 9_000)).toBe(3_600_000);
    expect(watch.measure(3_703_000, 10_000)).toBe(0);
  });

  it('a thread blocked for an hour is not sleep, nor is a second of the uptime', () => {
    const watch = new SleepWatch(() => 0);
    watch.measure(100_000, 7_000);
    expect(watch.measure(3_700_000, 3_607_000)).toBe(0);
    expect(watch.measure(3_704_000, 3_607_100)).toBe(0);
  });

  it('is reported once, whichever source reports it first', () => {
    let now = 1_000;
    const watch = new SleepWatch(() => now);
    expect([watch.accept(0), watch.accept(4_999)]).toEqual([false, false]);
    expect(watch.accept(60_000)).toBe(true);
    now += 900;
    expect(watch.accept(59_000)).toBe(false);
    now += 60_000;
    expect(watch.accept(59_000)).toBe(true);
  });
});
