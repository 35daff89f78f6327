/** Captures, checked with the programs that people use for them. */
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directionOf, type Entry, type Head, type NewEntry } from '#shared/model/frame';
import { exportPcapng, type PcapngOptions } from '../../src/main/core/captures/out/exportPcapng';
import { Fleet } from '../../src/main/tools/simulator/fleet';
import { fleetOptions } from '../../src/main/tools/simulator/options';
import { inPages, lines, MemoryFile, numbered, readCapture } from '../builders/captured';
import { frame, lyingFrame } from '../builders/frames';
import { machineV4, machineV6, pcap, serverV4, serverV6, TcpScript } from '../builders/packets';
import { startServer } from '../builders/server';
import { CaptureFolder, hasProgram, Tcpdump } from '../builders/wireshark';

const hasTshark = hasProgram('tshark');
const hasTcpdump = hasProgram('tcpdump');

const body = fc.record({
  cmd: fc.constantFrom('hb', 'login', 'error', 'qrcode', 'something new'),
  vmc_no: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  order_no: fc.string({ unit: fc.constantFrom('a', 'b', '0', '9'), maxLength: 32 }),
  note: fc.string({ unit: fc.constantFrom('热', '{', '}', '"', '\\', 'x', ' '), maxLength: 300 }),
});
const head = fc.constantFrom<Head>('decimal', 'le48');
const said = fc.record({
  by: fc.constantFrom('machine' as const, 'server' as const),
  bytes: fc.oneof(
    { weight: 10, arbitrary: fc.tuple(body, head, fc.nat(100_000)).map(([b, h, n]) => frame(b, h, n)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(body, head, fc.integer({ min: 20, max: 900 }))
        .map(([b, h, n]) => lyingFrame(JSON.stringify(b), n, h)),
    },
    { weight: 1, arbitrary: body.map((b) => Buffer.from(JSON.stringify(b))) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('hello', 'OK\r\n', 'AT+CIPSEND', '\0\0\0\0\0')
        .map((text) => Buffer.from(text)),
    },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 1000, max: 8000 })
        .map((size) => frame({ cmd: 'long', vmc_no: 1, p: 'p'.repeat(size) })),
    },
  ),
});

/** Two connections, one of them over IPv6, with every possible kind of entry. */
function conversation(): { script: TcpScript; v6: TcpScript } {
  const parts = fc.sample(said, { seed: 4, numRuns: 200 });
  const script = new TcpScript().opens();
  const v6 = new TcpScript({ machine: machineV6, server: serverV6, time: script.time + 17 }).opens();
  for (const [index, { by, bytes }] of parts.entries()) {
    const one = index % 3 === 0 ? v6 : script;
    for (let at = 0; at < bytes.length; at += 1400) one.says(bytes.subarray(at, at + 1400), by);
    one.after(1000);
  }
  script.closes();
  v6.closes('server');
  return { script, v6 };
}

async function exported(entries: readonly Entry[], options: PcapngOptions = {}): Promise<Buffer> {
  const file = new MemoryFile();
  await exportPcapng(inPages(entries), file.write, { application: 'Crema test', ...options });
  return file.bytes;
}

function essentialsOf(entry: NewEntry): string[] {
  if (entry.kind === 'junk') return [directionOf(entry), '', '', String(entry.bytes.length)];
  if (entry.kind !== 'frame') return [];
  const json = JSON.parse(entry.text) as { cmd: string; vmc_no: number };
  return [entry.dir, json.cmd, String(json.vmc_no), String(entry.bytes.length)];
}

const essentials = ['crema.dir', 'crema.cmd', 'crema.vmc_no', 'crema.size'] as const;
const columns = [
  ...essentials,
  'crema.head',
  'crema.seq',
  'frame.comment',
  'tcp.analysis.flags',
  '_ws.malformed',
  'tcp.checksum.status',
  'ip.checksum.status',
  'tcp.flags',
  'tcp.completeness',
  'tcp.stream',
  'ip.src',
  'ipv6.src',
] as const;
/** The fields that tshark reads from a packet; empty if absent. */
type Row = Readonly<Record<(typeof columns)[number], string>>;
const withFrames = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => row['crema.dir'] !== '');
const essentialsIn = (row: Row): readonly string[] => essentials.map((column) => row[column]);
const isWrong = (row: Row): boolean => row['tcp.analysis.flags'] + row['_ws.malformed'] !== '';
const isSyn = (row: Row): boolean => (Number(row['tcp.flags']) & 2) !== 0;

