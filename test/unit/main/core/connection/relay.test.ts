/** Answers that rules give in a server's place, and their conditions. */
import { describe, expect, it } from 'vitest';
import { qrcode } from '#shared/messages/qrcode';
import { defaultMachineConfig } from '#shared/model/machine';
import { relay, type Ruling } from '../../../../../src/main/core/connection/relay';
import { frame } from '../../../../builders/frames';
import { Legs } from '../../../../builders/legs';

const vmc_no = 33_232;
const asks = frame({ ...qrcode.example, qr_type: 'all' });
const hb = frame({ cmd: 'hb', vmc_no });

const answering = (platform: 'linux' | 'android' | null, rules = { isOn: true }): Legs =>
  new Legs(
    relay({
      machine: () => null,
      config: () => ({ ...defaultMachineConfig, platform }),
      code: () => null,
      paymentTypes: () => ['wx_pub', 'alipay'],
      directLink: () => null,
      verification: () => 'unverifiable',
      rival: () => null,
      isRuled: () => rules.isOn,
      ruling: ({ message }): Ruling | null =>
        rules.isOn && message.body.cmd === 'qrcode' ? { type: 'answer', rule: 1, body: null } : null,
      followed: () => undefined,
      waived: () => undefined,
      mayHold: () => true,
      mayDelay: () => true,
    }),
  );

const sentAt = (legs: Legs): readonly number[] =>
  legs.entries.flatMap((entry) => (entry.kind === 'frame' && entry.dir === 'out' ? [entry.at] : []));

it('the number of a verified machine is not taken, and messages under it are passed on all the same', () => {
  const legs = new Legs(
    relay({
      machine: () => null,
      config: () => defaultMachineConfig,
      code: () => '12345678',
      paymentTypes: () => [],
      directLink: () => null,
      verification: () => 'verified',
      rival: () => ({ conn: 9, address: '192.168.1.77', isAlive: true }),
      isRuled: () => true,
      ruling: () => null,
      followed: () => undefined,
      waived: () => undefined,
      mayHold: () => true,
      mayDelay: () => true,
    }),
  ).receives('machine', hb);
  expect(legs.entries.filter(({ kind }) => kind === 'frame')).toMatchObject([
    { vmcNo: null, findings: [{ code: 'login.missing' }, { code: 'number.contested' }] },
  ]);
  expect(legs.told()).toContain('remark number.claimed on 9');
  expect(legs.effects.some(({ type }) => type === 'claim')).toBe(false);
  expect(legs.effects.some((effect) => effect.type === 'send' && effect.leg === 'server')).toBe(true);
});

describe('of several answers', () => {
  it.each([
    [null, 500],
    ['linux', 500],
    ['android', 1_000],
  ] as const)(
    'each is sent a pause after the previous one, as Crema’s own are: %s, %i ms',
    (platform, pause) => {
      const legs = answering(platform).receives('machine', asks);
      expect(sentAt(legs)).toEqual([0]);
      legs.after(pause - 1);
      expect(sentAt(legs)).toEqual([0]);
      legs.after(1);
      expect(sentAt(legs)).toEqual([0, pause]);
    },
  );

  it('none splits a frame that is being passed on: it is sent after that', () => {
    const rules = { isOn: true };
    const legs = answering(null, rules).passes('machine', asks);
    rules.isOn = false;
    legs.passes('server', hb.subarray(0, 20)).after(2_000);
    expect(sentAt(legs)).toEqual([0]);
    legs.passes('server', hb.subarray(20));
    expect(sentAt(legs)).toEqual([0, 2_000, 2_000]);
    expect(legs.entries.at(-1)).toMatchObject({ message: { body: { cmd: 'qrcode_r' } } });
  });
});
