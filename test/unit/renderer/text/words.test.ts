import { describe, expect, it } from 'vitest';
import { frameMeaning } from '../../../../src/renderer/src/text/frameWords';
import { statusSentence, statusWord } from '../../../../src/renderer/src/text/machineWords';
import { faultEnd, faultLength, faultState } from '../../../../src/renderer/src/text/faultWords';
import { fault, frame, row } from '../../../builders/rows';
import { i18n } from '../../../../src/renderer/src/text';
import { createWords } from '../../../../src/renderer/src/text/words';
import { wordsOf } from '../../../builders/wordsOf';

const en = wordsOf('en');
const zh = wordsOf('zh-CN');

it('counts hours to 24 in both languages, like the clocks of lists', () => {
  const at = new Date(2026, 11, 2, 21, 5, 9).getTime();
  expect([en.dateTime(at), zh.dateTime(at)]).toEqual(['Dec 2, 2026, 21:05:09', '2026年12月2日 21:05:09']);
});

describe('durations', () => {
  it.each([
    [-5, '0 s', '0秒'],
    [0, '0 s', '0秒'],
    [59_999, '59 s', '59秒'],
    [60_000, '1 min', '1分钟'],
    [80_000, '1 min 20 s', '1分20秒'],
    [599_000, '9 min 59 s', '9分59秒'],
    [725_000, '12 min', '12分钟'],
    [3_600_000, '1 h', '1小时'],
    [7_500_000, '2 h 5 min', '2小时5分'],
    [86_400_000, '1 d', '1天'],
    [100_000_000, '1 d 3 h', '1天3小时'],
    [2_000_000_000, '23 d', '23天'],
  ])('%i ms is %s, %s', (ms, english, chinese) => {
    expect(en.duration(ms)).toBe(english);
    expect(zh.duration(ms)).toBe(chinese);
  });

  it('ago', () => {
    expect(en.ago(0, 1_900)).toBe('just now');
    expect(en.ago(0, 12_000)).toBe('12 s ago');
    expect(zh.ago(0, 12_000)).toBe('12秒前');
    // A clock set back does not turn the past into the future.
    expect(en.ago(5_000, 0)).toBe('just now');
  });
});

it('composes a text once for each set of values; long ones and beyond the limit are not cached', () => {
  const translate = i18n.getFixedT('en');
  let put = 0;
  const counted = (...args: Parameters<typeof translate>) => {
    put += 1;
    return translate(...args);
  };
  const words = createWords(counted as typeof translate, 'en');
  put = 0;
  const texts = [12_000, 13_000, 12_000, 80_000, 80_000, 13_000].map(words.duration);
  expect(texts).toEqual(['12 s', '13 s', '12 s', '1 min 20 s', '1 min 20 s', '13 s']);
  expect(put).toBe(3);
  const long = 'x'.repeat(300);
  expect(words.t('time.s', { s: long })).toContain(long);
  expect(words.t('time.s', { s: long })).toContain(long);
  expect(put).toBe(5);
  // So many texts followed that the first is composed again, with the same result.
  for (let day = 10; day < 3_000; day += 1) words.duration(day * 86_400_000);
  put = 0;
  expect(words.duration(12_000)).toBe('12 s');
  expect(put).toBe(1);
});

describe('a name that every object has', () => {
  it.each(['toString', 'valueOf', 'hasOwnProperty', 'constructor', '__proto__'])(
    '%s is an ordinary text',
    (name) => {
      expect(en.finding({ code: 'cmd.unknown', params: { cmd: name } })).toContain(name);
      expect(en.finding({ code: 'field.invalid', params: { field: 'isSet', value: name } })).toContain(name);
      expect(en.finding({ code: 'json.lenient', params: { what: name, offset: 0, count: 1 } })).toContain(
        name,
      );
      expect(en.errorTitle(name)).toBe(en.errorTitle('EC_nobody'));
      expect(en.material(name)).toContain(name);
      expect(en.command(name)).toBeNull();
      expect(frameMeaning(en, frame(1, { cmd: name, text: `{"cmd":"${name}"}` }))).toBeNull();
    },
  );
});

