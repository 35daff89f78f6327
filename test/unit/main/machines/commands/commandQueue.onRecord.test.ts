/**
 * A command that continues in the next launch is recorded as sent before it is
 * sent. A kill at any moment never causes a second send.
 */
import { describe, expect, it } from 'vitest';
import { controlled, linux, packageDir, type Controlled } from '../../../../builders/controlled';

const input = { packageId: 'a'.repeat(64) };
const upgradeFrame = { cmd: 'upgrade', vmc_no: 7, dir: packageDir };
const given = (line?: number): Controlled =>
  controlled(linux).offering({ version: '1.1', field: 'version' }).holdsDisk().gives('upgrade', input, line);

describe('before it is on disk', () => {
  it('nothing is written', () => {
    given().shows('sent').records().sends(upgradeFrame).shows('sent').records();
  });

  it('a command that does not continue is written at once', () => {
    controlled(linux).holdsDisk().reboots().shows('sent');
  });

  it('a cancelled command is never written', () => {
    given().takesBack().shows('cancelled', 'cancelled').records();
  });

  it('if its machine disconnects, it waits and is written once after the reconnect', () => {
    given()
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .records()
      .shows('queued')
      .connects()
      .rests()
      .shows('sent')
      .records()
      .sends(upgradeFrame)
      .shows('sent')
      .records();
  });

  it('a failing disk holds back the command of a run, but not one of the user', () => {
    given().records(false).sends(upgradeFrame).shows('sent').records();
    const run = given(5).records(false).shows('queued').rests().records(false).shows('queued');
    run.rests().records().sends(upgradeFrame).shows('sent').records();
    expect(run.command().line).toBe(5);
  });
});

it('a command of a run does not wait for a machine that disconnects before the send: the run waits', () => {
  const run = given(5).hangsUp().shows('sent', 'connectionClosed').records().shows('queued');
  run.after(1_000).shows('expired', 'notSent').connects().rests();
  const person = given().hangsUp().shows('sent', 'connectionClosed').records().shows('queued');
  person
    .after(1_000)
    .shows('queued')
    .connects()
    .rests()
    .shows('sent')
    .records()
    .sends(upgradeFrame)
    .shows('sent')
    .records();
});

describe('after a kill', () => {
  it('a command recorded as sent but not sent is reported as such and never written again', () => {
    const book = given().restarts().shows('sent', 'sentPerhaps').records().rests();
    book.hangsUp().shows('sent', 'connectionClosed').connects().shows('sent', 'versionSame');
    book.rests().restarts().rests().shows('sent');
  });

  it('such a command is proved as if it had been sent', () => {
    given()
      .restarts()
      .shows('sent', 'sentPerhaps')
      .fetches('package', { complete: true, sent: 100 })
      .shows('sent', 'downloadBegan', 'downloadEnded')
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .connects({ ...linux, version: '1.1' })
      .shows('confirmed', 'versionConfirmed');
  });

  it('such a command expires like any other, without the remark that a part was sent', () => {
    given().restarts().shows('sent', 'sentPerhaps').after(3_600_000).shows('expired', 'noProof');
    given().restarts().shows('sent', 'sentPerhaps').takesBack().shows('expired', 'stoppedWaiting');
  });

  it('a command that was sent is watched, and not reported as possibly sent', () => {
    given().records().sends(upgradeFrame).shows('sent').records().restarts().rests().shows('sent');
  });

  it('a waiting command of the user is sent at the next login; one of a run gets its turn from the run', () => {
    const waiting = (line?: number, isCopy = false): Controlled =>
      controlled(linux)
        .offering({ version: '1.1', field: 'version' })
        .hangsUp()
        .gives('upgrade', input, line)
        .shows('queued', 'queued')
        .restarts(isCopy);
    waiting().connects().rests().sends(upgradeFrame).shows('sent');
    waiting(5).shows('expired', 'cremaClosed').connects().rests();
    // If the data folder is a copy, another Crema sends it.
    waiting(undefined, true).shows('expired', 'cremaClosed').connects().rests();
  });
});
