import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directionOf, type Entry, type Head, type NewEntry, type Peer } from '#shared/model/frame';
import { exportPcapng, type PcapngOptions } from '../../../../../../src/main/core/captures/out/exportPcapng';
import { PacketReader } from '../../../../../../src/main/core/captures/in/packets';
import type { Packet } from '../../../../../../src/main/core/captures/record';
import { newSegment, readSegment, type Segment } from '../../../../../../src/main/core/captures/segment';
import { frame, lyingFrame } from '../../../../../builders/frames';
import { inPages, lines, MemoryFile, numbered, readCapture } from '../../../../../builders/captured';
import { machineV6, pcap, serverV6, TcpScript } from '../../../../../builders/packets';

const at = 1_700_000_000_123;
const v4: Peer = {
  remoteAddress: '192.0.2.7',
  remotePort: 40_001,
  localAddress: '192.0.2.1',
  localPort: 9700,
};

async function exported(entries: readonly Entry[], options: PcapngOptions = {}): Promise<Buffer> {
  const file = new MemoryFile();
  const size = await exportPcapng(inPages(entries, 3), file.write, options);
  expect(size).toBe(file.bytes.length);
  return file.bytes;
}

function packetsOf(file: Buffer): { packet: Packet; segment: Segment }[] {
  return new PacketReader().push(file).map((packet) => {
    const segment = newSegment();
    expect(readSegment(packet, segment)).toBeNull();
    return { packet, segment };
  });
}

/** RFC 1071: the sum over a part including its checksum is all ones. */
function sumOf(bytes: Uint8Array, start = 0): number {
  let sum = start;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) + (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

type Junk = Extract<Entry, { kind: 'junk' }>;

function junkEntry(bytes: Buffer, more: Partial<Junk> = {}): Junk {
  return { kind: 'junk', id: 1, at, conn: 1, vmcNo: null, bytes, findings: [], ...more };
}
const opened: Extract<Entry, { kind: 'opened' }> = {
  kind: 'opened',
  id: 1,
  at,
  conn: 1,
  vmcNo: null,
  peer: v4,
};

describe('packets', () => {
  test('comments without a packet get one', async () => {
    const base = { kind: 'finding', at, vmcNo: 7 } as const;
    const notes = new Map([[2, { entry: 2, marked: true, note: 'pump was changed' }]]);
    const file = await exported(
      [
        { ...base, id: 1, conn: 0, finding: { code: 'fault.closed', params: { note: 'by hand' } } },
        { ...base, id: 2, conn: 1, finding: { code: 'seq.gap', params: { expected: 2, got: 4 } } },
      ],
      { describe: ({ code }) => `found ${code}`, markOf: (id) => notes.get(id) ?? null },
    );
    const text = file.toString('utf8');
    for (const words of ['found fault.closed', 'found seq.gap', 'pump was changed'])
      expect(text).toContain(words);
  });

  test('a gap of the original capture is found again', async () => {
    const hb = frame({ cmd: 'hb', vmc_no: 7 });
    const script = new TcpScript().opens().says(hb).says(hb).says(hb).says(hb, 'server').closes();
    const { entries } = await readCapture(pcap(script.packets.filter((_, index) => index !== 5)));
    expect(lines(entries).some((line) => line.startsWith('finding capture.gap'))).toBe(true);
    const again = await readCapture(await exported(numbered(entries)));
    expect(lines(again.entries)).toEqual(lines(entries));
  });

  test('handshake, acknowledged data and the end have correct numbers and checksums', async () => {
    const closed: Entry = {
      kind: 'closed',
      id: 3,
      at: at + 5,
      conn: 1,
      vmcNo: null,
      reason: 'machineClosed',
    };
    for (const peer of [v4, { ...v4, remoteAddress: 'fe80::7%eth0', localAddress: '2001:db8::1' }]) {
      const all = packetsOf(await exported([{ ...opened, peer }, junkEntry(Buffer.alloc(3001, 7)), closed]));
      const isV4 = peer === v4;
      expect(all.map(({ segment }) => segment.flags)).toEqual([
        2, 18, 16, 24, 16, 24, 16, 24, 16, 17, 17, 16,
      ]);
      expect(all.map(({ segment }) => segment.to - segment.from).filter((size) => size > 0)).toEqual(
        isV4 ? [1460, 1460, 81] : [1440, 1440, 121],
      );
      let time = 0;
      for (const [index, { packet, segment }] of all.entries()) {
        expect(packet.time).toBeGreaterThan(time);
        time = packet.time ?? 0;
        const { bytes, addressAt, addressSize, portAt } = segment;
        // IPv6 has no checksum of its own.
        expect(isV4 ? sumOf(bytes.subarray(packet.from, portAt)) : 0xffff).toBe(0xffff);
        const pseudo = sumOf(bytes.subarray(addressAt, addressAt + 2 * addressSize)) + 6 + packet.to - portAt;
        expect(sumOf(bytes.subarray(portAt, packet.to), pseudo)).toBe(0xffff);
        // Each packet acknowledges everything that the other side has sent.
        const before = all
          .slice(0, index)
          .findLast(
            (one) => one.segment.bytes.readUInt16BE(one.segment.portAt) !== bytes.readUInt16BE(portAt),
          );
        const { seq, from, to, flags } = before?.segment ?? { seq: 0, from: 0, to: 0, flags: 0 };
        expect(segment.ack).toBe((seq + to - from + ((flags & 3) === 0 ? 0 : 1)) >>> 0);
      }
      expect(all[0]?.packet.time).toBe(at * 1000);
      expect(all[9]?.packet.time).toBe((at + 5) * 1000);
    }
  });

  test('time does not go back within a connection when the clock is set back', async () => {
    const entries = [opened, junkEntry(Buffer.from('a')), junkEntry(Buffer.from('b'), { at: at - 60_000 })];
    const times = packetsOf(await exported(entries)).map(({ packet }) => packet.time ?? 0);
    expect(times).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => at * 1000 + n));
  });

  test('a connection that began before the selection gets a handshake and addresses', async () => {
    const entries = [
      junkEntry(Buffer.from('a'), { conn: 7 }),
      junkEntry(Buffer.from('b'), { conn: 8 }),
      junkEntry(Buffer.from('c'), { conn: 7 }),
    ];
    const asked: number[] = [];
    const file = await exported(entries, { peerOf: (conn) => (asked.push(conn), conn === 7 ? v4 : null) });
    expect(asked).toEqual([7, 8]);
    const { entries: back } = await readCapture(file);
    expect(lines(back).filter((line) => line.startsWith('opened'))).toEqual([
      'opened 192.0.2.7 40001',
      'opened 192.0.2.1 32776',
    ]);
    expect(file.includes('added: the addresses are unknown')).toBe(true);
  });

  test('findings become comments in the given language, and the application is named', async () => {
    const findings = [{ code: 'junk.noFrame', params: { bytes: 1 } }] as const;
    const file = await exported([opened, junkEntry(Buffer.from('a'), { findings })], {
      application: 'Crema 1.2.3',
      describe: ({ code }) => `热 ${code}`,
    });
    expect(file.includes('热 junk.noFrame')).toBe(true);
    expect(file.includes('Crema 1.2.3')).toBe(true);
    expect(
      (await exported([opened, junkEntry(Buffer.from('a'), { findings })])).includes('junk.noFrame bytes=1'),
    ).toBe(true);
  });

  test('a made-up start of a connection has a comment', async () => {
    const file = await exported([junkEntry(Buffer.from('a'))], { peerOf: () => v4, beganBefore: '补写的包' });
    expect(packetsOf(file).map(({ packet }) => packet.comments)).toEqual([
      ['Crema: 补写的包'],
      [],
      [],
      [],
      [],
    ]);
    expect(packetsOf(await exported([opened]))[0]?.packet.comments).toEqual([]);
  });

  test('can be stopped', async () => {
    const stop = AbortSignal.abort();
    await expect(exported([opened], { signal: stop })).rejects.toThrow(/abort/i);
  });
});

