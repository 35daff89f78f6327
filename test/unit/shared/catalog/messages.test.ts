import { describe, expect, it } from 'vitest';
import { meaningNames, meanings } from '#shared/catalog/fields';
import { commandWords, fieldMeaning, messageRow, messages } from '#shared/catalog/messages';
import type { JsonObject } from '#shared/model/frame';
import type { MachineMessage, ServerMessage } from '#shared/model/message';
import { readJson } from '../../../../src/main/protocol/json';
import { readMessage } from '../../../../src/main/protocol/message';
import { document } from '../../../fixtures/document';

/** Members of every message of ours, spelled as they are sent; the compiler sees to it that none is missing. */
type Members<C extends ServerMessage['cmd']> =
  Extract<ServerMessage, { readonly cmd: C }> extends infer M
    ? M extends unknown
      ? Exclude<keyof M, 'cmd'>
      : never
    : never;
type Sent = {
  readonly [C in Exclude<ServerMessage['cmd'], 'remote' | ''>]: Readonly<Record<Members<C>, true>>;
};
const number = { vmc_no: true } as const;
const sent: Sent = {
  hb: number,
  login_r: { ...number, date_time: true, ret: true, carrier_code: true, server_list: true },
  error_r: number,
  qrcode_r: { ...number, qr_type: true, qrcode: true, order_no: true },
  productdone_r: { ...number, order_no: true, isOk: true },
  checkorder_r: { ...number, order_no: true, product_id: true, Amount: true, paytype: true, paydone: true },
  rinsingrecord_r: { ...number, c_uid: true },
  feedrecord_r: number,
  upordrecipe_r: number,
  pay_done: { ...number, product_amount: true, order_no: true, paydone: true, paytype: true },
  products: { ...number, product_id: true, fastcode: true, paydone: true, paytype: true },
  reboot: number,
  opendoor: number,
  'door open': number,
  rinsing: number,
  statusquery: number,
  querysupplies: number,
  priceset: { ...number, price: true },
  discount: { ...number, discount: true },
  upgrade: { ...number, dir: true, type: true, session_id: true },
};

/** What the reader of machine messages asks a body for. */
function membersRead(cmd: string): string[] {
  const asked = new Set<string>();
  const body = new Proxy<JsonObject>(
    { cmd },
    {
      getOwnPropertyDescriptor: (target, name) => {
        asked.add(String(name));
        return Reflect.getOwnPropertyDescriptor(target, name);
      },
    },
  );
  readMessage(body);
  return [...asked];
}
const fromMachines: Readonly<Record<Exclude<MachineMessage['cmd'], 'unknown'>, true>> = {
  hb: true,
  login: true,
  machinestatus: true,
  error: true,
  qrcode: true,
  productdone: true,
  checkorder: true,
  rinsingrecord: true,
  paydone_r: true,
  statusquery_r: true,
  querysupplies_r: true,
  feedrecord: true,
  upordrecipe: true,
};

describe('the catalogue of messages', () => {
  it.each(Object.keys(fromMachines))('has every member that is read of %s', (cmd) => {
    const members = membersRead(cmd);
    expect(members).toContain('vmc_no');
    expect(members.filter((name) => fieldMeaning(cmd, [name]) === null)).toEqual([]);
    expect(messageRow(cmd)?.dirs).toContain('in');
  });

  it.each(Object.entries(sent))('has every member that is sent in %s', (cmd, members) => {
    expect(Object.keys(members).filter((name) => fieldMeaning(cmd, [name]) === null)).toEqual([]);
    expect(messageRow(cmd)?.dirs).toContain('out');
  });

  it('has every member of the document’s examples, and says that the document has it', () => {
    const unread: string[] = [];
    for (const [name, text] of Object.entries(document)) {
      const cut = name.endsWith('Second');
      const { json } = readJson(
        cut ? `{"cmd":"${name.startsWith('pay') ? 'pay_done' : 'discount'}",${text}` : text,
      );
      const cmd = json?.['cmd'];
      if (json === null || typeof cmd !== 'string') {
        unread.push(name);
        continue;
      }
      for (const member of Object.keys(json))
        expect(fieldMeaning(cmd, [member])?.source, `${name}.${member}`).toBe('doc');
    }
    expect(unread).toEqual([]);
  });

  it('no command and no member of a command stands there twice', () => {
    expect(new Set(commandWords).size).toBe(commandWords.length);
    for (const { fields, names } of messages) {
      const all = fields.flatMap((one) => one.names);
      expect(new Set(all).size, names[0]).toBe(all.length);
    }
  });

  it('every meaning is used', () => {
    const used = new Set<string>(['cmd', 'padding']);
    for (const { fields } of messages)
      for (const { means, each } of fields)
        for (const one of [means, each?.means, ...(each?.places ?? []).map((place) => place.means)])
          if (one !== undefined) used.add(one);
    expect(meaningNames.filter((name) => !used.has(name))).toEqual([]);
    for (const name of meaningNames) expect(meanings[name].type).toBeTypeOf('string');
  });
});

describe('what a member means', () => {
  it.each([
    ['qrcode', ['Amount'], 'price'],
    ['QRCODE ', ['amount'], 'price'],
    ['productdone', ['isOk'], 'isMade'],
    ['productdone_r', ['isOk'], 'orderTaken'],
    ['login', ['brewer_version'], 'boardVersion'],
    ['login', ['io_version'], 'ioVersion'],
    ['machinestatus', ['supply', '10009'], 'supplyAmount'],
    ['priceset', ['price', 3], 'priceRow'],
    ['priceset', ['price', 3, 1], 'price'],
    ['error', ['is_persistance_error'], 'isPersistent'],
    ['remote', ['fastcode'], 'fastcode'],
    ['flurb', ['vmc_no'], 'vmcNo'],
    [null, ['cmd'], 'cmd'],
    ['hb', ['padding'], 'padding'],
  ] as const)('%s %j: %s', (cmd, path, means) => {
    expect(fieldMeaning(cmd, path)?.means).toBe(means);
  });

  it.each([
    ['hb', ['Amount']],
    ['hb', ['vmc_no', 'x']],
    ['priceset', ['price', 3, 7]],
    ['priceset', ['price', 3, 1, 0]],
    ['machinestatus', ['supply', '10009', 'x']],
    ['flurb', ['Amount']],
    ['__proto__', ['constructor']],
  ] as const)('%s %j: nobody knows', (cmd, path) => {
    expect(fieldMeaning(cmd, path)).toBeNull();
  });
});