describe('amounts', () => {
  it('money is yuan, never fen', () => {
    expect(en.yuan(1_250)).toBe('¥12.50');
    expect(en.yuan(-5)).toBe('-¥0.05');
    expect(zh.yuan(1_000)).toBe('10.00元');
  });

  it('amounts of a machine are in its currency, symbols before the number and codes after it', () => {
    const own = { 7: 'CHF', 8: 'HK$', 9: '¥' };
    const words = createWords(i18n.getFixedT('zh-CN'), 'zh-CN', {}, { ofAll: '€', own });
    expect([words, words.of(6), words.of(7), words.of(8), words.of(9)].map((one) => one.yuan(1_250))).toEqual(
      ['€12.50', '€12.50', '12.50 CHF', 'HK$12.50', '12.50元'],
    );
    expect(words.of(7).of(8).currency).toBe('HK$');
    expect(words.of(9).currency).toBe('元');
    // An input for several machines applies to each in its own currency.
    expect(words.of(7, 7).currency).toBe(words.of(7).currency);
    expect(words.of(9, 8).currency).toBe('¥ / HK$');
    expect(words.of().currency).toBe('€');
    // A list requests it for each of its lines.
    expect(words.of(7)).toBe(words.of(7));
    const order = frame(1, {
      vmcNo: 7,
      cmd: 'qrcode',
      text: '{"cmd":"qrcode","vmc_no":7,"amount":1250,"order_no":"1"}',
    });
    expect(frameMeaning(words, order)).toContain('12.50 CHF');
  });
  it('sizes have a suitable unit', () => {
    expect([0, 1_023, 1_024, 1_536, 1_048_576, 2.5 * 1024 ** 3, 3 * 1024 ** 4].map(en.bytes)).toEqual([
      '0 B',
      '1,023 B',
      '1 KiB',
      '1.5 KiB',
      '1 MiB',
      '2.5 GiB',
      '3,072 GiB',
    ]);
  });
});

const noCups = {
  code: 'ERROR:5300',
  severity: 'fatal',
  selling: 'no',
  since: 0,
  unconfirmed: false,
} as const;

