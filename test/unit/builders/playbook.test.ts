/** A playbook fails when something was done that it did not assert. */
import { describe, expect, it } from 'vitest';
import { playbook } from '../../builders/playbook';

const hb = { cmd: 'hb', vmc_no: 33232 };

describe('a playbook', () => {
  it('fails at the next step', () => {
    const play = playbook().receives(hb);
    const next = (): unknown => play.receives(hb);
    expect(next).toThrow(/did what was not asserted/);
    play.claims(33232);
    expect(next).toThrow(/did what was not asserted/);
    play.finds('login.missing');
    expect(next).toThrow(/did what was not asserted/);
    play.answers(hb).hangsUp();
  });
  it.fails('fails at the end of the test over an answer', () => {
    playbook().receives(hb).claims(33232).finds('login.missing');
  });
  it.fails('fails at the end of the test over a claim', () => {
    playbook().receives(hb).finds('login.missing').answers(hb);
  });
  it.fails('fails at the end of the test over a finding', () => {
    playbook().receives(hb).claims(33232).answers(hb);
  });
  it.fails('fails at the end of the test over a record', () => {
    playbook().receivesBytes(new Uint8Array(100)).quiet().finds('junk.noFrame');
  });
  it.fails('fails at the end of the test over a close', () => {
    playbook().ends('byPerson');
  });
  it.fails('fails where an answer has another member', () => {
    playbook()
      .receives(hb)
      .claims(33232)
      .finds('login.missing')
      .answers({ ...hb, ret: 0 });
  });
});