describe.runIf(hasTshark)('Wireshark', () => {
  const folder = new CaptureFolder();
  let entries: Entry[] = [];
  let packets: readonly Row[] = [];
  /** All fields at once: a start of tshark costs more than the reading. */
  async function columnsOf(name: string): Promise<readonly Row[]> {
    const checks = ['-2', '-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
    const rows = await folder.fields(name, columns, 'frame', ...checks);
    return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])) as Row);
  }

  beforeAll(async () => {
    const { script, v6 } = conversation();
    const both = [...script.packets, ...v6.packets].toSorted((a, b) => a.time - b.time);
    writeFileSync(folder.file('recorded.pcap'), pcap(both));
    entries = numbered((await readCapture(readFileSync(folder.file('recorded.pcap')))).entries);
    writeFileSync(folder.file('ours.pcapng'), await exported(entries));
    packets = await columnsOf('ours.pcapng');
  });
  afterAll(() => folder.remove());

  test('agrees with us frame by frame on the file we wrote', () => {
    const wanted = entries.map(essentialsOf).filter((one) => one.length > 0);
    expect(wanted.length).toBeGreaterThan(150);
    expect(withFrames(packets).map(essentialsIn)).toEqual(wanted);
  });

  test('heads and sequence numbers are the same', () => {
    const frames = entries.flatMap((entry) => (entry.kind === 'frame' ? [entry] : []));
    const rows = packets.filter((row) => row['crema.cmd'] !== '');
    expect(rows.map((row) => row['crema.head'])).toEqual(frames.map((one) => one.head ?? 'none'));
    expect(rows.map((row) => row['crema.seq'])).toEqual(frames.map((one) => String(one.sequence ?? '')));
  });

  test('finds nothing wrong with handshakes, confirmations and check sums', () => {
    expect(packets.filter(isWrong)).toEqual([]);
    expect(packets.filter((row) => row['tcp.checksum.status'] !== '1')).toEqual([]);
    // IPv6 has no header checksum.
    expect(packets.filter((row) => row['ip.src'] !== '' && row['ip.checksum.status'] !== '1')).toEqual([]);
    // SYN, SYN-ACK, ACK, data and FIN were seen (1 + 2 + 4 + 8 + 16), in both connections.
    expect(packets.filter(isSyn).map((row) => row['tcp.completeness'])).toEqual(Array(4).fill('31'));
  });

  test('treats selected frames as whole streams', async () => {
    const peers = new Map(
      entries.flatMap((one) => (one.kind === 'opened' ? [[one.conn, one.peer] as const] : [])),
    );
    const chosen = entries.filter(({ id, kind }) => (kind === 'frame' || kind === 'junk') && id % 7 === 3);
    expect(chosen.length).toBeGreaterThan(20);
    const peerOf: PcapngOptions['peerOf'] = (conn) => peers.get(conn) ?? null;
    const markOf: PcapngOptions['markOf'] = (id) =>
      id === chosen[5]?.id ? { marked: true, note: '看这里' } : null;
    writeFileSync(folder.file('chosen.pcapng'), await exported(chosen, { peerOf, markOf }));
    const rows = await columnsOf('chosen.pcapng');
    expect(withFrames(rows).map(essentialsIn)).toEqual(chosen.map(essentialsOf));
    expect(rows.filter(isWrong)).toEqual([]);
    expect(new Set(rows.map((row) => row['tcp.stream']))).toEqual(new Set(['0', '1']));
    // Handshake and data (1 + 2 + 4 + 8), but no FIN: the end is unknown.
    const begun = rows.filter(isSyn);
    expect(begun.map((row) => row['tcp.completeness'])).toEqual(Array(4).fill('15'));
    const ends = begun.filter((row) => row['tcp.flags'] === '0x0002');
    expect(ends.map((row) => row['ip.src'] + row['ipv6.src'])).toEqual(
      [...new Set(chosen.map(({ conn }) => conn))].map((conn) => peers.get(conn)?.remoteAddress),
    );
    expect(rows.filter((row) => row['frame.comment'].includes('看这里'))).toHaveLength(1);
  });

  test('shows findings as comments', () => {
    expect(packets.map((row) => row['frame.comment']).join('\n')).toContain('head.lengthWrong declared=');
  });

  test('our dissector puts frames together that a capture has in pieces', async () => {
    const script = new TcpScript().opens();
    const bodies = fc.sample(fc.tuple(body, head), { seed: 9, numRuns: 60 });
    const bytes = Buffer.concat(bodies.map(([one, kind], index) => frame(one, kind, index)));
    for (let at = 0; at < bytes.length; at += 97) script.says(bytes.subarray(at, at + 97));
    writeFileSync(folder.file('pieces.pcap'), pcap(script.packets));
    const commands = (await folder.fields('pieces.pcap', ['crema.cmd'])).flatMap(
      ([all]) => all?.split(',') ?? [],
    );
    expect(commands).toEqual(bodies.map(([{ cmd }]) => cmd));
  });

  test('our dissector finds machines on other ports', async () => {
    const script = new TcpScript({ server: { ...serverV4, port: 12_345 }, machine: machineV4 }).opens();
    script.says(frame({ cmd: 'hb', vmc_no: 5 }));
    writeFileSync(folder.file('elsewhere.pcap'), pcap(script.packets));
    expect(await folder.fields('elsewhere.pcap', ['crema.cmd', 'crema.dir'])).toEqual([['hb', 'in']]);
  });

  describe('files that its tools rewrote', () => {
    const reread = async (name: string): Promise<string[]> =>
      lines((await readCapture(readFileSync(folder.file(name)))).entries);

    test.each(['pcap', 'nsecpcap', 'pcapng'])('as %s: the same entries', async (format) => {
      await folder.tool('editcap', '-F', format, 'ours.pcapng', `again.${format}`);
      expect(await reread(`again.${format}`)).toEqual(await reread('ours.pcapng'));
    });

    test('packets twice, and out of order by time: the same entries', async () => {
      await folder.tool('mergecap', '-w', 'twice.pcapng', 'ours.pcapng', 'ours.pcapng');
      expect(await reread('twice.pcapng')).toEqual(await reread('ours.pcapng'));
      await folder.tool('editcap', '-r', 'ours.pcapng', 'first.pcapng', '1-300');
      await folder.tool('editcap', 'ours.pcapng', 'second.pcapng', '1-300');
      await folder.tool('mergecap', '-a', '-w', 'swapped.pcapng', 'second.pcapng', 'first.pcapng');
      await folder.tool('reordercap', 'swapped.pcapng', 'ordered.pcapng');
      expect(await reread('ordered.pcapng')).toEqual(await reread('ours.pcapng'));
    });

    test('packets cut, lost or broken: findings, and no failure', async () => {
      await folder.tool('editcap', '-s', '100', 'ours.pcapng', 'cut.pcapng');
      expect(
        (await reread('cut.pcapng')).filter((line) => line.includes('capture.cut')).length,
      ).toBeGreaterThan(100);
      await folder.tool('editcap', 'ours.pcapng', 'lost.pcapng', '20-21', '60', '100-111');
      const lost = await reread('lost.pcapng');
      expect(lost.some((line) => line.includes('capture.gap'))).toBe(true);
      expect(lost.length).toBeGreaterThan(entries.length * 0.9);
      await folder.tool('editcap', 'ours.pcapng', 'late.pcapng', '1-30');
      expect((await reread('late.pcapng')).some((line) => line.includes('capture.midStream'))).toBe(true);
      for (const seed of ['1', '2', '3']) {
        await folder.tool('editcap', '--seed', seed, '-E', '0.02', 'ours.pcapng', 'noise.pcapng');
        expect((await reread('noise.pcapng')).length).toBeGreaterThan(0);
      }
    });
  });
});

