/** Why a command is not possible, according to reports. Unknown facts do not block. */
import { describe, expect, it, test } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import { sharedReasons } from '#shared/commands/kit/possible';
import { hindranceOf } from '#shared/commands/kit/rows';
import type { JsonObject } from '#shared/model/json';
import { appErrorWords } from '../../../../../src/renderer/src/text/appErrorWords';
import { hindranceWords } from '../../../../../src/renderer/src/text/hindranceWords';
import { connection } from '../../../../builders/connection';
import { android, controlled, linux } from '../../../../builders/controlled';
import { wordsOf } from '../../../../builders/wordsOf';

const drink = { productId: 101, strength: 3, milk: 1, sugar: 0 };
const status = (word: string, more: JsonObject = {}) => ({ cmd: 'machinestatus', status: word, ...more });
const error = (code: string, more: JsonObject = {}) => ({
  cmd: 'error',
  error_code: code,
  isSet: true,
  is_fatal_error: true,
  is_persistence_error: false,
  ...more,
});
const supply = (amounts: JsonObject) => status('supply', { supply: amounts });

/** The obstacles for a machine after these reports. */
function hinders(
  login: JsonObject,
  reports: readonly JsonObject[],
  name: CommandName = 'makeDrink',
  input: JsonObject = {},
) {
  const machine = connection();
  machine.receives({ vmc_no: 7, ...login });
  for (const body of reports) machine.receives({ vmc_no: 7, ...body });
  const state = machine.world.fleet.machine(7);
  return hindranceOf(name, input, [], {
    machine: state,
    platform: state?.platform ?? null,
    packages: [],
    now: machine.world.now,
  });
}

describe('a drink is not offered', () => {
  it.each([
    ['with the door open', [status('dooropen')], 'doorOpen', {}],
    ['with a cup in place', [status('cupblock')], 'cupInPlace', {}],
    ['in fault', [error('ERROR:5300')], 'inFault', { error: 'ERROR:5300', code: 'ERROR:5300' }],
    [
      'with everything sold out',
      [error('ERROR:9998')],
      'inFault',
      { error: 'ERROR:9998', code: 'ERROR:9998' },
    ],
    ['without beans, by its sensor', [error('ERROR:5700')], 'inFault', { code: 'ERROR:5700' }],
    ['with an empty tank', [error('ERROR:5902')], 'inFault', { code: 'ERROR:5902' }],
    ['with an empty bucket', [error('ERROR:5900')], 'inFault', { code: 'ERROR:5900' }],
    ['without water', [supply({ 10007: '0', 10009: '20' })], 'suppliesGone', { material: '10007' }],
    ['without beans', [supply({ 10007: '9', 10009: '0' })], 'suppliesGone', { material: '10009' }],
  ] as const)('%s', (_, reports, why, params) => {
    for (const login of [linux, android]) {
      const found = hinders(login, reports);
      expect(found).toMatchObject({ why, params });
      expect(found?.seen?.entry).toEqual(expect.any(Number));
    }
  });

  it.each([
    ['nothing reported', []],
    ['door closed again', [status('dooropen'), status('doorclose')]],
    ['a completed drink', [status('cupblock'), { cmd: 'productdone', isok: true, order_no: '1' }]],
    ['a warning', [error('WARNING:10009', { is_fatal_error: false })]],
    ['a failing part', [error('ERROR:6D00', { is_fatal_error: false })]],
    ['a material that only some drinks need', [supply({ 10006: '0', 10007: '9' })]],
    ['low beans', [error('WARNING:10009', { is_fatal_error: false }), supply({ 10009: '1' })]],
    ['a wrong count', [supply({ 10007: '-5' })]],
    ['an amount that is not a measurement', [supply({ 10007: '9999' })]],
    ['an unreadable amount', [supply({ 10007: 'none' })]],
  ] as const)('but with %s', (_, reports) => {
    for (const login of [linux, android]) expect(hinders(login, reports)).toBeNull();
  });

  it('but with a warning that android marks as fatal, like everything', () => {
    expect(hinders(android, [error('WARNING:10009')])).toBeNull();
  });

  it('nor by facts about an offline machine', () => {
    const machine = connection();
    machine.receives(linux);
    machine.receives({ vmc_no: 7, ...status('dooropen') });
    machine.hangsUp();
    const state = machine.world.fleet.machine(7);
    expect(
      hindranceOf('makeDrink', {}, [], { machine: state, platform: 'linux', packages: [], now: 0 }),
    ).toBeNull();
  });

  it('nor by the door of an earlier connection on linux; android reports the door again', () => {
    const after = (login: JsonObject, platform: 'linux' | 'android', ...reports: readonly JsonObject[]) => {
      const first = connection();
      first.receives(login);
      first.receives({ vmc_no: 7, ...status('dooropen') });
      first.hangsUp();
      first.world.now += 5_000;
      const second = connection({}, first.world);
      second.receives({ ...login, login_count: 5 });
      for (const body of reports) second.receives({ vmc_no: 7, ...body });
      const machine = first.world.fleet.machine(7);
      return hindranceOf('rinse', {}, [], { machine, platform, packages: [], now: 0 })?.why ?? null;
    };
    expect(after(linux, 'linux')).toBeNull();
    expect(after(linux, 'linux', status('dooropen'))).toBe('doorOpen');
    expect(after(android, 'android')).toBe('doorOpen');
    expect(after(android, 'android', status('doorclose'))).toBeNull();
  });

  it.each([
    ['linux', linux, 'EC_2', false],
    ['linux', linux, 'EC_2', true],
    ['android', android, 'ERROR:5300', false],
  ] as const)('%s, in fault, although its link dropped since: %s %s', (platform, login, code, persistent) => {
    const first = connection();
    first.receives(login);
    first.receives({ vmc_no: 7, ...error(code, { is_persistence_error: persistent }) });
    first.hangsUp();
    first.world.now += 5_000;
    connection({}, first.world).receives(platform === 'android' ? { ...login, login_count: 5 } : login);
    const machine = first.world.fleet.machine(7);
    expect(hindranceOf('makeDrink', {}, [], { machine, platform, packages: [], now: 0 })).toMatchObject({
      why: persistent ? 'inFault' : 'inFaultUnconfirmed',
      params: { code },
    });
  });
});

