import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messages } from '#shared/messages/index';
import { secrecyOf } from '#shared/messages/lookup';
import { learnBody, maskBody } from '../../../../../src/main/core/masking/maskBody';
import { PrivateTexts } from '../../../../../src/main/core/masking/privateTexts';
import { readBody } from '../../../../../src/main/core/masking/readBody';
import { StandIns } from '../../../../../src/main/core/masking/standIns';
import { readJson } from '../../../../../src/main/core/protocol/json';
import { decodeText } from '../../../../../src/main/core/protocol/text';
import { toGb18030 } from '../../../../../src/main/tools/simulator/gb18030';
import { keyOf } from '../../../../builders/masking';
import { privateBody } from '../../../../builders/privateBodies';

const order = '594f803b380a41396ed63dca39503542';

/** Masks several bodies; all are learnt before any is written. */
function masked(bodies: readonly (string | Uint8Array)[]) {
  const texts = new PrivateTexts(keyOf(1), []);
  const all = bodies.map((body) => Buffer.from(body));
  for (const body of all) learnBody(readBody(body), texts);
  const written = all.map((body) => maskBody(body, readBody(body), texts));
  expect(written.map(({ body }) => body.length)).toEqual(all.map(({ length }) => length));
  return written.map(({ body, isWithheld }) => ({ text: decodeText(body).text, isWithheld }));
}
const standIn = (text: string): string => new StandIns(keyOf(1)).of(text);
const one = (body: string | Uint8Array): string => masked([body])[0]?.text ?? '';

