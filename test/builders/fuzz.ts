/**
 * Malformed inputs for the running app, built by the grammar of each input channel and then damaged. The same seed
 * gives the same inputs. Bytes are hex, so that an input which found a bug can be stored as JSON (test/fixtures/fuzz).
 */
import fc from 'fast-check';
import { requests } from '#shared/contract/requests/index';
import { messages } from '#shared/messages/index';
import type { JsonObject, JsonValue } from '#shared/model/json';
import { anyCharacter } from './anyCharacter';

export type FuzzInput =
  /** Written to the machine port in these pieces. Then the client closes the connection or leaves that to the server. */
  | { readonly to: 'tcp'; readonly chunks: readonly string[]; readonly hangsUp: boolean }
  /** Written to the update port unchanged. */
  | { readonly to: 'http'; readonly bytes: string }
  /** Opened as a capture. */
  | { readonly to: 'capture'; readonly name: string; readonly bytes: string }
  /** A request of the window. */
  | { readonly to: 'ipc'; readonly verb: string; readonly args: JsonValue; readonly capture: JsonValue };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Plausible machine numbers. */
const numbers = fc.integer({ min: 60_001, max: 60_006 });

const words = fc.oneof(
  fc.constantFrom(
    'toString',
    '__proto__',
    'hasOwnProperty',
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'NaN',
    'null',
    'true',
    '9999',
    '%',
    '%zz',
    '../..',
    'ERROR:5300',
    'WARNING:10009',
    'dooropen',
    'supply',
    '微信支付',
    '缺水',
    '\u202Eabc',
    'a\u0000b',
    '\u001B[2J',
    '=1+1',
  ),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
);
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  words,
  fc.constantFrom<JsonValue>(null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, [], {}),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
);

const rows = messages.map(({ cmd, example }): JsonObject => Object.assign({ cmd }, example));

/** A message of either side, with some members replaced, removed or added. */
const body: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom<JsonObject>(...rows),
    numbers,
    fc.array(fc.tuple(fc.nat(20), value), { maxLength: 3 }),
    fc.array(fc.nat(20), { maxLength: 2 }),
    fc.array(fc.tuple(words, value), { maxLength: 2 }),
  )
  .map(([row, vmcNo, replaced, dropped, added]) => {
    const members: [string, JsonValue][] = Object.entries({ ...row, vmc_no: vmcNo });
    for (const [at, other] of replaced) {
      const member = members[at % members.length];
      if (member !== undefined) member[1] = other;
    }
    for (const at of dropped) members.splice(at % members.length, 1);
    return JSON.stringify(Object.fromEntries([...members, ...added]));
  });

/** Bytes with some flipped, removed, doubled or cut off. */
function damaged(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const damage = fc.tuple(fc.constantFrom('flip', 'drop', 'double', 'cut'), fc.nat(), fc.nat(255));
  return fc.tuple(bytes, fc.array(damage, { maxLength: 3 })).map(([whole, damages]) => {
    let now = Buffer.from(whole);
    for (const [how, place, by] of damages) {
      if (now.length === 0) break;
      const at = place % now.length;
      if (how === 'flip') now[at] = (now[at] ?? 0) ^ by;
      else if (how === 'drop') now = Buffer.concat([now.subarray(0, at), now.subarray(at + 1 + (by % 8))]);
      else if (how === 'double')
        now = Buffer.concat([now.subarray(0, at), now.subarray(Math.max(0, at - 40))]);
      else now = now.subarray(0, at);
    }
    return now;
  });
}

/** With a head of either kind that declares the true length, or another. */
const frame: fc.Arbitrary<Uint8Array> = fc
  .tuple(body, fc.constantFrom('decimal', 'le48', 'none'), fc.constantFrom(0, 0, 0, 1, -1, 500), fc.nat(200))
  .map(([text, head, wrong, sequence]) => {
    const json = Buffer.from(text);
    const total = json.length + 12 + wrong;
    if (head === 'none') return json;
    if (head === 'decimal')
      return Buffer.concat([Buffer.from(`${String(Math.max(0, total)).padStart(4, '0')}00000000`), json]);
    const v = total + 48;
    const count = [sequence & 255, 0, 0, 0, 0, 0, 0, 0].map((byte) => (byte + 48) & 255);
    return Buffer.concat([Buffer.from([v & 255, ((v >> 8) + 48) & 255, 48, 48, ...count]), json]);
  });