describe('with reported consumption of a drink', () => {
  const made = (orderNo: string, productId: number, recipe: JsonObject): readonly JsonObject[] => [
    { cmd: 'productdone', ProductId: productId, isok: true, order_no: orderNo },
    { cmd: 'upordrecipe', order_no: orderNo, recipe },
  ];
  const chocolate = made('1', 101, { 10007: '150.00', 10006: '18.00' });
  const espresso = made('2', 102, { 10007: '40.00', 10009: '8.50' });
  const of = (productId: number, reports: readonly JsonObject[], sugar = 0) =>
    hinders(android, reports, 'makeDrink', { productId, strength: 3, milk: 0, sugar })?.params ?? null;

  it.each([
    ['its own powder', { 10006: '0' }, { material: '10006' }, null],
    ['beans', { 10009: '0' }, null, { material: '10009' }],
    ['water', { 10007: '0', 10009: '0' }, { material: '10007' }, { material: '10007' }],
    ['nothing', { 10006: '9999', 10009: '-3' }, null, null],
  ] as const)('without %s', (_, amounts, cocoa, coffee) => {
    const reports = [...chocolate, ...espresso, supply(amounts)];
    expect([of(101, reports), of(102, reports)]).toEqual([cocoa, coffee]);
  });

  it('the newest report counts; an unknown drink is assumed to need water and beans', () => {
    const reports = [...espresso, ...made('3', 102, { 10007: '1' }), supply({ 10009: '0' })];
    expect([of(102, reports), of(103, reports)]).toEqual([null, { material: '10009' }]);
  });

  it('the button stays if some drink needs no beans', () => {
    const reports = [supply({ 10009: '0' })];
    expect(hinders(android, [...espresso, ...reports])?.params).toEqual({ material: '10009' });
    expect(hinders(android, [...espresso, ...chocolate, ...reports])).toBeNull();
  });

  it('sugar is missing only if requested', () => {
    const reports = [...espresso, supply({ 10016: '0' })];
    expect([of(103, reports), of(103, reports, 1), of(102, reports, 3)]).toEqual([
      null,
      { material: '10016' },
      null,
    ]);
  });
});

