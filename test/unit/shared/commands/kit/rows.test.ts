/** The functions of the rows: duplicates, retries, hindrances, and the owner of a message. */
import { describe, expect, it } from 'vitest';
import { commandNames } from '#shared/commands/index';
import { fieldsOf } from '#shared/commands/kit/fields';
import { hindrance } from '#shared/commands/kit/possible';
import {
  againInput,
  commandOf,
  hindranceOf,
  restartsMachine,
  retryOf,
  riskOn,
  rowOf,
  wasReplaced,
} from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import { command, upgrade } from '../../../../builders/rows';

const step = (what: Command['steps'][number]['what']) => ({ what, at: 1, entry: null, params: {} });
const nothing = { machine: null, platform: null, packages: [], now: 0 };
const running = hindrance('alreadyRunning');
const queued = hindrance('alreadyQueued');

describe('messages', () => {
  it('no two commands have the same message', () => {
    for (const platform of ['linux', 'android'] as const) {
      const ids = commandNames.flatMap((name) => rowOf(name).messages[platform]);
      expect(new Set(ids).size).toBe(ids.length);
      for (const name of commandNames)
        expect(rowOf(name).messages[platform].length > 0).toBe(rowOf(name).has[platform]);
    }
  });

  it.each([
    [{ cmd: 'reboot' }, 'reboot', true],
    [{ cmd: 'remote', operation: 'reboot' }, 'reboot', true],
    [{ cmd: 'priceset' }, 'setPrices', true],
    [{ cmd: 'discount' }, 'setDiscount', true],
    [{ cmd: 'upgrade' }, 'upgrade', true],
    [{ cmd: 'remote', operation: 'opendoor' }, 'openDoor', false],
    [{ cmd: 'remote', operation: 'door open' }, null, false],
    [{ cmd: 'remote' }, null, false],
    [{ cmd: 'sync' }, null, false],
    [{ cmd: 'remote', operation: 'priceset' }, null, false],
    [{ cmd: 'checkorder_r', paydone: true }, null, false],
    [{ cmd: 'constructor' }, null, false],
    [{}, null, false],
  ] as const)('%j is %s', (body, name, restarts) => {
    expect(commandOf(body)).toBe(name);
    expect(restartsMachine(body)).toBe(restarts);
  });

  it('belong to another platform or not', () => {
    expect(commandOf({ cmd: 'reboot' }, 'linux')).toBe('reboot');
    expect(commandOf({ cmd: 'reboot' }, 'android')).toBe('restartPart');
    expect(commandOf({ cmd: 'remote', operation: 'reboot' }, 'linux')).toBeNull();
  });
});

describe('rows', () => {
  it.each(commandNames)('%s accepts its own examples, and renders a form for its input', (name) => {
    const { input, examples, fields } = rowOf(name);
    for (const example of examples) expect(input.safeParse(example).success).toBe(true);
    expect(fields).toEqual(fieldsOf(input));
  });

  it.each([
    ['openDoor', 'opens'],
    ['makeDrink', 'dispenses'],
    ['rinse', 'dispenses'],
    ['reboot', 'restarts'],
    ['upgrade', 'restarts'],
    ['setPrices', 'restarts'],
    ['setDiscount', 'restarts'],
    ['payResult', 'pays'],
    ['answerQr', 'none'],
    ['queryStatus', 'none'],
    ['sync', 'reconnects'],
    ['restartPart', 'restartsPart'],
    ['refill', 'restocks'],
    ['lockProducts', 'relists'],
    ['unlockProducts', 'relists'],
    ['querySupplies', 'none'],
  ] as const)('the risk of %s: %s', (name, risk) => {
    expect(riskOn(name, null)).toBe(risk);
  });

  it.each(['setPrices', 'setDiscount'] as const)('%s restarts a linux machine only', (name) => {
    expect(riskOn(name, 'linux')).toBe('restarts');
    expect(riskOn(name, 'android')).toBe('reprices');
    const cmd = name === 'setPrices' ? 'priceset' : 'discount';
    expect([restartsMachine({ cmd }, 'linux'), restartsMachine({ cmd }, 'android')]).toEqual([true, false]);
  });
});