const stream: fc.Arbitrary<Uint8Array> = fc
  .tuple(numbers, fc.array(damaged(frame), { minLength: 1, maxLength: 6 }), fc.boolean())
  .map(([vmcNo, frames, logsIn]) => {
    const login = `{"cmd":"login","vmc_no":${vmcNo},"timestamp":"20150624","version":"1.0","linuxDriverVersion":"1.3"}`;
    const first = `${String(login.length + 12).padStart(4, '0')}00000000${login}`;
    return Buffer.concat([Buffer.from(logsIn ? first : ''), ...frames]);
  });

const tcp: fc.Arbitrary<FuzzInput> = fc
  .tuple(stream, fc.array(fc.nat(2_000), { maxLength: 4 }), fc.boolean())
  .map(([bytes, cuts, hangsUp]) => {
    const places = [0, ...cuts.filter((at) => at < bytes.length).toSorted((a, b) => a - b), bytes.length];
    return {
      to: 'tcp',
      chunks: places.slice(1).map((end, n) => hex(bytes.subarray(places[n] ?? 0, end))),
      hangsUp,
    };
  });

const path = fc.oneof(
  fc.constantFrom(
    '/',
    '/u/60001/1/update.xml',
    '/u/60001/1/x.zip',
    '/u/60001/1/x.zip%20',
    '/u//..%2f..',
    '/%',
    '/%zz',
    '//',
    '*',
    '/api/control/notify',
    '/api/control/notify?vmc=60001&status=1&sessionId=1',
    '/api/control/notify?vmc=__proto__&status=x',
  ),
  fc.webPath(),
);
const header = fc.tuple(
  fc.constantFrom(
    'Host',
    'Range',
    'If-Range',
    'If-None-Match',
    'Content-Length',
    'Transfer-Encoding',
    'Connection',
    'X',
  ),
  fc.oneof(
    fc.constantFrom(
      'bytes=0-',
      'bytes=-5',
      'bytes=5-1',
      'bytes=0-1,3-4',
      'bytes=a',
      '"x"',
      'chunked',
      '-1',
      '99999999999',
      'close',
    ),
    words.map((word) => word.replaceAll(/[\r\n]/g, '')),
  ),
);
const http: fc.Arbitrary<FuzzInput> = damaged(
  fc
    .tuple(
      fc.constantFrom('GET', 'HEAD', 'POST', 'DELETE', 'CONNECT', 'x'),
      path,
      fc.array(header, { maxLength: 4 }),
    )
    .map(([method, target, headers]) =>
      Buffer.from(
        `${method} ${target} HTTP/1.1\r\n${headers.map((pair) => `${pair.join(': ')}\r\n`).join('')}\r\n`,
      ),
    ),
).map((bytes) => ({ to: 'http', bytes: hex(bytes) }));

/** A line of our own export, of its first versions, with odd members. */
const jsonLine = fc
  .record(
    {
      id: value,
      at: fc.oneof(fc.constant('2026-11-26T10:00:00.000Z'), value),
      conn: fc.oneof(fc.nat(5), value),
      kind: fc.oneof(fc.constantFrom('frame', 'opened', 'closed', 'finding', 'junk'), value),
      dir: fc.oneof(fc.constantFrom('in', 'out'), value),
      bytes: fc.oneof(
        damaged(frame).map((bytes) => hex(bytes)),
        value,
      ),
      body: value,
      reason: value,
      finding: value,
    },
    { requiredKeys: [] },
  )
  .map((line) => JSON.stringify(line));