/** Frames of a connection in one direction, with all fields that must stay the same. */
function byConnection(entries: readonly NewEntry[]): Map<string, unknown[]> {
  const ports = new Map<number, number>();
  const told = new Map<string, unknown[]>();
  const tell = (key: string, value: unknown): void => void told.set(key, [...(told.get(key) ?? []), value]);
  for (const entry of entries) {
    if (entry.kind === 'opened') {
      ports.set(entry.conn, entry.peer.remotePort);
      tell(`${entry.peer.remotePort} opened`, entry.peer);
    }
    const port = ports.get(entry.conn);
    if (entry.kind === 'frame') {
      const { head: form, sequence, bytes, bodyStart, text, vmcNo, message } = entry;
      tell(`${port} ${entry.dir}`, {
        form,
        sequence,
        bytes: Buffer.from(bytes).toString('latin1'),
        bodyStart,
        text,
        vmcNo,
        message,
      });
    }
    if (entry.kind === 'junk') tell(`${port} junk`, Buffer.from(entry.bytes).toString('latin1'));
    // The end of a machine that is switched off depends on its unread data.
    if (entry.kind === 'closed')
      tell(`${port} closed`, entry.reason === 'reset' ? 'machineClosed' : entry.reason);
  }
  return told;
}

/** Bytes sent, including lost bytes that only a finding records. */
function bytesIn(entries: readonly NewEntry[]): number {
  return entries.reduce((sum, entry) => {
    if (entry.kind === 'frame' || entry.kind === 'junk') return sum + entry.bytes.length;
    return entry.kind === 'finding' ? sum + Number(entry.finding.params?.['bytes'] ?? 0) : sum;
  }, 0);
}

