/** Login reports of the android program, and its reaction to each command [field3]. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { breakdowns, menu } from '../../../../../../src/main/tools/simulator/stock';
import { number, startMachine, type TestMachine } from '../../../../../builders/simulatedMachine';

const [espresso] = menu;
const [noCups] = breakdowns;
const accepts = { cmd: 'login_r', vmc_no: number, ret: 0 };
/** The duration of a restart. */
const restart = 12_000;

const remote = (operation: string, more: JsonObject = {}): JsonObject => ({
  cmd: 'remote',
  vmc_no: number,
  operation,
  session_id: operation,
  ...more,
});
const bare = (cmd: string, more: JsonObject = {}): JsonObject => ({ cmd, vmc_no: number, ...more });

interface Noted extends TestMachine {
  /** Contents of its notices: session, status, reason. */
  readonly notices: string[];
  /** Time for the answers to notices. */
  readonly passes: (ms: number) => Promise<void>;
}
const start = (options: Parameters<typeof startMachine>[1] = {}): Noted => {
  const notices: string[] = [];
  const set = startMachine('android', {
    notifyBase: 'http://192.0.2.1',
    fetch: (url) => {
      const { searchParams: said } = new URL(url);
      notices.push(['sessionId', 'status', 'reason'].map((name) => said.get(name)).join(' '));
      return Promise.resolve({ status: 200, text: 'ok' });
    },
    ...options,
  });
  const passes = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      set.clock.advance(Math.min(500, left));
      await Promise.resolve();
    }
  };
  return { ...set, notices, passes };
};
const told = ({ deeds }: TestMachine, did: string) => deeds.filter((deed) => deed.did === did);
const said = ({ server }: TestMachine, since = 0) =>
  server.received.flatMap(({ at, body: { cmd, status = null, error_code = null } }) =>
    at < since ? [] : [[at - since, error_code ?? status ?? cmd] as const],
  );

describe('the login reports', () => {
  test('after every accepted login, requested or not', () => {
    const set = start();
    set.machine.cabinet.setFault(noCups);
    set.machine.cabinet.setFault({ code: 'WARNING:10009', description: '', fatal: false, persistent: false });
    set.machine.technician.refill({ '10016': -1_200 });
    set.clock.advance(60_000 - set.clock.elapsed);
    const since = set.clock.elapsed;
    set.server.sends(accepts);
    set.clock.advance(950);
    expect(said(set, since)).toEqual([
      [200, 'clearerror'],
      [300, 'hb'],
      [500, 'doorclose'],
      [600, 'supply'],
      [700, 'WARNING:10009'],
      [800, 'WARNING:10016'],
    ]);
    // Active faults are set again at the next tick.
    set.clock.advance(100);
    expect(said(set, since).slice(6)).toEqual([[1_000, noCups.code]]);
  });

  test('with the stored sales, not during a drink', () => {
    for (const isBrewing of [false, true]) {
      const set = start();
      delete set.server.answers['productdone'];
      set.machine.customer.buy({ productId: 701, payment: 'cash', brewing: 10, patience: 0 });
      set.clock.advance(1_000);
      if (isBrewing) set.machine.technician.brew(701);
      const since = set.clock.elapsed;
      set.server.sends(accepts);
      set.clock.advance(1_000);
      const sales = said(set, since).filter(([, what]) => what === 'productdone');
      expect(sales, String(isBrewing)).toEqual(isBrewing ? [] : [[400, 'productdone']]);
    }
  });
});

describe('notices', () => {
  test('at every tenth tick, a second apart, until a reply with a body arrives', async () => {
    const at: number[] = [];
    let text = '';
    const set = start({
      fetch: () => {
        at.push(set.clock.elapsed);
        return Promise.resolve({ status: 200, text });
      },
    });
    set.server.sends(remote('opendoor'), remote('sync'));
    await set.passes(21_000 - set.clock.elapsed);
    expect(at).toEqual([10_000, 11_000, 20_000, 21_000]);
    text = 'ok';
    await set.passes(60_000);
    expect(at).toEqual([10_000, 11_000, 20_000, 21_000, 30_000, 31_000]);
  });

  test('stored: that of a reboot is sent after it', async () => {
    const set = start();
    set.server.sends(remote('reboot'));
    await set.passes(6_000);
    expect([set.notices, told(set, 'stopped').length]).toEqual([[], 1]);
    await set.passes(20_000);
    expect(set.notices).toEqual(['reboot 1 SC']);
  });

  test('an unknown command has failed', async () => {
    const set = start();
    set.server.sends(remote('dance'));
    await set.passes(10_000);
    expect(set.notices).toEqual(['dance 0 no such operation']);
  });
});