it('a rinse has the same obstacles, but needs no supplies', () => {
  expect(hinders(linux, [status('dooropen')], 'rinse')?.why).toBe('doorOpen');
  expect(hinders(linux, [status('cupblock')], 'rinse')?.why).toBe('cupInPlace');
  expect(hinders(linux, [error('ERROR:5300')], 'rinse')?.why).toBe('inFault');
  expect(hinders(linux, [supply({ 10007: '0' })], 'rinse')).toBeNull();
});

it('a possible command is never blocked, whatever the reports', () => {
  const reports = [status('dooropen'), status('cupblock'), error('ERROR:5300')];
  for (const name of ['openDoor', 'reboot', 'setPrices', 'queryStatus', 'payResult'] as const)
    expect(hinders(linux, reports, name)).toBeNull();
});

test('the queue refuses it with the reason, and accepts it afterwards', () => {
  controlled(linux)
    .receives(status('dooropen'))
    .refuses('makeDrink', drink, {
      code: 'commandNotPossible',
      params: { name: 'makeDrink', why: 'doorOpen' },
    })
    .receives(status('doorclose'))
    .receives(error('ERROR:5300'))
    .answers('error_r')
    .refuses('makeDrink', drink, {
      code: 'commandNotPossible',
      params: { name: 'makeDrink', why: 'inFault', error: 'ERROR:5300', code: 'ERROR:5300' },
    })
    .receives(status('clearerror'))
    .rests()
    .gives('makeDrink', drink)
    .sends({
      cmd: 'products',
      vmc_no: 7,
      order_no: expect.any(String) as string,
      product_id: 101,
      fastcode: 310,
      paydone: true,
      paytype: 'fastcode',
    });
});

test('an offline machine gets the command when it connects, whatever was known', () => {
  controlled(linux)
    .receives(status('dooropen'))
    .hangsUp()
    .gives('rinse')
    .shows('queued', 'queued')
    .connects()
    .rests()
    .sends({ cmd: 'rinsing', vmc_no: 7 })
    .shows('unconfirmable', 'cannotProve');
});

describe.each(['en', 'zh-CN'] as const)('%s', (language) => {
  const words = wordsOf(language);
  const params = { platform: 'linux', error: 'ERROR:5300', code: 'ERROR:5300', material: '10007' };

  it('has a sentence for each reason', () => {
    const texts = sharedReasons.map((why) => hindranceWords(words, 'makeDrink', { why, params }));
    expect(new Set(texts).size).toBe(sharedReasons.length);
    expect(texts.filter((text) => text.includes('{{') || text.includes('commandHindrance'))).toEqual([]);
    // A row's own reason.
    expect(hindranceWords(words, 'refill', { why: 'notCounted', params })).not.toContain('notNow');
  });

  it('claims no fault that was not confirmed since the reconnect', () => {
    const [sure, unconfirmed] = (['inFault', 'inFaultUnconfirmed'] as const).map((why) =>
      hindranceWords(words, 'makeDrink', { why, params }),
    );
    const claim = { en: 'Critical', 'zh-CN': '严重故障' }[language];
    expect(sure).toContain(claim);
    expect(unconfirmed).not.toContain(claim);
    expect(unconfirmed).toContain({ en: 'not since', 'zh-CN': '没有再报' }[language]);
  });

  it('has the same text for a refusal', () => {
    const refused = {
      code: 'commandNotPossible',
      params: { name: 'makeDrink', why: 'inFault', ...params },
    } as const;
    expect(appErrorWords(words, refused)).toBe(
      hindranceWords(words, 'makeDrink', { why: 'inFault', params }),
    );
    expect(appErrorWords(words, refused)).toContain('ERROR:5300');
  });
});