describe('the alternative command', () => {
  const sent = command(1, {
    name: 'openDoor',
    input: { spelling: 'opendoor' },
    state: 'sent',
    sentAt: 5,
    platform: 'linux',
  });
  it('is the other spelling of the door command, if it may help', () => {
    expect(retryOf(sent)).toEqual({ after: 15_000, input: { spelling: 'door open' } });
    expect(retryOf({ ...sent, state: 'expired', platform: null })?.input).toEqual({ spelling: 'door open' });
    expect(retryOf({ ...sent, input: { spelling: 'door open' } })?.input).toEqual({ spelling: 'opendoor' });
  });
  it.each([
    { platform: 'android' },
    { name: 'reboot' },
    { state: 'confirmed' },
    { state: 'expired', sentAt: null },
    { state: 'expired', steps: [step('otherSpelling')] },
  ] as const)('not with %j', (over) => {
    expect(retryOf({ ...sent, ...over })).toBeNull();
  });
});

describe('a replaced command', () => {
  it('has this as its last step, and only when it is over', () => {
    const prices = command(1, {
      name: 'setPrices',
      state: 'expired',
      steps: [step('sent'), step('replaced')],
    });
    expect(wasReplaced(prices)).toBe(true);
    expect(wasReplaced({ ...prices, steps: [step('sent'), step('noProof')] })).toBe(false);
    expect(wasReplaced({ ...prices, state: 'sent' })).toBe(false);
    const door = command(2, { name: 'openDoor', state: 'expired', steps: [step('otherSpelling')] });
    expect(wasReplaced(door)).toBe(true);
  });
});

describe('a hindrance of a command', () => {
  it('is the same command running, unless the new one would replace it', () => {
    const reboot = command(1, { name: 'reboot', state: 'sent' });
    expect(hindranceOf('reboot', {}, [reboot], nothing)).toEqual(running);
    expect(hindranceOf('reboot', {}, [{ ...reboot, state: 'confirmed' }], nothing)).toBeNull();
    expect(hindranceOf('rinse', {}, [reboot], nothing)).toBeNull();
    const prices = command(2, { name: 'setPrices', state: 'sent' });
    expect(hindranceOf('setPrices', {}, [prices], nothing)).toBeNull();
    expect(hindranceOf('setPrices', {}, [{ ...prices, state: 'queued' }], nothing)).toEqual(queued);
    const door = command(3, { name: 'openDoor', state: 'sent', input: { spelling: 'opendoor' } });
    expect(hindranceOf('openDoor', { spelling: 'opendoor' }, [door], nothing)).toEqual(running);
    // The form is not complete yet.
    expect(hindranceOf('openDoor', {}, [door], nothing)).toEqual(running);
    expect(hindranceOf('openDoor', { spelling: 'door open' }, [door], nothing)).toBeNull();
  });

  it('is an unfinished upgrade, and not a library without packages: the person may choose a file', () => {
    expect(hindranceOf('upgrade', {}, [], nothing)).toBeNull();
    expect(hindranceOf('upgrade', {}, [upgrade(1, { state: 'sent' })], nothing)).toEqual(running);
  });
});

describe('sending again', () => {
  it('uses the given input, without members added by main', () => {
    expect(
      againInput(command(1, { name: 'setDiscount', input: { percent: 80, percentBefore: 100 } })),
    ).toEqual({ percent: 80 });
  });
  it.each(commandNames)('rejects an input of another version: %s', (name) => {
    const strange = { percent: 'much', spelling: 'sesame', productId: 'x', prices: 3 };
    const asksNothing = rowOf(name).fields?.length === 0;
    expect(againInput(command(1, { name, input: strange }))).toEqual(asksNothing ? {} : null);
  });
});

it('gives android a new session id, because android would execute the command again', () => {
  const to = {
    vmcNo: 7,
    platform: 'android',
    sessionId: 's1',
    upgradeDir: 'http://h/',
    upgradeType: 'app',
  } as const;
  for (const name of commandNames)
    for (const input of rowOf(name).examples) {
      const frames = rowOf(name).wire(input, to);
      expect([name, frames.filter((frame) => frame['session_id'] === 's1').length <= 1]).toEqual([
        name,
        true,
      ]);
    }
});
