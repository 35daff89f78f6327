/** A value known by its name alone gives only that name. */
import { describe, expect, it } from 'vitest';
import { checkBody } from '#shared/compose/checkBody';
import { commandsIn } from '#shared/compose/commandsIn';
import { riskOf } from '#shared/compose/sendRisk';
import { templates } from '#shared/compose/templates';
import { messageOf } from '#shared/messages/read';
import { repliesTo } from '../../../../src/main/core/connection/replies';

const vmc_no = 33_232;

it.each(['barcode', 'facepay'])('%s from a machine is known, and has no answer', (cmd) => {
  const json = { cmd, vmc_no };
  const { message, findings } = messageOf(json, 'in');
  if (message.from !== 'machine') throw new Error('no machine’s');
  expect([message.body, findings]).toEqual([{ cmd, vmcNo: vmc_no }, []]);
  const context = {
    vmcNo: vmc_no,
    profile: 'extended',
    machine: null,
    paymentTypes: [],
    ret: 0,
    now: 0,
  } as const;
  expect(repliesTo(message.body, { ...context, qrAnswers: 'auto', qrTemplate: '', json })).toEqual([]);
});

describe('a message of a server', () => {
  it.each([
    'url_r',
    'openminidoor',
    'bottommenu',
    'screensaver',
    'clearscreensaver',
    'passwords',
    'shutdown',
  ])('%s is known; its effect is unknown, and it is offered nowhere', (cmd) => {
    expect(messageOf({ cmd, vmc_no }, 'out')).toMatchObject({ message: { body: { cmd } }, findings: [] });
    const text = JSON.stringify({ cmd, vmc_no });
    expect(checkBody(text, vmc_no)).toEqual([]);
    for (const platform of [null, 'linux', 'android'] as const) {
      expect(riskOf(text, platform)).toBeNull();
      expect(templates(vmc_no, platform, new Date(0)).map((one) => one.cmd)).not.toContain(cmd);
    }
    expect(commandsIn(text)).toEqual([]);
  });

  it.each(['machinelock', 'machineunlock', 'opensmalldoor', 'launch'])('remote %s too', (operation) => {
    const text = JSON.stringify({ cmd: 'remote', operation, vmc_no });
    expect(checkBody(text, vmc_no)).toEqual([]);
    expect(riskOf(text, 'android')).toBeNull();
    expect(templates(vmc_no, 'android', new Date(0)).map((one) => one.body['operation'])).not.toContain(
      operation,
    );
  });
});
