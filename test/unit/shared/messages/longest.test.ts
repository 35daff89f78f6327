/** Crema keeps a bounded part of any text from a machine. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/json';
import { error } from '#shared/messages/error';
import { login } from '#shared/messages/login';
import { shortNumber } from '#shared/messages/longest';
import { productdone } from '#shared/messages/productdone';
import { readMessage } from '#shared/messages/read';
import { upgrade } from '#shared/messages/upgrade';
import { upordrecipe } from '#shared/messages/upordrecipe';
import { like, loggedIn, stateOf, vmc_no } from '../../../builders/loggedIn';

const long = 'x'.repeat(20_000);
const ofMachine = (json: JsonObject): object => readMessage(json, 'in').message;

it('codes and words are cut at 200 characters, descriptions and names at 1,000, with a mark', () => {
  const told = ofMachine({ ...error.example, error_code: long, error_description: long });
  expect(told).toMatchObject({ code: `${'x'.repeat(199)}…`, description: `${'x'.repeat(999)}…` });
  expect(ofMachine({ ...productdone.example, PayType: long, recipeName: long })).toMatchObject({
    payType: `${'x'.repeat(999)}…`,
    recipe: `${'x'.repeat(199)}…`,
  });
  const fits = 'x'.repeat(200);
  expect(ofMachine({ ...error.example, error_code: fits })).toMatchObject({ code: fits });
});

it('a machine’s own members are limited in number and length', () => {
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`${n}`, '1']));
  const parsed = ofMachine({ ...upordrecipe.example, recipe: { ...many, [long]: long } });
  expect(Object.keys((parsed as { consumed: object }).consumed)).toHaveLength(200);
  expect(ofMachine({ ...upordrecipe.example, recipe: { [long]: long } })).toMatchObject({
    consumed: { [`${'x'.repeat(99)}…`]: `${'x'.repeat(199)}…` },
  });
  expect(ofMachine({ ...login.example, [`version${long}`]: long, io_version: long })).toMatchObject({
    boards: { [`version${'x'.repeat(92)}…`]: `${'x'.repeat(199)}…` },
    ioVersion: `${'x'.repeat(199)}…`,
  });
});

it('values that are echoed are kept, and so are a server’s', () => {
  expect(ofMachine({ cmd: 'feedrecord', vmc_no, timestamp: long })).toMatchObject({ timestamp: long });
  expect(ofMachine({ cmd: 'rinsingrecord', vmc_no, c_uid: long })).toMatchObject({ recordId: long });
  const dir = `http://a/${long}`;
  expect(readMessage({ ...upgrade.example, dir }, 'out').message).toMatchObject({ upgradeDir: dir });
});

describe('an order’s number', () => {
  it('is short, and differs if any part of it differs', () => {
    const numbers = [long, `${long}1`, `1${long}`, `${long.slice(1)}y`].map(shortNumber);
    expect(new Set(numbers).size).toBe(4);
    for (const number of numbers) {
      expect(number).toHaveLength(100);
      expect(shortNumber(number)).toBe(number);
    }
    expect(shortNumber('bc114ddb5370a97a9012ca695f7ffa25')).toBe('bc114ddb5370a97a9012ca695f7ffa25');
  });

  it('is the same in messages of either side', () => {
    const number = long.slice(0, 700);
    const pays = {
      cmd: 'pay_done',
      vmc_no,
      order_no: number,
      product_amount: 1000,
      paydone: true,
      paytype: 'wx_pub',
    };
    const play = loggedIn().tells(pays).receives({ cmd: 'paydone_r', vmc_no, order_no: number, status: 1 });
    play.receives(like(productdone, { order_no: number }));
    expect(stateOf(play).orders).toMatchObject([
      { orderNo: shortNumber(number), acknowledged: { value: true }, state: 'made' },
    ]);
    play.answers('productdone_r');
  });
});