describe('the sentence and the short status', () => {
  it.each([
    [
      'fault',
      row(1, { worst: noCups, errorCount: 3, lastHeard: 720_000 }),
      720_000,
      'Critical: no cups (ERROR:5300), 12 min. Can’t sell.',
      'no cups +2',
      '严重故障：缺杯（ERROR:5300），已持续12分钟。无法出货。',
      '缺杯等3项',
    ],
    [
      'silence',
      row(1),
      80_000,
      'No data for 1 min 20 s. After 2 min it counts as offline.',
      'silent 1 min 20 s',
      '已1分20秒没有数据，满2分钟算离线。',
      '无响应1分20秒',
    ],
    [
      'silence, judged by its real server',
      row(1, { relay: 'relayed' }),
      80_000,
      'No data for 1 min 20 s.',
      'silent 1 min 20 s',
      '已1分20秒没有数据。',
      '无响应1分20秒',
    ],
    [
      'cup',
      row(1, { cupBlocked: true }),
      0,
      'Drink not collected. Not known whether it can sell: a drink is in the way.',
      'drink not collected',
      '饮品未取走。不确定能否出货：饮品还没取走。',
      '饮品未取走',
    ],
    [
      'door',
      row(1, { doorOpen: true }),
      0,
      'The door is open. Not known whether it can sell: an open door may stop sales.',
      'door open',
      '门已开。不确定能否出货：开着门可能不出货。',
      '门已开',
    ],
    [
      'ready',
      row(1),
      3_000,
      'Just logged in: no errors reported yet.',
      'just logged in',
      '刚登录，还没有上报故障。',
      '刚登录',
    ],
    [
      'new',
      row(1, { lastHeard: null }),
      0,
      'Connected, no data yet.',
      'just logged in',
      '已连接，还没有收到数据。',
      '刚登录',
    ],
    [
      'offline',
      row(1, { online: false }),
      60_000,
      'Offline for 1 min.',
      'offline 1 min',
      '已离线1分钟。',
      '离线1分钟',
    ],
    [
      'restarting',
      row(1, { online: false, restarting: 0 }),
      20_000,
      'Restarting for 20 s. The machine should log in soon.',
      'restarting 20 s',
      '重启中（已20秒），稍后会重新登录。',
      '重启中20秒',
    ],
  ])('%s', (_, machine, now, sentenceEn, wordEn, sentenceZh, wordZh) => {
    expect(statusSentence(en, machine, null, now)).toBe(sentenceEn);
    expect(statusWord(en, machine, now)).toBe(wordEn);
    expect(statusSentence(zh, machine, null, now)).toBe(sentenceZh);
    expect(statusWord(zh, machine, now)).toBe(wordZh);
  });

  it('connection problems come before warnings, and after problems that stop all sales', () => {
    const beans = {
      code: 'WARNING:10009',
      severity: 'warning',
      selling: 'yes',
      since: 0,
      unconfirmed: false,
    } as const;
    const link = { loopFrom: null, loopTo: null, noLogin: 0, refused: null, halfFrame: null, shared: null };
    const over = { link, lastHeard: 120_000, lastBeat: 120_000, errorCount: 1 };
    const machine = row(1, { ...over, worst: beans });
    expect(statusWord(en, machine, 120_000)).toBe('no login +1');
    expect(statusSentence(en, machine, null, 120_000)).toContain('Connected for 2 min without a login.');
    expect(statusWord(zh, machine, 120_000)).toBe('未登录等2项');
    expect(statusSentence(zh, machine, null, 120_000)).toContain('机器已连接2分钟，但没有登录服务器。');
    expect(statusWord(en, row(1, { ...over, worst: noCups }), 120_000)).toBe('no cups +1');
    // For an offline machine it is the reason.
    const loop = { ...link, noLogin: null, loopFrom: 0, loopTo: 110_000 };
    const away = row(1, { ...over, link: loop, online: false });
    expect(statusWord(en, away, 120_000)).toBe('offline 2 min: keeps reconnecting');
    expect(statusSentence(en, away, null, 120_000)).toContain(
      'Offline for 2 min. The machine keeps reconnecting: 5 times in the last 2 min.',
    );
  });

  it('a code named by the user has that name everywhere, in any spelling', () => {
    const named = createWords(i18n.getFixedT('en'), 'en', {
      'ERROR:9A01': { name: 'Steam valve' },
      'ERROR:0882': { name: 'Jam', remedy: 'Turn it by hand.' },
    });
    const machine = row(1, {
      worst: { code: 'error:9a01', severity: 'fault', selling: 'yes', since: 0, unconfirmed: false },
      errorCount: 1,
    });
    expect(statusWord(named, machine, 0)).toBe('Steam valve');
    expect(named.errorTitle(' ERROR:9A01')).toBe('Steam valve');
    expect(named.errorTitle('0882')).toBe('Jam');
    expect(named.errorRemedy('error:0882')).toBe('Turn it by hand.');
    expect(
      frameMeaning(named, frame(1, { cmd: 'error', text: '{"error_code":"ERROR:0882","isSet":true}' })),
    ).toBe('Jam (ERROR:0882)');
    expect(named.isKnownError('toString')).toBe(false);
    expect(en.errorTitle('ERROR:9A01')).toBe('Unknown error');
  });

  it('an unknown error is shown by its code in the list', () => {
    const machine = row(1, {
      worst: { code: 'EC_99', severity: 'fault', selling: 'yes', since: 0, unconfirmed: false },
      errorCount: 1,
    });
    expect(statusWord(en, machine, 0)).toBe('EC_99');
    expect(statusSentence(en, machine, null, 5_000)).toBe('Error: unknown error (EC_99), 5 s.');
  });

  it('the reason of a disconnect, and since when the door is open, if known', () => {
    expect(statusSentence(en, row(1, { online: false, gone: 'silence' }), null, 5_000)).toBe(
      'Offline for 5 s: no data for 2 minutes.',
    );
    expect(statusSentence(en, row(1, { doorOpen: true, lastHeard: 9_000 }), 0, 9_000)).toBe(
      'The door has been open for 9 s. Not known whether it can sell: an open door may stop sales.',
    );
  });
});

