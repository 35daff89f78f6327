/** What a person writes to a machine by hand: templates, remarks, and what it may do. */
import { describe, expect, it } from 'vitest';
import { checkBody } from '#shared/catalog/checkBody';
import { commandNames } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import { messages } from '#shared/catalog/messages';
import { riskOf } from '#shared/catalog/sendRisk';
import { templates } from '#shared/catalog/templates';

const now = new Date(2026, 10, 24, 9, 5, 3);
const platforms = ['linux', 'android', null] as const;
const all = platforms.flatMap((platform) => templates(33232, platform, now));

describe('templates', () => {
  it('there is one for every message of ours', () => {
    const ours = messages.filter(({ dirs }) => dirs.includes('out')).map(({ names }) => names[0]);
    const known = new Set(all.map(({ cmd }) => cmd));
    expect(ours.filter((cmd) => !known.has(cmd))).toEqual([]);
  });

  it('each has a name of its own, and the catalogue has nothing to say against it', () => {
    for (const platform of platforms) {
      const some = templates(33232, platform, now);
      expect(new Set(some.map(({ id }) => id)).size).toBe(some.length);
      for (const { body } of some) expect(checkBody(JSON.stringify(body), 33232)).toEqual([]);
    }
  });

  it('follow the platform', () => {
    const cmds = (platform: 'linux' | 'android'): readonly string[] =>
      templates(1, platform, now).map(({ id }) => id);
    expect(cmds('linux')).toContain('door open');
    expect(cmds('linux').some((id) => id.startsWith('remote'))).toBe(false);
    expect(cmds('android')).toContain('remote opendoor');
    expect(cmds('android')).not.toContain('reboot');
  });

  it('a login is answered with the time of this computer', () => {
    expect(all.find(({ cmd }) => cmd === 'login_r')?.body['date_time']).toBe('2026-11-24 09:05:03');
  });
});

describe('what sending it may do', () => {
  const context = { vmcNo: 1, sessionId: '1', upgradeDir: 'http://h/', upgradeType: 'app' } as const;

  it.each(commandNames)('the wire form of %s is as risky as the command', (name) => {
    const { examples, risk, wire } = rowOf(name);
    for (const platform of platforms) {
      const written = examples.flatMap((input) => wire(input, { ...context, platform }));
      expect(written.length).toBeGreaterThan(0);
      for (const message of written) expect(riskOf(JSON.stringify(message))).toEqual({ risk, command: name });
    }
  });

  it.each([
    ['{"cmd":" REBOOT "}', 'restarts'],
    ['{"cmd":"hb"}', 'none'],
    ['{"cmd":"login_r","ret":0}', 'none'],
    ['{"cmd":"login_r","ret":"0","date_time":"2026-11-24 09:05:03"}', 'none'],
    ['{"cmd":"login_r","ret":2}', 'refuses'],
    ['{"cmd":"LOGIN_R","ret":"1"}', 'refuses'],
    ['{"cmd":"login_r"}', 'refuses'],
    ['{"cmd":"login_r","Ret":1,"ret":0}', 'refuses'],
    ['{"cmd":"login_r","ret":0,"carrier_code":"7"}', 'stores'],
    ['{"cmd":"login_r","ret":0,"Server_List":"198.51.100.1:9700"}', 'stores'],
    ['{"cmd":"checkorder_r","paydone":false}', 'none'],
    ['{"cmd":"checkorder_r","paydone":true}', 'pays'],
    ['{"cmd":"checkorder_r","paydone":"true"}', 'pays'],
  ])('%s', (text, risk) => {
    expect(riskOf(text)?.risk).toBe(risk);
  });

  it.each([
    '',
    'hello',
    '[]',
    '{"vmc_no":1}',
    '{"cmd":5}',
    '{"cmd":"format"}',
    '{"cmd":"constructor"}',
    '{"cmd":"sync"}',
    '{"cmd":"sync"}x',
    '{"cmd":"machinestatus"}',
    '{"cmd":"remote"}',
    '{"cmd":"remote","operation":"statusquery"}',
    '{"cmd":"reboot","cmd":"hb"}',
    '{"cmd":"hb",}',
  ])('nobody can tell of %s', (text) => {
    expect(riskOf(text)).toBeNull();
  });
});