describe.runIf(hasTcpdump)('tcpdump', () => {
  test('a recorded run of virtual machines gives the entries of that run', async (context) => {
    const server = await startServer();
    const port = String(server.port);
    const recorders = [
      await Tcpdump.start('-i', 'lo', 'tcp', 'port', port),
      await Tcpdump.start('-i', 'any', '-y', 'LINUX_SLL', 'tcp', 'port', port),
      await Tcpdump.start('-i', 'any', '-y', 'LINUX_SLL2', 'tcp', 'port', port),
    ];
    const running = recorders.filter((one) => typeof one !== 'string');
    if (running.length < recorders.length) {
      for (const recorder of running) await recorder.stop();
      await server.stop();
      context.skip(`tcpdump records nothing here: ${recorders.find((one) => typeof one === 'string')}`);
    }
    const fleet = new Fleet(
      fleetOptions.parse({ host: '127.0.0.1', port: server.port, count: 8, platform: 'mixed', pace: 200 }),
    );
    const until = async (condition: () => boolean): Promise<void> => {
      for (let waited = 0; !condition() && waited < 15_000; waited += 50) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    try {
      await until(() => server.entries.length > 400);
    } finally {
      await fleet.stop();
      const count = (kind: string): number => server.entries.filter((entry) => entry.kind === kind).length;
      await until(() => count('closed') >= count('opened'));
      await server.stop();
    }
    const wanted = byConnection(server.entries);
    expect(server.entries.length).toBeGreaterThan(400);
    for (const recorder of running) {
      const { file, dropped } = await recorder.stop();
      const { entries, summary } = await readCapture(file);
      expect(summary.passedOver).toEqual({});
      if (dropped > 0) {
        process.stderr.write(`tcpdump lost ${dropped} packets: what it has is not compared\n`);
        continue;
      }
      expect(bytesIn(entries)).toBe(bytesIn(server.entries));
      expect(byConnection(entries)).toEqual(wanted);
      const [first] = entries;
      expect(Math.abs((first?.at ?? 0) - (server.entries[0]?.at ?? 0))).toBeLessThan(1000);
    }
  }, 60_000);
});