/** Classic pcap with one packet per piece: Ethernet, IPv4 and TCP written by hand, then damaged. */
const packets: fc.Arbitrary<Uint8Array> = fc
  .array(damaged(frame), { minLength: 1, maxLength: 8 })
  .map((pieces) => {
    const file = [Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex')];
    let sequence = 1;
    for (const [n, piece] of pieces.entries()) {
      const tcpHead = Buffer.alloc(20);
      tcpHead.writeUInt16BE(40_000, 0);
      tcpHead.writeUInt16BE(4567, 2);
      tcpHead.writeUInt32BE(sequence, 4);
      tcpHead[12] = 0x50;
      tcpHead[13] = 0x18;
      sequence += piece.length;
      const ip = Buffer.alloc(20);
      ip[0] = 0x45;
      ip.writeUInt16BE(40 + piece.length, 2);
      ip[8] = 64;
      ip[9] = 6;
      ip.writeUInt32BE(0x0a00_0007, 12);
      ip.writeUInt32BE(0x0a00_0001, 16);
      const packet = Buffer.concat([Buffer.from('0200000000010200000000020800', 'hex'), ip, tcpHead, piece]);
      const record = Buffer.alloc(16);
      record.writeUInt32LE(1_700_000_000 + n, 0);
      record.writeUInt32LE(packet.length, 8);
      record.writeUInt32LE(packet.length, 12);
      file.push(record, packet);
    }
    return Buffer.concat(file);
  });

const capture: fc.Arbitrary<FuzzInput> = fc.oneof(
  fc.array(jsonLine, { minLength: 1, maxLength: 12 }).map((lines): FuzzInput => ({
    to: 'capture',
    name: 'odd.jsonl',
    bytes: hex(Buffer.from(lines.join('\n'))),
  })),
  damaged(packets).map((bytes): FuzzInput => ({ to: 'capture', name: 'odd.pcap', bytes: hex(bytes) })),
);

/** Requests that would disturb the test: other ports, other windows, one machine for all, two thousand machines. */
const leftAlone: ReadonlySet<string> = new Set([
  'followAdapter',
  'listen',
  'listenOn',
  'openWindow',
  'setDirectLink',
  'simulate',
]);
const verbs = Object.keys(requests).filter((verb) => !leftAlone.has(verb));

const frameFilter = fc.record({
  vmcNo: fc.oneof(fc.constant(null), numbers),
  dir: fc.constantFrom(null, 'in', 'out'),
  cmd: fc.constantFrom(null, 'hb', '__proto__'),
  text: fc.oneof(fc.constantFrom('cmd:hb', 'and (', '/(a+)+$/', 'time>=-2h'), words),
});
const members = fc.record(
  {
    vmcNo: fc.oneof(numbers, value),
    id: fc.oneof(fc.nat(50), value),
    filter: fc.oneof(frameFilter, value),
    place: fc.constantFrom({ before: null }, { before: 3 }, { after: 0 }),
    before: fc.constantFrom(null, 5, { at: 1, entry: 1 }, { setAt: 0, id: 1 }),
    after: fc.constantFrom(null, 1),
    limit: fc.oneof(fc.constantFrom(1, 100), value),
    token: fc.nat(9),
    from: fc.constantFrom(0, -1e15, 1e18),
    to: fc.constantFrom(1e12, 8.64e15, 1e300),
    bins: fc.constantFrom(1, 100),
    entry: fc.nat(50),
    marked: fc.boolean(),
    note: words,
    name: fc.oneof(fc.constantFrom('reboot', 'makeDrink', 'setPrices', 'upgrade'), words),
    input: fc.oneof(fc.dictionary(words, value, { maxKeys: 3 }), value),
    patch: fc.dictionary(fc.constantFrom('name', 'theme', 'version', 'x'), value, { maxKeys: 2 }),
    text: words,
    where: words,
    detail: words,
  },
  { requiredKeys: [] },
);
const ipc: fc.Arbitrary<FuzzInput> = fc
  .tuple(
    fc.constantFrom(...verbs),
    fc.oneof(members as fc.Arbitrary<JsonValue>, value),
    fc.constantFrom<JsonValue>(null, null, 1, 'x'),
  )
  .map(([verb, args, source]) => ({ to: 'ipc', verb, args, capture: source }));

const inputs: Readonly<Record<FuzzInput['to'], fc.Arbitrary<FuzzInput>>> = { tcp, http, capture, ipc };

export const sample = (to: FuzzInput['to'], count: number, seed: number): readonly FuzzInput[] =>
  fc.sample(inputs[to], { numRuns: count, seed });