describe('commands', () => {
  test.each([
    ['remote reboot', remote('reboot', { session_id: 's' }), 'stopped'],
    ['reboot without a part', bare('reboot', { session_id: 's' }), 'stopped'],
    ['reboot all', bare('reboot', { type: 'all', session_id: 's' }), 'stopped'],
    ['reboot app', bare('reboot', { type: 'app', session_id: 's' }), 'stopped'],
    ['reboot stum', bare('reboot', { type: 'stum', session_id: 's' }), 'stopped'],
    ['reboot ice', bare('reboot', { type: 'ice', session_id: 's' }), 'restartedPart'],
    ['opendoor', remote('opendoor', { session_id: 's' }), 'openedDoor'],
  ])('%s: the notice, then its reports', async (_what, message, did) => {
    const set = start();
    set.server.sends(message);
    await set.passes(2_100);
    expect(told(set, did)).toMatchObject([{ cause: { by: 'frame', cmd: message['cmd'], session: 's' } }]);
    await set.passes(restart + 10_000);
    expect(set.notices).toEqual(['s 1 SC']);
    const logins = set.server.of('login').map(({ body }) => body['login_count']);
    expect(logins).toEqual(did === 'stopped' ? [2, 2] : [2]);
  });

  test('a reboot during a drink is refused', async () => {
    for (const message of [remote('reboot', { session_id: 's' }), bare('reboot', { session_id: 's' })]) {
      const set = start();
      set.machine.technician.brew(701);
      set.server.sends(message);
      await set.passes(10_000);
      expect(set.notices).toEqual(['s 0 Z0024']);
      expect(told(set, 'stopped')).toEqual([]);
    }
  });

  test.each(['cup', 'io'])(
    'restarting %s stops its reader: it receives nothing until it dials again',
    async (type) => {
      const set = start();
      set.server.sends(bare('reboot', { type, session_id: 's' }), remote('opendoor'));
      await set.passes(100_000);
      expect(set.machine.cabinet.door).toBe('closed');
      await set.passes(30_000);
      set.server.sends(remote('opendoor'));
      await set.passes(2_000);
      expect(set.machine.cabinet.door).toBe('open');
    },
  );

  test('sync: the first server and the login reports, caused by the frame', async () => {
    const set = start();
    set.server.sends(remote('sync'));
    await set.passes(2_000);
    expect(set.server.of('login').map(({ body }) => body['login_count'])).toEqual([2, 4]);
    expect(told(set, 'reconnected')).toMatchObject([{ cause: { operation: 'sync' } }]);
    expect(told(set, 'reportedSupplies')).toMatchObject([
      { cause: { by: 'itself' } },
      { cause: { by: 'frame', operation: 'sync' } },
    ]);
  });

  test('rinsing waits for an idle machine, even for hours', async () => {
    const set = start();
    set.machine.technician.openDoor();
    set.server.sends(remote('rinsing'));
    await set.passes(120_000);
    expect(set.notices).toEqual(['rinsing 1 SC']);
    set.machine.cabinet.setFault(noCups);
    set.machine.technician.closeDoor();
    await set.passes(120_000);
    set.machine.technician.enterMenu();
    set.machine.technician.clearErrors();
    await set.passes(120_000);
    expect(told(set, 'rinsed')).toEqual([]);
    set.machine.technician.leaveMenu();
    await set.passes(69_000);
    expect(told(set, 'rinsed')).toEqual([]);
    await set.passes(2_000);
    expect(told(set, 'rinsed')).toMatchObject([{ cause: { by: 'frame', operation: 'rinsing' } }]);
    expect(set.server.of('rinsingrecord')).toMatchObject([{ body: { rinsing_way: 'remote', isok: true } }]);
  });

  test('rinsing as a bare message too, without a notice; no other bare form works', async () => {
    const set = start();
    set.server.sends(bare('rinsing'), bare('opendoor'), bare('querysupplies'), bare('statusquery'));
    await set.passes(100_000);
    expect(told(set, 'rinsed')).toHaveLength(1);
    expect(set.machine.cabinet.door).toBe('closed');
    expect(set.notices).toEqual([]);
  });

  test('upload: the notice, then the file', async () => {
    const posted: string[] = [];
    const set = start({ post: (url) => Promise.resolve(void posted.push(url)) });
    set.server.sends(remote('upload', { type: 'product', dir: 'http://192.0.2.1/f' }));
    await set.passes(10_000);
    expect([posted, set.notices]).toEqual([['http://192.0.2.1/f'], ['upload 1 SC']]);
    expect(told(set, 'sentFile')).toMatchObject([{ type: 'product', cause: { operation: 'upload' } }]);
  });

  test('upgrade: no notice, not even after three failed downloads', async () => {
    const asked: string[] = [];
    const set = start({ fetch: (url) => (asked.push(url), Promise.reject(new Error('gone'))) });
    set.server.sends(bare('upgrade', { dir: 'http://192.0.2.1/a.zip', type: 'app', session_id: 's' }));
    await set.passes(60_000);
    expect(asked).toEqual(Array(3).fill('http://192.0.2.1/a.zip'));
    expect(told(set, 'stopped')).toEqual([]);
  });
});

