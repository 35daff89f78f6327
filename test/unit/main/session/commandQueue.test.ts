/** What every command goes through, whatever it is. */
import { existsSync } from 'node:fs';
import { expect, it, describe } from 'vitest';
import { commandNames } from '#shared/commands/index';
import { android, controlled, linux, remote } from '../../../builders/controlled';

describe('waiting for the machine', () => {
  it('is sent after the login’s answer, never before', () => {
    const book = controlled(linux)
      .hangsUp()
      .gives('reboot')
      .shows('queued', 'queued')
      .after(5_000)
      .connects();
    book.sends({ cmd: 'reboot', vmc_no: 7 }).shows('sent');
    const last = book.world.entries.at(-1)?.conn;
    const order = book.world.entries.flatMap((entry) =>
      entry.conn === last && entry.kind === 'frame' ? [entry.message.body.cmd] : [],
    );
    expect(order).toEqual(['login', 'login_r', 'reboot']);
  });

  it('can be taken back, and expires unsent', () => {
    controlled(linux)
      .hangsUp()
      .gives('openDoor', { spelling: 'opendoor' })
      .shows('queued', 'queued')
      .gives('reboot')
      .shows('queued', 'queued')
      .takesBack()
      .shows('cancelled', 'cancelled')
      .takesBack({ code: 'unknownCommand' })
      .after(60_000)
      .showsOf(1, 'expired', 'notSent')
      .connects();
  });

  it('takes no more than twenty', () => {
    const book = controlled(linux).hangsUp();
    const answer = (n: number) => ({ orderNo: `o${n}`, qrType: 'wx_pub', qrCode: 'x' });
    for (let n = 0; n < 20; n += 1) book.gives('answerQr', answer(n)).shows('queued', 'queued');
    book.refuses('answerQr', answer(20), { code: 'commandQueueFull', params: { max: 20 } });
  });

  it('what was sent can’t be taken back, but nobody has to wait for it', () => {
    controlled(linux)
      .gives('reboot')
      .sends({ cmd: 'reboot', vmc_no: 7 })
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(1_000)
      // The button is free again, and the new one is the one that a restart proves.
      .gives('reboot')
      .sends({ cmd: 'reboot', vmc_no: 7 })
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(70_000)
      .connects()
      .shows('confirmed', 'loggedIn');
  });

  it('what is told of it after nobody waited for it any more is said', () => {
    controlled(android)
      .gives('reboot')
      .sends(remote('reboot'))
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(5_000)
      .connects({ ...android, login_count: 2 })
      .shows('confirmed', ['late', { waited: 5_000 }], 'loggedIn');
  });

  it('of two given at once the second goes after a pause', () => {
    controlled(linux)
      .gives('openDoor', { spelling: 'opendoor' })
      .sends({ cmd: 'opendoor', vmc_no: 7 })
      .gives('queryStatus')
      .shows('queued')
      .after(499)
      .after(1)
      .sends({ cmd: 'statusquery', vmc_no: 7 });
  });
});

describe('a new run of Crema', () => {
  it('goes on waiting for proof', () => {
    controlled(linux)
      .gives('reboot')
      .sends({ cmd: 'reboot', vmc_no: 7 })
      .restarts()
      .shows('sent')
      .after(70_000)
      .connects()
      .shows('confirmed', 'loggedIn');
  });

  it('sends nothing that was left over', () => {
    controlled(linux)
      .hangsUp()
      .gives('rinse')
      .shows('queued', 'queued')
      .restarts()
      .shows('expired', 'cremaClosed')
      .connects();
  });
});

it('android’s notice ends only what it names', () => {
  controlled(android)
    .gives('rinse')
    .sends(remote('rinsing'))
    .after(1_000)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'))
    .notifies({ done: false, reason: 'Z0024' })
    .shows('failed', 'machineSaidFailed')
    .showsOf(1, 'sent');
});

it.each(commandNames)('%s has a conversation of its own', (name) => {
  expect(existsSync(`test/unit/shared/commands/${name}.test.ts`)).toBe(true);
});