describe('remarks on a body', () => {
  const codes = (text: string): readonly string[] =>
    checkBody(text, 33232).map((hint) => ('field' in hint ? `${hint.code} ${hint.field}` : hint.code));

  it.each([
    ['{"cmd":"hb","vmc_no":33232}', []],
    ['{"cmd":"hb","vmc_no":"33232"}', []],
    ['{"cmd":"hb"', ['notJson']],
    ['["hb"]', ['notJson']],
    ['{"vmc_no":33232}', ['noCmd']],
    ['{"cmd":"format","vmc_no":33232}', ['cmdUnknown']],
    ['{"cmd":"productdone_r","vmc_no":33232,"order_no":"1","isOk":true,"x":1}', ['fieldUnknown x']],
    ['{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}', ['fromMachine']],
    ['{"cmd":"reboot","vmc_no":5}', ['otherMachine']],
    ['{"cmd":"discount","vmc_no":33232,"discount":"half"}', ['wrongType discount']],
    ['{"cmd":"discount","vmc_no":33232}', ['fieldMissing discount']],
    ['{"cmd":"priceset","vmc_no":33232,"price":{}}', ['wrongType price']],
    ['{"cmd":"remote","vmc_no":33232}', ['fieldMissing operation']],
    ['{"cmd":"remote","vmc_no":33232,"operation":"dance"}', ['valueUnknown operation']],
    ['{"cmd":"discount","vmc_no":33232,"discount":5000}', ['outOfRange discount']],
    ['{"cmd":"discount","vmc_no":33232,"discount":0}', ['outOfRange discount']],
    ['{"cmd":"discount","vmc_no":33232,"discount":1}', []],
    ['{"cmd":"discount","vmc_no":33232,"discount":"100"}', []],
    [
      '{"cmd":"login_r","vmc_no":33232,"date_time":"24.11.2026","ret":4}',
      ['wrongForm date_time', 'outOfRange ret'],
    ],
    ['{"cmd":"upgrade","vmc_no":33232,"dir":"update.zip"}', ['wrongForm dir']],
    ['{"cmd":"upgrade","vmc_no":33232,"dir":"http://192.168.1.200:12345/update "}', []],
  ])('%s', (text, wanted) => {
    expect(codes(text)).toEqual(wanted);
  });

  it.each([
    [[['801', 1000, 0]], []],
    [[[100, 0, 3]], []],
    [[], ['listEmpty price']],
    [[['a']], ['wrongRow price[0]']],
    [
      [801, 1000, 0],
      ['wrongRow price[0]', 'wrongRow price[1]', 'wrongRow price[2]'],
    ],
    [
      [
        [801, 1000, 0],
        [801, 1000],
      ],
      ['wrongRow price[1]'],
    ],
    [[[801, 1000, 0, 0]], ['wrongRow price[0]']],
    [[[99, -1, 4]], ['outOfRange price[0][0]', 'outOfRange price[0][1]', 'outOfRange price[0][2]']],
    [[[801, 9.5, 'x']], ['wrongType price[0][1]', 'wrongType price[0][2]']],
    [
      [801, [99, 0, 0]],
      ['wrongRow price[0]', 'outOfRange price[1][0]'],
    ],
  ])('the price list %j', (price, wanted) => {
    expect(codes(JSON.stringify({ cmd: 'priceset', vmc_no: 33232, price }))).toEqual(wanted);
  });

  it('of a long list only the first remarks', () => {
    const price = Array.from({ length: 300 }, (_, n) => n);
    expect(codes(JSON.stringify({ cmd: 'priceset', vmc_no: 33232, price }))).toHaveLength(5);
  });

  it.each([
    [222, []],
    ['022', []],
    [0, []],
    [555, []],
    ['999', ['wrongForm fastcode']],
    [226, ['wrongForm fastcode']],
    [-1, ['wrongForm fastcode']],
    [2222, ['wrongForm fastcode']],
  ])('the fastcode %j', (fastcode, wanted) => {
    const drink = { vmc_no: 33232, product_id: 801, paydone: true, paytype: 'fastcode', fastcode };
    expect(codes(JSON.stringify({ cmd: 'products', ...drink }))).toEqual(wanted);
    const wrapped = { cmd: 'remote', operation: 'products', session_id: '1', ...drink };
    expect(codes(JSON.stringify(wrapped))).toEqual(wanted);
  });

  it('says the limits, and the places of a row', () => {
    const of = (body: object): unknown => checkBody(JSON.stringify({ vmc_no: 33232, ...body }), 33232)[0];
    expect(of({ cmd: 'discount', discount: 101 })).toMatchObject({ min: 1, max: 100 });
    expect(of({ cmd: 'priceset', price: [[7, 1, 1]] })).toMatchObject({ min: 100, max: null });
    expect(of({ cmd: 'priceset', price: [[]] })).toMatchObject({
      places: ['productId', 'price', 'priceType'],
    });
    expect(of({ cmd: 'upgrade', type: 'rom', dir: 'http://h/' })).toMatchObject({ field: 'type' });
  });

  it.each([['{"cmd":"hb","vmc_no":"x"}', ['wrongType vmc_no']]])('%s', (text, wanted) => {
    expect(codes(text)).toEqual(wanted);
  });
});