const part = fc.record({
  by: fc.constantFrom('machine' as const, 'server' as const),
  quiet: fc.integer({ min: 1000, max: 5000 }),
  bytes: fc.oneof(
    fc
      .record({
        body: fc.record({
          cmd: fc.constantFrom('hb', 'login', 'error', '热'),
          vmc_no: fc.integer({ min: 1, max: 9999 }),
          p: fc.string({ unit: 'grapheme', maxLength: 2000 }),
        }),
        head: fc.constantFrom<Head>('decimal', 'le48'),
        sequence: fc.nat(),
      })
      .map(({ body, head, sequence }) => frame(body, head, sequence)),
    fc.integer({ min: 20, max: 90 }).map((total) => lyingFrame('{"cmd":"hb","vmc_no":5}', total)),
    fc.uint8Array({ minLength: 1, maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
    fc.constant(Buffer.from('{"cmd":"hb","vmc_no":5}')),
  ),
});

/**
 * Equal parts of both directions. On import the quiet before junk begins again: junk may be split differently, and its time and the time of
 * held data may differ. Numbers have tests of their own.
 */
function essence(entries: readonly NewEntry[]): unknown[] {
  const parts = { in: [] as unknown[], out: [] as unknown[] };
  const junk = { in: '', out: '' };
  const flush = (dir: 'in' | 'out'): void => {
    if (junk[dir] !== '') parts[dir].push(junk[dir]);
    junk[dir] = '';
  };
  for (const { at: _at, original: _original, ...entry } of entries) {
    if (entry.kind === 'junk') junk[directionOf(entry)] += Buffer.from(entry.bytes).toString('hex');
    else if (entry.kind === 'frame') {
      flush(entry.dir);
      const { vmcNo: _vmcNo, ...rest } = entry;
      parts[entry.dir].push({ ...rest, bytes: Buffer.from(entry.bytes).toString('hex') });
    } else parts.in.push(entry);
  }
  flush('in');
  flush('out');
  return [parts.in, parts.out];
}

test('good frames keep their times and numbers', async () => {
  const script = new TcpScript()
    .opens()
    .says(frame({ cmd: 'hb', vmc_no: 5 }))
    .after(777)
    .says(frame({ cmd: 'hb', vmc_no: 5 }));
  const { entries } = await readCapture(pcap(script.closes().packets));
  const again = (await readCapture(await exported(numbered(entries)))).entries;
  expect(again).toEqual(Array.from(entries, (entry, index) => ({ original: { id: index + 1, journal: null }, ...entry })));
});

test('an exported and imported capture stays the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.boolean(), async (parts, v6) => {
      const script = new TcpScript(v6 ? { machine: machineV6, server: serverV6 } : {}).opens();
      for (const { by, quiet, bytes } of parts) {
        for (let from = 0; from < bytes.length; from += 1400)
          script.says(bytes.subarray(from, from + 1400), by);
        script.after(quiet);
      }
      const first = (await readCapture(pcap(script.closes().packets), { port: 9700 })).entries;
      const again = (await readCapture(await exported(numbered(first)), { port: 9700 })).entries;
      expect(essence(again)).toEqual(essence(first));
    }),
    { numRuns: 120 },
  );
});
