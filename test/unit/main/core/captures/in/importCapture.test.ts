import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { importCapture } from '../../../../../../src/main/core/captures/in/importCapture';
import { CaptureError } from '../../../../../../src/main/core/captures/types';
import { day, dayLines, hb, login, loginReply } from '../../../../../builders/capturedDay';
import { lines, readCapture as read } from '../../../../../builders/captured';
import {
  flags,
  inPieces,
  machineV6,
  pcap,
  pcapng,
  serverV6,
  TcpScript,
  type IpPacket,
  type LinkType,
} from '../../../../../builders/packets';

describe('files', () => {
  const links: LinkType[] = ['ethernet', 'vlan', 'qinq', 'cooked', 'cooked2', 'raw', 'null', 'loop'];
  test.each(links)('pcap over %s, both byte orders and resolutions', async (link) => {
    for (const little of [true, false]) {
      for (const nano of [true, false]) {
        const { entries } = await read(pcap(day().packets, { link, little, nano }));
        expect(lines(entries)).toEqual(dayLines);
        expect(entries[1]?.at).toBe(1_700_000_000_003);
      }
    }
  });

  test.each(links)('pcapng over %s, with IPv6', async (link) => {
    const script = day(new TcpScript({ machine: machineV6, server: serverV6 }));
    for (const little of [true, false]) {
      const { entries, summary } = await read(
        pcapng(script.packets, { link, little, strange: true }),
        {},
        999,
      );
      expect(lines(entries)).toEqual(['opened 2001:db8::7 40006', ...dayLines.slice(1)]);
      expect(summary).toMatchObject({
        connections: 1,
        entries: 6,
        packets: 14,
        isCutOff: false,
        isDamaged: false,
      });
    }
  });

  test('reads old and simple packet blocks, and all resolutions', async () => {
    const { packets } = day();
    for (const resolution of [undefined, 6, 9]) {
      const { entries } = await read(pcapng(packets, resolution === undefined ? {} : { resolution }));
      expect(entries.map(({ at }) => at)).toEqual(
        [1, 3, 5, 20_007, 20_009, 20_012].map((ms) => 1_700_000_000_000 + ms),
      );
    }
    expect(lines((await read(pcapng(packets, { block: 'old' }))).entries)).toEqual(dayLines);
    const simple = await read(pcapng(packets, { block: 'simple' }));
    expect(lines(simple.entries)).toEqual(dayLines);
    expect(simple.entries.every(({ at }) => at === 0)).toBe(true);
  });

  test('reads sections of different byte orders as one capture', async () => {
    const { packets } = day();
    const file = Buffer.concat([
      pcapng(packets.slice(0, 5), { little: true, link: 'raw' }),
      pcapng(packets.slice(5), { little: false, link: 'ethernet' }),
    ]);
    expect(lines((await read(file)).entries)).toEqual(dayLines);
  });

  test.each([1, 7, 100, 65_536])('gzip, and pieces of %i bytes', async (size) => {
    const file = pcapng(day().packets);
    expect(lines((await read(file, {}, size)).entries)).toEqual(dayLines);
    expect(lines((await read(gzipSync(file), {}, size)).entries)).toEqual(dayLines);
  });

  test.each([2, 3, 10, 3600])(
    'a clock set back by %i s neither splits a connection nor loses any of its data',
    async (back) => {
      const { packets } = day();
      // In the middle of the handshake, right after it, and later.
      for (let at = 1; at < packets.length; at += 1) {
        const set = packets.map(({ time, bytes }, index) => ({
          time: index < at ? time : time - back * 1_000_000,
          bytes,
        }));
        expect(lines((await read(pcap(set))).entries)).toEqual(dayLines);
      }
    },
  );

  test('a file that is not a capture is refused', async () => {
    for (const file of [Buffer.from('PK'), Buffer.from('{"kind":"frame"}'.repeat(10))]) {
      await expect(read(file)).rejects.toMatchObject({ code: 'notACapture' });
    }
    for (const file of [Buffer.alloc(0), gzipSync(Buffer.alloc(0))])
      await expect(read(file)).rejects.toMatchObject({ code: 'emptyFile' });
  });

  // First bytes as in the documents of the formats.
  test.each([
    ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
    ['LZ4', [0x04, 0x22, 0x4d, 0x18]],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
    ['bzip2', [0x42, 0x5a, 0x68]],
    ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
    ['7-Zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ])('a file packed with %s is refused with that name', async (name, magic) => {
    const file = Buffer.concat([Buffer.from(magic), Buffer.alloc(100, 7)]);
    await expect(read(file)).rejects.toMatchObject({
      code: 'packed',
      message: expect.stringContaining(name) as string,
    });
  });

  test('a file cut off anywhere gives its readable part, and reports the cut', async () => {
    const { packets } = day();
    for (const file of [pcap(packets), pcapng(packets), gzipSync(pcapng(packets))]) {
      for (let end = 30; end < file.length; end += 41) {
        const problem = await read(file.subarray(0, end)).then(
          () => null,
          (error: unknown) => (error instanceof CaptureError ? null : error),
        );
        expect(problem).toBeNull();
      }
      const { entries, summary } = await read(file.subarray(0, file.length - 30));
      expect(summary.isCutOff).toBe(true);
      // The end of a gzip file is compressed together with much data before it.
      const whole = file[0] === 0x1f ? 0 : 5;
      expect(lines(entries).slice(0, whole)).toEqual(dayLines.slice(0, whole));
    }
  });

  test('nothing is read after a damaged place, and it is reported', async () => {
    const good = pcapng(day().packets);
    const bad = Buffer.concat([good, Buffer.from([6, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])]);
    const { entries, summary } = await read(bad);
    expect(lines(entries)).toEqual(dayLines);
    expect(summary).toMatchObject({ isDamaged: true, isCutOff: false });
  });

  test('can be stopped', async () => {
    const controller = new AbortController();
    const pages = importCapture(inPieces(pcap(Array.from({ length: 20 }, () => day().packets).flat()), 500), {
      signal: controller.signal,
    });
    await pages.next();
    controller.abort();
    await expect(pages.next()).rejects.toThrow(/abort/i);
  });

  test('progress counts the bytes of the file', async () => {
    const file = pcap(day().packets);
    const seen: number[] = [];
    await read(file, { onProgress: (bytes) => seen.push(bytes) }, 500);
    expect(seen.at(-1)).toBe(file.length);
  });
});

describe('TCP', () => {
  test('reads a frame in many segments, and many frames in one', async () => {
    const bytes = Buffer.concat([login, hb, hb, hb]);
    const script = new TcpScript().opens();
    for (let at = 0; at < bytes.length; at += 50) script.says(bytes.subarray(at, at + 50));
    const { entries } = await read(pcap(script.packets));
    expect(lines(entries).slice(1)).toEqual(['in login 33232', 'in hb 33232', 'in hb 33232', 'in hb 33232']);
  });

  test('sequence numbers wrap around', async () => {
    const script = new TcpScript({ machineSeq: 0xffff_ffc0, serverSeq: 0xffff_fff0 });
    expect(lines((await read(pcap(day(script).packets))).entries)).toEqual(dayLines);
  });

  test('ignores repeated segments of any length and keep-alives', async () => {
    const script = new TcpScript().opens().says(login);
    const { machine } = script.next;
    script.packet('machine', flags.ack, login, machine - login.length);
    script.packet(
      'machine',
      flags.ack,
      Buffer.concat([login.subarray(30), hb.subarray(0, 10)]),
      machine - login.length + 30,
    );
    script.says(hb);
    script.packet('machine', flags.ack, Buffer.from([0]), script.next.machine - 1);
    script.packet('machine', flags.ack, Buffer.alloc(0), script.next.machine - 1);
    script.says(loginReply, 'server').closes();
    const { entries } = await read(pcap(script.packets));
    expect(lines(entries)).toEqual([
      dayLines[0],
      'in login 33232',
      'in hb 33232',
      'out login_r 33232',
      'closed machineClosed',
    ]);
  });

  test('reads data in the SYN', async () => {
    const script = new TcpScript();
    script
      .packet('machine', flags.syn, login)
      .packet('server', flags.syn | flags.ack)
      .says(hb);
    expect(lines((await read(pcap(script.packets))).entries)).toEqual([
      dayLines[0],
      'in login 33232',
      'in hb 33232',
    ]);
  });

  test('a missing segment that was acknowledged is a gap, and later data is read', async () => {
    const { packets } = day();
    // The machine's heartbeat itself is missing, but its ACK is there.
    const without = packets.filter((_, index) => index !== 7);
    const { entries } = await read(pcap(without));
    expect(lines(entries)).toEqual([
      ...dayLines.slice(0, 3),
      'out hb 33232',
      `finding capture.gap {"bytes":${hb.length},"dir":"in"}`,
      'closed machineClosed',
    ]);
  });

  test('after a gap within a frame the rest is reported as junk, and the next frames are good', async () => {
    const script = new TcpScript().opens().says(login);
    script.says(hb.subarray(0, 20)).says(hb.subarray(20, 30)).says(hb.subarray(30));
    for (let i = 0; i < 20; i += 1) script.says(hb);
    const { entries } = await read(pcap(script.packets.toSpliced(7, 1)));
    const found = lines(entries);
    expect(found.slice(0, 4)).toEqual([
      dayLines[0],
      'in login 33232',
      `junk ${hb.subarray(0, 20).toString()} junk.cut`,
      'finding capture.gap {"bytes":10,"dir":"in"}',
    ]);
    expect(found.filter((line) => line === 'in hb 33232')).toHaveLength(20);
  });

  test('of one direction alone, gaps are reported once time has passed', async () => {
    const script = new TcpScript().opens().says(login);
    for (let i = 0; i < 5; i += 1) script.after(20_000).says(hb);
    const machineOnly = script.packets.filter((_, index) => index % 2 === 1 && index > 2 && index !== 7);
    const { entries } = await read(pcap(machineOnly), { port: 9700 });
    expect(lines(entries)).toEqual([
      dayLines[0],
      'finding capture.midStream {}',
      'in login 33232',
      'in hb 33232',
      `finding capture.gap {"bytes":${hb.length},"dir":"in"}`,
      'in hb 33232',
      'in hb 33232',
      'in hb 33232',
    ]);
  });

  test('snaplen cuts are reported, and frames continue after them', async () => {
    const { packets } = day();
    const cut = packets.map(({ time, bytes }): IpPacket => ({
      time,
      bytes,
      cut: Math.min(bytes.length, 100),
    }));
    const { entries } = await read(pcap(cut));
    const lost = login.length - 60;
    expect(lines(entries)).toEqual([
      dayLines[0],
      `junk ${login.subarray(0, 60).toString()} junk.cut`,
      `finding capture.cut {"bytes":${lost},"dir":"in"}`,
      `junk ${loginReply.subarray(0, 60).toString()} junk.cut,capture.fromServer`,
      `finding capture.cut {"bytes":${loginReply.length - 60},"dir":"out"}`,
      'in hb 33232',
      'out hb 33232',
      'closed machineClosed',
    ]);
  });

  test('IP fragments are reported', async () => {
    const { packets } = day();
    const broken = packets.flatMap((packet) => {
      if (packet.bytes.length < 150) return [packet];
      const first = Buffer.from(packet.bytes.subarray(0, 100));
      first.writeUInt16BE(100, 2);
      first.writeUInt16BE(0x2000, 6);
      const second = Buffer.concat([packet.bytes.subarray(0, 20), packet.bytes.subarray(100)]);
      second.writeUInt16BE(second.length, 2);
      second.writeUInt16BE(10, 6);
      return [
        { ...packet, bytes: first },
        { ...packet, bytes: second },
      ];
    });
    const { entries, summary } = await read(pcap(broken));
    expect(summary.passedOver).toEqual({ fragment: 1 });
    expect(lines(entries).slice(1, 5)).toEqual([
      'finding capture.fragment {"dir":"in"}',
      'out login_r 33232',
      `junk ${login.subarray(0, 60).toString()} junk.cut`,
      `finding capture.gap {"bytes":${login.length - 60},"dir":"in"}`,
    ]);
  });

  test('a new connection between the same addresses is separate', async () => {
    const first = day();
    const second = day(new TcpScript({ time: first.time, machineSeq: 7_000_000, serverSeq: 5 }));
    const both = await read(pcap([...first.packets, ...second.packets]));
    expect(lines(both.entries)).toEqual([...dayLines, ...dayLines]);
    expect(new Set(both.entries.map(({ conn }) => conn))).toEqual(new Set([1, 2]));
    const unended = await read(pcap([...first.packets.slice(0, -3), ...second.packets]));
    expect(lines(unended.entries)).toEqual([
      ...dayLines.slice(0, -1),
      'finding capture.reopened {}',
      'closed reset',
      ...dayLines,
    ]);
  });

  test('accepts a capture that begins and ends during a connection', async () => {
    const script = new TcpScript()
      .opens()
      .says(hb)
      .says(hb, 'server')
      .after(20_000)
      .says(hb)
      .says(hb.subarray(0, 20));
    const { entries } = await read(pcap(script.packets.slice(3)));
    expect(lines(entries)).toEqual([
      dayLines[0],
      'finding capture.midStream {}',
      'in hb 33232',
      'out hb 33232',
      'in hb 33232',
      `junk ${hb.subarray(0, 20).toString()} junk.cut`,
    ]);
  });

  test('finds the side that closed the connection', async () => {
    const ended = async (end: (script: TcpScript) => TcpScript): Promise<string | undefined> =>
      lines((await read(pcap(end(new TcpScript().opens().says(login)).packets))).entries).at(-1);
    expect(await ended((script) => script.closes('machine'))).toBe('closed machineClosed');
    expect(await ended((script) => script.closes('server'))).toBe('closed serverClosed');
    expect(await ended((script) => script.packet('machine', flags.rst))).toBe('closed reset');
    expect(await ended((script) => script.packet('server', flags.rst | flags.ack))).toBe(
      'closed serverClosed',
    );
    // The FIN of one side alone.
    expect(await ended((script) => script.packet('machine', flags.fin | flags.ack))).toBe(
      'closed machineClosed',
    );
    // The FIN was not recorded, but its ACK was.
    expect(await ended((script) => (script.closes().packets.splice(5, 1), script))).toBe(
      'closed serverClosed',
    );
  });

  test('a refused connection does not count', async () => {
    const script = new TcpScript().packet('machine', flags.syn).packet('server', flags.rst | flags.ack);
    const { entries, summary } = await read(pcap(script.packets));
    expect(entries).toEqual([]);
    expect(summary).toMatchObject({ connections: 0, otherConnections: 0, passedOver: { noData: 1 } });
  });

  test('silence decides waiting data, as on a live connection', async () => {
    const script = new TcpScript().opens().says(login).says('hello').after(20_000).says(hb);
    const { entries } = await read(pcap(script.packets));
    expect(lines(entries).slice(2)).toEqual(['junk hello junk.noFrame', 'in hb 33232']);
    // Decided 200 ms later, it has its arrival time.
    expect((entries[2]?.at ?? 0) - (entries[1]?.at ?? 0)).toBe(2);
  });
});

test('bounds memory: new connections displace the oldest', async () => {
  const scripts = Array.from({ length: 250 }, (_, index) =>
    new TcpScript({ machine: { address: [10, index >> 16, (index >> 8) & 255, index & 255], port: 40_000 } })
      .packet('machine', flags.syn)
      .packets.map(({ bytes, time }) => ({ bytes, time: time + index })),
  ).flat();
  const { summary } = await read(
    pcap([...scripts, ...day(new TcpScript({ time: 1_700_000_100_000_000 })).packets], { link: 'raw' }),
    { maxFlows: 200 },
  );
  expect(summary).toMatchObject({ connections: 1, otherConnections: 0, passedOver: { noData: 250 } });
});
