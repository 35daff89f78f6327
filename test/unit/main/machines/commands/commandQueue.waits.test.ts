/** The waiting time of unsent commands, as set by the user. */
import { describe, it } from 'vitest';
import { controlled, linux } from '../../../../builders/controlled';

describe('a queued command', () => {
  it('accepts a waiting time, which becomes one of its steps', () => {
    const hour = 3_600_000;
    controlled(linux)
      .hangsUp()
      .gives('reboot')
      .shows('queued', 'queued')
      .after(9 * 60_000)
      .waits(hour)
      .shows('queued', ['waitChanged', { wait: hour }])
      .after(hour - 1)
      .shows('queued')
      .after(1)
      .shows('expired', 'notSent')
      .waits(hour, { code: 'unknownCommand' });
  });

  it.each([
    ['forward', 28_800_000],
    ['back', -28_800_000],
  ])('waits equally long if the clock was put %s meanwhile', (_, ms) => {
    controlled(linux)
      .hangsUp()
      .gives('reboot')
      .shows('queued', 'queued')
      .waits(60_000)
      .shows('queued', 'waitChanged')
      .after(30_000)
      .setsClock(ms)
      .after(29_999)
      .shows('queued')
      .after(1)
      .shows('expired', 'notSent');
  });

  it('accepts a shorter time too', () => {
    controlled(linux)
      .hangsUp()
      .gives('reboot')
      .shows('queued', 'queued')
      .waits(60_000)
      .shows('queued', 'waitChanged')
      .after(60_000)
      .shows('expired', 'notSent');
  });

  it('refuses a long time if it would surprise a person at the machine, and any time after it was sent', () => {
    controlled(linux)
      .hangsUp()
      .gives('openDoor', { spelling: 'opendoor' })
      .shows('queued', 'queued')
      .waits(600_001, { code: 'commandWaitTooLong', params: { max: 10 } })
      .waits(600_000)
      .shows('queued', 'waitChanged')
      .after(599_999)
      .connects()
      .after(500)
      .sendsAsked('opendoor')
      .shows('sent')
      .waits(60_000, { code: 'commandSent' });
  });

  it('behind another runs out of time after the user set it', () => {
    controlled(linux)
      .gives('setDiscount', { percent: 80 })
      .sends({ cmd: 'discount', vmc_no: 7, discount: 80 })
      .after(1_000)
      .gives('queryStatus')
      .shows('queued', ['waitsFor', { behind: 'setDiscount' }])
      .waits(30_000)
      .shows('queued', 'waitChanged')
      .after(30_000)
      .shows('expired', ['notItsTurn', { behind: 'setDiscount' }]);
  });
});
