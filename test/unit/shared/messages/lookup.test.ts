import { describe, expect, it } from 'vitest';
import type { Place } from '#shared/messages/field';
import {
  answersTo,
  commandWords,
  everyPlace,
  fieldMeaning,
  isInRole,
  messageRow,
  messageRows,
  namesInRole,
  namesMeaning,
  questionsOf,
  speakerOf,
  valuesOfMember,
} from '#shared/messages/lookup';
import { readJson } from '../../../../src/main/core/protocol/json';
import { document } from '../../../fixtures/document';

describe('the rows of all messages', () => {
  it('have every member of the document’s examples, with the document as source', () => {
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

  it('contain no command twice, and no member of a command twice', () => {
    expect(new Set(commandWords).size).toBe(commandWords.length);
    for (const { fields, names } of messageRows) {
      const all = fields.flatMap((one) => one.names);
      expect(new Set(all).size, names[0]).toBe(all.length);
    }
  });

  it('members with a common meaning have the same properties', () => {
    const propertiesOf = ({ type, unit, values }: Place): string => JSON.stringify({ type, unit, values });
    for (const place of everyPlace) {
      const others = everyPlace.filter(({ means }) => means === place.means);
      expect(new Set(others.map(propertiesOf)).size, place.means).toBe(1);
    }
  });
});

describe('the sender of a command', () => {
  it.each([
    ['login', 'in'],
    ['PAYDONE_R', 'in'],
    ['pay_done_r', 'in'],
    ['statusquery', 'out'],
    ['statusquery_r', 'in'],
    ['door open', 'out'],
    ['hb', null],
    ['flurb', null],
  ] as const)('%s: %s', (cmd, speaker) => {
    expect(speakerOf(cmd)).toBe(speaker);
  });
});

describe('questions and answers', () => {
  it.each([
    ['in', 'hb', ['hb']],
    ['in', 'login', ['login_r']],
    ['in', 'error', ['error_r']],
    ['in', 'qrcode', ['qrcode_r']],
    ['in', 'productdone', ['productdone_r']],
    ['in', 'checkorder', ['checkorder_r']],
    ['in', 'rinsingrecord', ['rinsingrecord_r']],
    ['in', 'feedrecord', ['feedrecord_r']],
    ['in', 'upordrecipe', ['upordrecipe_r']],
    ['in', 'machinestatus', []],
    ['out', 'pay_done', ['paydone_r']],
    ['out', 'statusquery', ['statusquery_r', 'machinestatus']],
    ['out', 'querysupplies', ['querysupplies_r', 'machinestatus']],
    ['out', 'hb', []],
  ] as const)('%s %s: %j', (dir, cmd, answers) => {
    expect(answersTo(dir, cmd)).toEqual(answers);
    for (const answer of answers) expect(questionsOf(dir === 'in' ? 'out' : 'in', answer)).toContain(cmd);
  });
});

it('a member’s values have their meanings', () => {
  expect([...valuesOfMember('paydone')]).toEqual([
    ['true', 'isPaid'],
    ['false', 'isPaid'],
  ]);
  expect(valuesOfMember('isok').get('true')).toBeNull();
});

describe('the meaning of a member', () => {
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
    ['login_r', ['carrier_code'], 'carrierCode'],
    ['login_r', ['server_list'], 'serverList'],
    ['upgrade', ['session_id'], 'sessionId'],
    ['statusquery', ['supply', '10009'], 'supplyAmount'],
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
  ] as const)('%s %j: unknown', (cmd, path) => {
    expect(fieldMeaning(cmd, path)).toBeNull();
  });
});

it.each(['opendoor', 'rinsing', 'products', 'querysupplies', 'statusquery'])(
  'android’s wrapper has the members of the bare %s',
  (cmd) => {
    for (const { names, means } of messageRow(cmd, 'out')?.fields ?? [])
      for (const name of names) expect(fieldMeaning('remote', [name])?.means, name).toBe(means);
  },
);

describe('the role of a message', () => {
  it.each([
    ['hb', 'heartbeat', true],
    ['HB', 'heartbeat', true],
    ['login', 'login', true],
    ['login_r', 'login', false],
    ['error', 'fault', true],
    ['error_r', 'fault', false],
    ['flurb', 'fault', false],
    [null, 'fault', false],
  ] as const)('%s: %s %s', (cmd, role, is) => {
    expect(isInRole(cmd, role)).toBe(is);
  });

  it('each has a message', () => {
    expect(namesInRole('heartbeat')).toEqual(['hb']);
    expect(namesInRole('login')).toEqual(['login']);
    expect(namesInRole('fault')).toEqual(['error']);
  });
});

it('members with a common meaning are found under all their names', () => {
  expect([...namesMeaning('price')].toSorted()).toEqual(['amount', 'productamount']);
  expect([...namesMeaning('productId', 'productName')].toSorted()).toEqual(['productid', 'productname']);
  expect([...namesMeaning('cmd')]).toEqual(['cmd']);
});