describe('a body', () => {
  it('keeps known members exactly, and loses the order number', () => {
    expect(
      one(
        `{ "cmd":"productdone" , "vmc_no":33232,"ProductName":"Hot milk","isok":true,"order_no":"${order}"}`,
      ),
    ).toBe(
      `{ "cmd":"productdone" , "vmc_no":33232,"ProductName":"Hot milk","isok":true,"order_no":"${standIn(order)}"}`,
    );
  });

  it('loses payment texts and signs, in any spelling and from either side', () => {
    const text = one(
      '{"cmd":"qrcode_r","vmc_no":1,"QrCode":"weixin:\\/\\/wxpay\\/a?pr=Zq8","order_no":" 17x9k2m4 "}',
    );
    expect(text).not.toMatch(/weixin|Zq8|17x9k2m4/);
    expect(readJson(text).findings).toEqual([]);
    expect(
      one(
        '{"cmd":"login","vmc_no":1,"timestamp":"20150624","sign":"594f803b380a41396ed63dca3950354","version":"1.2.8.8"}',
      ),
    ).toBe(
      `{"cmd":"login","vmc_no":1,"timestamp":"20150624","sign":"${standIn('594f803b380a41396ed63dca3950354')}","version":"1.2.8.8"}`,
    );
  });

  it('has the same replacement for an order as text and as number', () => {
    const texts = masked([
      '{"cmd":"productdone","vmc_no":1,"order_no":1732579200000000001}',
      '{"cmd":"checkorder","vmc_no":1,"order_no":"1732579200000000001","product_id":8}',
    ]).map(({ text }) => text);
    const by = standIn('1732579200000000001');
    expect(texts).toEqual([
      `{"cmd":"productdone","vmc_no":1,"order_no":${by}}`,
      `{"cmd":"checkorder","vmc_no":1,"order_no":"${by}","product_id":8}`,
    ]);
  });

  it('shows nothing of unknown members and messages, except harmless values', () => {
    expect(
      one(
        '{"cmd":"facepay","vmc_no":1,"card":"6222021234567890","n":12,"ok":true,"deep":{"a":["face-77aa"]}}',
      ),
    ).toBe(
      `{"cmd":"facepay","vmc_no":1,"card":"${standIn('6222021234567890')}","n":${standIn('12')},"ok":true,"deep":{"a":["${standIn('face-77aa')}"]}}`,
    );
    const short = '{"cmd":"productdone","vmc_no":33232,"isok":true,"signal":-67,"net":"4G"}';
    expect(one(short)).toBe(short);
    expect(one('{"cmd":"hb","vmc_no":33232,"token":"abcdefgh"}')).toBe(
      `{"cmd":"hb","vmc_no":33232,"token":"${standIn('abcdefgh')}"}`,
    );
  });

  it.each([
    ['a message of which only the name is known', '{"cmd":"passwords","vmc_no":1,"x":8888,"y":"123"}'],
    ['a message nobody knows', '{"cmd":"setpins","vmc_no":1,"x":8888,"y":["123"]}'],
    ['one that names none', '{"x":8888,"y":"123"}'],
    [
      'members that are called so, however',
      '{"cmd":"productdone","vmc_no":1,"door_pin":8888,"adminPwd":8888,"PASSWORD":"123","passWord":{"a":8888},"keys":["123"],"unlockCode2":8888,"PINCode":"123","密码":8888}',
    ],
  ])('hides short secrets of %s', (_name, body) => {
    expect(one(body)).not.toMatch(/8888|123\b/);
  });

  it('hides names, addresses and places of people, however short', () => {
    const text = one(
      '{"cmd":"productdone","vmc_no":1,"userName":"Li","who":"李四","lat":31.23,"phone":12345,"tel":"110","地址":"A1","failreason":"ask li.hua@qq.com"}',
    );
    expect(text).not.toMatch(/Li"|李四|31\.23|12345|110|A1|li\.hua|qq/);
    expect(text).toMatch(/"failreason":"ask [a-z]{13}"/);
    expect(readJson(text).findings).toEqual([]);
  });

  it('keeps short values whose name only resembles a secret', () => {
    const body =
      '{"cmd":"productdone","vmc_no":1,"ping":12,"spinning":1,"keyboard":"us","encoder":3,"ret_code":7,"resultCode":1,"err_code":12,"passed":1}';
    expect(one(body)).toBe(body);
  });

  it('loses private-looking pieces of known members, and keeps times, record numbers and package addresses', () => {
    expect(
      one(
        '{"cmd":"productdone","vmc_no":1,"isok":false,"failreason":"card 6222021234567890 declined","timestamp":"20261126101010","PayType":"wx_pub"}',
      ),
    ).toBe(
      `{"cmd":"productdone","vmc_no":1,"isok":false,"failreason":"card ${standIn('6222021234567890')} declined","timestamp":"20261126101010","PayType":"wx_pub"}`,
    );
    const kept = [
      '{"cmd":"rinsingrecord","vmc_no":1,"c_uid":"C20250318165359700","isok":true,"rinsing_code":"C000"}',
      '{"cmd":"machinestatus","vmc_no":1234567890,"status":"machinelock","islock":1,"time":"2024-09-19 13:53:01"}',
    ];
    expect(masked(kept).map(({ text }) => text)).toEqual(kept);
    const upgrade = '{"cmd":"upgrade","vmc_no":1,"dir":"http://192.168.1.20:12345/update"}';
    expect(one(upgrade)).toBe(upgrade);
    expect(one('{"cmd":"upgrade","vmc_no":1,"dir":"http://li:Sec@ret1@files.cn/update"}')).toBe(
      `{"cmd":"upgrade","vmc_no":1,"dir":"http://${standIn('li:Sec@ret1')}@files.cn/update"}`,
    );
    expect(
      one('{"cmd":"error","vmc_no":1,"error_code":"EC_2","error_description":"13912345678 叫维修"}'),
    ).toBe(
      `{"cmd":"error","vmc_no":1,"error_code":"EC_2","error_description":"${standIn('13912345678')} 叫维修"}`,
    );
  });

  it('is withheld if a name in it looks private', () => {
    expect(
      masked(['{"cmd":"machinestatus","vmc_no":1,"supply":{"6228480402564890018":"5"}}'])[0],
    ).toMatchObject({
      isWithheld: true,
    });
  });

  it('loses an order number within a sentence, also if it stands in a broken body elsewhere', () => {
    const [, text] = masked([
      `{"cmd":"productdone","order_no":"${order}",%`,
      `{"cmd":"productdone","vmc_no":1,"isok":false,"order_no":"","failreason":"order ${order} 缺水"}`,
    ]);
    expect(text?.text).toContain(`"failreason":"order ${standIn(order)} 缺水"`);
  });

  it('loses a card number within a sentence of an unknown member; words stay', () => {
    const [, text] = masked([
      '{"cmd":"facepay","vmc_no":1,"card":"62220212345678","what":"machinestatus"}',
      '{"cmd":"productdone","vmc_no":1,"isok":false,"order_no":"","failreason":"card 62220212345678 refused"}',
      '{"cmd":"machinestatus","vmc_no":1,"status":"dooropen"}',
    ]);
    expect(text?.text).toContain(`"failreason":"card ${standIn('62220212345678')} refused"`);
    const [, , status] = masked([
      '{"cmd":"facepay","vmc_no":1,"what":"machinestatus"}',
      '{"cmd":"hb"}',
      '{"cmd":"machinestatus","vmc_no":1,"status":"dooropen"}',
    ]);
    expect(status?.text).toBe('{"cmd":"machinestatus","vmc_no":1,"status":"dooropen"}');
  });

  it('is withheld if a part can’t be explained', () => {
    for (const body of [
      `{"cmd":"productdone","order_no":"${order}`,
      `{"cmd":"productdone", // ${order}\n"vmc_no":1}`,
      order,
      `{"cmd":"hb","vmc_no":1} ${order}`,
      `{"order_no":${order}}`,
      `{"cmd":"priceset","price":[[810,1000,0],"order_no":"${order}"}`,
      `{"cmd":"hb","vmc_no":1,"a":{"order_no":"${order}"}`,
      Buffer.concat([Buffer.from(`{"cmd":"hb","x":"`), Buffer.from([0xff, 0xfe]), Buffer.from(`${order}"}`)]),
    ]) {
      const [only] = masked([body]);
      expect(only?.isWithheld).toBe(true);
      expect(only?.text).toMatch(/^\[withheld\]x*$/);
    }
  });

  it('keeps trailing and missing commas and GB18030 unchanged', () => {
    const body = toGb18030(`{"cmd":"productdone" "ProductName":"热牛奶","order_no":"${order}",}`);
    const [only] = masked([body]);
    expect(only).toEqual({
      text: `{"cmd":"productdone" "ProductName":"热牛奶","order_no":"${standIn(order)}",}`,
      isWithheld: false,
    });
  });
});

describe('any bodies', () => {
  it('show no private text, and keep their length', () => {
    fc.assert(
      fc.property(fc.array(privateBody, { minLength: 1, maxLength: 4 }), (bodies) => {
        const texts = masked(bodies.map(({ bytes }) => bytes)).map(({ text }) => text);
        const read = texts.map((text) => JSON.stringify(readJson(text).json));
        const all = [...texts, ...read];
        const secrets = bodies.map(({ secret }) => secret.inner);
        expect({ all, shown: secrets.filter((inner) => all.some((text) => text.includes(inner))) }).toEqual({
          all,
          shown: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  it('stay readable if they were', () => {
    for (const { example } of messages) {
      const [after] = masked([JSON.stringify(example)]);
      expect(after?.isWithheld).toBe(false);
      const { json, findings } = readJson(after?.text ?? '');
      expect(findings).toEqual([]);
      expect(Object.keys(json ?? {})).toEqual(Object.keys(example));
      const changed = Object.entries(example).filter(
        ([name, value]) => JSON.stringify(json?.[name]) !== JSON.stringify(value),
      );
      expect(changed.map(([name]) => name).filter((name) => secrecyOf(name) === null)).toEqual([]);
    }
  });
});
