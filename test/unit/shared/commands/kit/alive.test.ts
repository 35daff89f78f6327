/** Whether a machine was heard shortly before its answer, also when this computer's clock was set meanwhile. */
import { describe, expect, it } from 'vitest';
import { isSpeaking } from '#shared/commands/kit/alive';
import type { About } from '#shared/commands/kit/verdict';
import type { MachineState } from '#shared/model/machine';
import { command, machineState } from '../../../../builders/rows';

const second = 1_000;
const day = 86_400 * second;

/** Heard 3 s before the clock was set; the answer comes `later` ms after that. */
function answered(code: 'link.clockForward' | 'link.clockBack', later: number): About<unknown> {
  const heard = 10 * day;
  const last = heard + 3 * second + (code === 'link.clockForward' ? 2 * day : -2 * day);
  const before: MachineState = {
    ...machineState(7),
    lastHeard: heard,
    findings: { [code]: { times: 1, last, entry: 5, params: { ms: 2 * day } } },
  };
  const given = command(1, { platform: 'linux' });
  const about = { input: {}, conn: 1, sequence: null, running: [] };
  return { ...about, command: given, facts: { heardBefore: heard }, at: last + later, before };
}

describe.each(['link.clockForward', 'link.clockBack'] as const)('after %s', (code) => {
  it('the answer of a machine that speaks counts', () => {
    expect(isSpeaking(answered(code, second))).toBe(true);
  });

  it('an answer after a long silence does not: a dead link may have held it', () => {
    expect(isSpeaking(answered(code, 120 * second))).toBe(false);
  });
});

it('after two steps back, or one that is not recorded yet, no answer counts: the silence is unknown', () => {
  const once = answered('link.clockBack', 10 * second);
  expect(isSpeaking({ ...once, at: once.at - day })).toBe(false);
  const unrecorded = once.before === null ? null : { ...once.before, findings: {} };
  expect(isSpeaking({ ...once, before: unrecorded })).toBe(false);
});