describe('the one slot', () => {
  const price = (fen: number): JsonObject => bare('priceset', { price: [[espresso.id, fen, 0]] });

  test('runs after 5 s without a touch and without a drink; priceset, discount and supplys report nothing', async () => {
    const set = start();
    set.clock.advance(10_000);
    set.machine.technician.brew(701);
    set.server.sends(price(700));
    await set.passes(19_000);
    expect(told(set, 'setPrice')).toEqual([]);
    await set.passes(2_000);
    expect(told(set, 'setPrice')).toMatchObject([
      { productId: espresso.id, price: 700, cause: { cmd: 'priceset' } },
    ]);
    await set.passes(15_000);
    set.machine.technician.enterMenu();
    set.server.sends(bare('discount', { discount: 0 }));
    await set.passes(4_500);
    expect(told(set, 'setDiscount')).toEqual([]);
    await set.passes(1_000);
    expect(told(set, 'setDiscount')).toMatchObject([{ percent: 0 }]);
    await set.passes(15_000);
    set.server.sends(remote('supplys', { supply: { '10009': '+200' } }));
    await set.passes(10_000);
    expect(told(set, 'refilled')).toMatchObject([
      { changes: { '10009': 200 }, cause: { operation: 'supplys' } },
    ]);
    expect(set.notices).toEqual([]);
  });

  test('a newer task replaces a task that has not run', async () => {
    const set = start();
    set.machine.technician.brew(701);
    set.server.sends(
      price(700),
      remote('productlock', { pid_list: '101' }),
      bare('discount', { discount: 80 }),
    );
    await set.passes(60_000);
    expect([told(set, 'setPrice'), told(set, 'locked'), set.notices]).toEqual([[], [], []]);
    expect(told(set, 'setDiscount')).toMatchObject([{ percent: 80 }]);
  });

  test('a task that arrives while another runs is deleted unrun', async () => {
    const set = start();
    set.clock.advance(10_000);
    set.server.sends(price(700));
    expect(told(set, 'setPrice')).toHaveLength(1);
    set.clock.advance(1_000);
    set.server.sends(price(800));
    await set.passes(60_000);
    expect(told(set, 'setPrice')).toHaveLength(1);
    set.server.sends(price(900));
    expect(told(set, 'setPrice')).toMatchObject([{ price: 700 }, { price: 900 }]);
  });

  test('a lock is reported after it is done; an empty list never', async () => {
    const set = start();
    set.server.sends(remote('productlock', { pid_list: '701,702' }));
    await set.passes(30_000);
    expect(set.machine.cabinet.isLocked(espresso)).toBe(true);
    expect(set.notices).toEqual(['productlock 1 SC']);
    set.server.sends(remote('productunlock', { pid_list: '' }));
    await set.passes(30_000);
    expect(set.notices).toHaveLength(1);
    set.server.sends(remote('productunlock', { pid_list: '701' }));
    await set.passes(30_000);
    expect(set.notices).toEqual(['productlock 1 SC', 'productunlock 1 SC']);
    expect(told(set, 'locked')).toMatchObject([
      { productIds: [701, 702], isLocked: true },
      { productIds: [701], isLocked: false },
    ]);
  });

  test('priceset: ids from 1 to 59999; no type is read; the product’s discount is dropped', async () => {
    const set = start();
    set.clock.advance(10_000);
    set.server.sends(bare('discount', { discount: 50 }));
    await set.passes(20_000);
    const rows = [
      [espresso.id, 700, 9],
      [17, 5, 0],
      [60_000, 5, 0],
      [702, -5, 0],
    ];
    set.server.sends(bare('priceset', { price: rows }));
    await set.passes(20_000);
    expect(told(set, 'setPrice').map((deed) => 'productId' in deed && deed.productId)).toEqual([
      espresso.id,
      17,
    ]);
    expect(set.machine.cabinet.priceOf(espresso)).toBe(700);
    expect(told(set, 'stopped')).toEqual([]);
  });
});

test('supplies are reported after a number of drinks', () => {
  const set = start();
  set.machine.technician.fillUp();
  const before = told(set, 'reportedSupplies').length;
  for (let drinks = 0; drinks < 40; drinks += 1) {
    set.machine.technician.brew(701);
    set.clock.advance(21_000);
  }
  const reported = told(set, 'reportedSupplies').length - before;
  expect(reported).toBeGreaterThanOrEqual(2);
  expect(reported).toBeLessThanOrEqual(8);
});