describe('an error from set to cleared', () => {
  it('lasts until its end or until now', () => {
    expect(faultLength(en, fault(0), 80_000)).toBe('1 min 20 s');
    expect(faultLength(en, fault(0, { clearedAt: 12_000, clearedBy: 'machine' }), 80_000)).toBe('12 s');
  });

  it('is active, was active when its machine went offline, or ended', () => {
    const ended = fault(0, { clearedAt: 12_000, clearedBy: 'machine' });
    expect(faultState(en, fault(0), true, 80_000)).toBe('Active');
    expect(faultState(en, fault(0), false, 80_000)).toBe('Last known: active');
    expect(faultState(en, ended, false, 80_000)).toBe('Ended 1 min 8 s ago · Cleared by the machine');
    expect(faultState(zh, ended, true, 80_000)).toBe('1分8秒前解除 · 机器上报解除');
  });

  it('each kind of end has its own text', () => {
    const ways = [null, 'machine', 'clearerror', 'restart', 'forgotten'] as const;
    for (const words of [en, zh]) {
      const said = ways.map((clearedBy) => faultEnd(words, fault(0, { clearedBy })));
      expect(said[0]).toBe('');
      expect(new Set(said).size).toBe(ways.length);
    }
  });
});

describe('the meaning of a frame', () => {
  const meaning = (cmd: string, body: object | string) =>
    frameMeaning(en, frame(1, { cmd, text: typeof body === 'string' ? body : JSON.stringify(body) }));

  it.each([
    ['hb', {}, 'heartbeat'],
    ['login', { version: '1.2.8.8' }, 'login, version 1.2.8.8'],
    ['login_r', { ret: 0 }, 'login accepted'],
    ['login_r', { ret: 1 }, 'login refused (ret 1)'],
    ['machinestatus', { status: 'dooropen' }, 'door opened'],
    ['machinestatus', { status: ' cupblock ' }, 'drink not collected'],
    ['machinestatus', { status: 'newword' }, 'newword'],
    ['error', { error_code: 'ERROR:5300', isSet: true }, 'no cups (ERROR:5300)'],
    ['error', { error_code: 'ERROR:5300', isSet: 'false' }, 'cleared: no cups (ERROR:5300)'],
    // A missing value means set, as in the machine's state.
    ['error', { error_code: 'ERROR:5300' }, 'no cups (ERROR:5300)'],
    ['error', { error_code: 'ERROR:5300', isSet: 0 }, 'cleared: no cups (ERROR:5300)'],
    ['error', { error_code: 'ERROR:5300', isSet: '0' }, 'cleared: no cups (ERROR:5300)'],
    ['error', { error_code: 'ERROR:5300', isSet: 'perhaps' }, 'no cups (ERROR:5300)'],
    ['qrcode', { Amount: '1000' }, 'QR code for ¥10.00'],
    ['productdone', { ProductName: 'Latte', isok: true }, 'Latte made'],
    ['productdone', { ProductId: 810, isOk: 0 }, 'Product 810 failed'],
    ['productdone', { ProductName: 'Latte', isok: true, ProductAmount: 1200 }, 'Latte made, ¥12.00'],
    [
      'productdone',
      { ProductName: 'Latte', isok: false, failreason: 'ERROR:5300' },
      'Latte failed (no cups)',
    ],
    ['productdone_r', { order_no: '8741' }, 'order 8741 acknowledged'],
    ['qrcode', { Amount: 1000, order_no: '8741' }, 'order 8741: QR code for ¥10.00'],
    [
      'qrcode',
      { Amount: 5, order_no: '594f803b380a41396ed63dca3950354' },
      'order …950354: QR code for ¥0.05',
    ],
    ['qrcode_r', { qr_type: 'alipay', order_no: '8741' }, 'order 8741: QR code, Alipay'],
    ['qrcode_r', { qr_type: 'unionpay', order_no: '8741' }, 'order 8741: QR code, unionpay'],
    ['productdone', { product_name: 'latte', productAmount: 900, isOk: 1 }, 'latte made, ¥9.00'],
    ['error', { Error_Code: 'EC_2', is_set: false }, 'cleared: no I/O board (EC_2)'],
    ['pay_done', { product_amount: 1000, order_no: '8741', paydone: true }, 'order 8741, ¥10.00 paid'],
    ['pay_done', { product_amount: 1000, order_no: 8741, paydone: false }, 'order 8741, ¥10.00 not paid'],
    ['pay_done', {}, 'payment result'],
    // It may refuse the request.
    ['paydone_r', { order_no: '8741' }, 'order 8741: answer to the payment result'],
    ['checkorder', { order_no: '8741' }, 'query of order 8741'],
    ['checkorder_r', { order_no: '8741', Amount: 1000, paydone: false }, 'order 8741, ¥10.00 not paid'],
    ['products', { product_id: 810, fastcode: 213 }, 'make Product 810, strength 2, milk 1, sugar 3'],
    ['products', { product_id: 810 }, 'make Product 810'],
    ['priceset', { price: [[810, 1000, 0]] }, 'price of 1 product'],
    ['priceset', { price: Array.from({ length: 12 }, (_, n) => [n, 1, 0]) }, 'prices of 12 products'],
    ['discount', { discount: 80 }, 'discount: 80% of the price'],
    ['upgrade', { dir: 'http://10.0.0.1/u ' }, 'upgrade from http://10.0.0.1/u'],
    [
      'machinestatus',
      { status: 'supply', supply: { '10009': '420', '10016': '100000', '10007': '-5', '10006': '7' } },
      'supplies: Material 10006 7, water -5, coffee beans 420',
    ],
    ['machinestatus', { status: 'machinelock', islock: true }, 'locked'],
    ['machinestatus', { status: 'machinelock', islock: '0' }, 'unlocked'],
    ['rinsingrecord', { isok: false }, 'rinsing failed'],
    ['remote', { operation: 'opendoor' }, 'remote: open door'],
    [
      'remote',
      { operation: 'products', product_id: 7, fastcode: 5 },
      'remote: make Product 7, strength 0, milk 0, sugar 5',
    ],
    ['remote', { operation: 'newone' }, 'remote: newone'],
    // Some machines answer with the name of the question.
    ['statusquery', { status: 'dooropen' }, 'door opened'],
    ['querysupplies_r', { supply: { '10009': '420' } }, 'supplies: coffee beans 420'],
    ['machinestatus', { status: 'supply', supply: { '10009': '9999' } }, 'supplies reported'],
    ['products', { product_id: 7, fastcode: 999 }, 'make Product 7'],
    ['flurb', {}, null],
  ])('%s %j: %s', (cmd, body, said) => {
    expect(meaning(cmd, body)).toBe(said);
  });

  it('the same command has another meaning in the other direction', () => {
    expect(frameMeaning(en, frame(1, { dir: 'out' }))).toBe('heartbeat answered');
    expect(frameMeaning(en, frame(1))).toBe('heartbeat');
  });

  it('a truncated list is not counted wrongly', () => {
    expect(meaning('priceset', '{"cmd":"priceset","price":[[101,1000,0],[102,1000,0],[103,10')).toBe(
      'prices of more than 2 products',
    );
    expect(meaning('machinestatus', '{"status":"supply","supply":{"10009":"420","10007":"1')).toBe(
      'supplies: coffee beans 420',
    );
  });

  it('a body with a mistake, or truncated in the list, is still read', () => {
    expect(meaning('error', '{"error_code": "ERROR:5300", "isSet": true,}')).toBe('no cups (ERROR:5300)');
    expect(meaning('qrcode', '{"Amount":1000,"order_no":"594f80')).toBe('QR code for ¥10.00');
    expect(meaning('hb', 'not at all')).toBe('heartbeat');
  });

  it('a body with a mistake is shown as its reader reads it', () => {
    // Of two members with one name the later counts, and members of other objects do not count.
    expect(meaning('machinestatus', '{"status":"supply","supply":{"10009":"12","10009":"13",}}')).toBe(
      'supplies: coffee beans 13',
    );
    expect(
      meaning('machinestatus', '{"x":{"status":"dooropen"},"status":"doorclose","y":[{"status":"supply"}],}'),
    ).toBe('door closed');
    expect(meaning('login', '{"note":"\\"version\\":\\"9\\"","version":"1",}')).toBe('login, version 1');
    // The second half of an object that was cut in two.
    expect(meaning('machinestatus', '"status":"dooropen"}')).toBe('door opened');
  });

  it('a member named __proto__ is harmless', () => {
    expect(meaning('login', '{"__proto__":"x","version":"1",}')).toBe('login, version 1');
  });

  it('junk has no meaning', () => {
    expect(frameMeaning(en, frame(1, { kind: 'junk', cmd: null }))).toBeNull();
  });
});
