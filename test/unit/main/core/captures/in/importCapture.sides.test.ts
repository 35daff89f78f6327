/** Recognition of machine connections in a capture, and of the machine's side. */
import { describe, expect, test } from 'vitest';
import { day, dayLines, hb } from '../../../../../builders/capturedDay';
import { lines, readCapture as read } from '../../../../../builders/captured';
import { frame, lyingFrame } from '../../../../../builders/frames';
import { flags, pcap, serverV4, TcpScript } from '../../../../../builders/packets';

describe('sides of a connection', () => {
  const elsewhere = { address: [10, 0, 0, 9], port: 12_345 };
  const client = { address: [10, 0, 0, 2], port: 51_000 };

  test('other protocols are left out', async () => {
    const web = new TcpScript({ server: { ...serverV4, port: 80 }, machine: client }).opens();
    web
      .says('POST /api HTTP/1.1\r\n\r\n{"cmd":"login","vmc_no":1}')
      .says('HTTP/1.1 200 OK\r\n\r\n{}', 'server')
      .closes();
    const { entries, summary } = await read(pcap([...web.packets, ...day().packets]));
    expect(lines(entries)).toEqual(dayLines);
    expect(summary).toMatchObject({ connections: 1, otherConnections: 1 });
  });

  test('on another port, by the messages', async () => {
    const script = day(new TcpScript({ server: elsewhere, machine: client }));
    const told = ['opened 10.0.0.2 51000', ...dayLines.slice(1)];
    expect(lines((await read(pcap(script.packets))).entries)).toEqual(told);
    // Without the handshake; the server's messages come first.
    const late = lines((await read(pcap(script.packets.slice(5)))).entries);
    expect(late.slice(0, 3)).toEqual([
      'opened 10.0.0.2 51000',
      'finding capture.midStream {}',
      'out login_r 33232',
    ]);
  });

  test('a known server stays known, for any content', async () => {
    const first = day(new TcpScript({ server: elsewhere, machine: client }));
    const second = new TcpScript({
      server: elsewhere,
      machine: { ...client, port: 51_001 },
      time: first.time,
    });
    second.opens().says('nonsense').closes();
    const { entries } = await read(pcap([...first.packets, ...second.packets]));
    expect(lines(entries).slice(6)).toEqual([
      'opened 10.0.0.2 51001',
      'junk nonsense junk.noFrame',
      'closed machineClosed',
    ]);
  });

  test('bytes missing before the first ones are reported as a beginning that was not recorded, not as another connection', async () => {
    const script = new TcpScript({ server: elsewhere, machine: client });
    script.packet('server', flags.ack);
    script.next.machine += 100;
    script.packet('server', flags.ack).after(1_500).packet('server', flags.ack).says(hb).closes();
    const { entries } = await read(pcap(script.packets));
    expect(lines(entries)).toEqual([
      'opened 10.0.0.2 51000',
      'finding capture.midStream {}',
      'in hb 33232',
      'closed machineClosed',
    ]);
    expect(new Set(entries.map(({ conn }) => conn))).toEqual(new Set([1]));
  });

  test('with a given port, only that port counts', async () => {
    const other = day(new TcpScript({ server: elsewhere, machine: client }));
    const both = [...other.packets, ...day().packets];
    expect(lines((await read(pcap(both), { port: 9700 })).entries)).toEqual(dayLines);
    expect((await read(pcap(both), { port: 12_345 })).entries[0]).toMatchObject({
      peer: { localPort: 12_345 },
    });
  });

  test('heads, sequence numbers and findings are the decoder’s', async () => {
    const le48 = frame({ cmd: 'hb', vmc_no: 5 }, 'le48', 68);
    const script = new TcpScript()
      .opens()
      .says(le48)
      .says(lyingFrame('{"cmd":"hb","vmc_no":5}', 99))
      .says(le48);
    const { entries } = await read(pcap(script.packets));
    expect(entries[1]).toMatchObject({
      head: 'le48',
      sequence: 68,
      bytes: le48,
      bodyStart: 12,
      findings: [],
    });
    expect(entries[2]).toMatchObject({ findings: [{ code: 'head.changed' }, { code: 'head.lengthWrong' }] });
  });
});
