/** A command that goes on in the next run of Crema is on disk as sent before it is sent: a kill at any moment leads to no second one. */
import { describe, expect, it } from 'vitest';
import { controlled, linux, packageDir, type Controlled } from '../../../../builders/controlled';

const input = { packageId: 'a'.repeat(64) };
const told = { cmd: 'upgrade', vmc_no: 7, dir: packageDir };
const given = (line?: number): Controlled =>
  controlled(linux).offering({ version: '1.1', field: 'version' }).holdsDisk().gives('upgrade', input, line);

describe('before it is on disk', () => {
  it('nothing is written', () => {
    given().shows('sent').records().sends(told).shows('sent').records();
  });

  it('a command that does not go on is written at once', () => {
    controlled(linux).holdsDisk().reboots().shows('sent');
  });

  it('taken back, it is never written', () => {
    given().takesBack().shows('cancelled', 'cancelled').records();
  });

  it('its machine may go: it waits, and is written once when that is back', () => {
    given()
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .records()
      .shows('queued')
      .connects()
      .rests()
      .shows('sent')
      .records()
      .sends(told)
      .shows('sent')
      .records();
  });

  it('a disk that refuses keeps a run’s command from being sent, and no person’s', () => {
    given().records(false).sends(told).shows('sent').records();
    const run = given(5).records(false).shows('queued').rests().records(false).shows('queued');
    run.rests().records().sends(told).shows('sent').records();
    expect(run.command().line).toBe(5);
  });
});

it('a run’s command whose machine goes before it is sent does not wait for it: the run does', () => {
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
    .sends(told)
    .shows('sent')
    .records();
});

describe('after a kill', () => {
  it('what is on disk as sent, and was not, is told as that and never written again', () => {
    const book = given().restarts().shows('sent', 'sentPerhaps').records().rests();
    book.hangsUp().shows('sent', 'connectionClosed').connects().shows('sent', 'versionSame');
    book.rests().restarts().rests().shows('sent');
  });

  it('… is proved as if it had been', () => {
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

  it('… expires as any other, and nobody has to say that some of it was sent', () => {
    given().restarts().shows('sent', 'sentPerhaps').after(3_600_000).shows('expired', 'noProof');
    given().restarts().shows('sent', 'sentPerhaps').takesBack().shows('expired', 'stoppedWaiting');
  });

  it('what was sent is watched, and not told as perhaps', () => {
    given().records().sends(told).shows('sent').records().restarts().rests().shows('sent');
  });

  it('a person’s that waits is sent when its machine comes; a run’s gets its turn from the run', () => {
    const waiting = (line?: number, isCopy = false): Controlled =>
      controlled(linux)
        .offering({ version: '1.1', field: 'version' })
        .hangsUp()
        .gives('upgrade', input, line)
        .shows('queued', 'queued')
        .restarts(isCopy);
    waiting().connects().rests().sends(told).shows('sent');
    waiting(5).shows('expired', 'cremaClosed').connects().rests();
    // On a copy of the data folder, another Crema sends it.
    waiting(undefined, true).shows('expired', 'cremaClosed').connects().rests();
  });
});
