/** Marks and notes as packet comments. */
import { describe, expect, test } from 'vitest';
import { exportPcapng, type PcapngOptions } from '../../../../../src/main/core/captures/out/exportPcapng';
import type { ReadEntry } from '../../../../../src/main/core/captures/types';
import type { Entry, NewEntry } from '#shared/model/frame';
import { inPages, MemoryFile, numbered, readCapture } from '../../../../builders/captured';
import { frame, lyingFrame } from '../../../../builders/frames';
import { pcap, pcapng, TcpScript, type IpPacket } from '../../../../builders/packets';

async function exported(entries: readonly Entry[], options: PcapngOptions): Promise<Buffer> {
  const file = new MemoryFile();
  await exportPcapng(inPages(entries, 3), file.write, options);
  return file.bytes;
}

describe('comments of packets', () => {
  test('marks and notes are exported as comments and imported; findings and made-up entries are not imported as notes', async () => {
    const hb = frame({ cmd: 'hb', vmc_no: 5 });
    const script = new TcpScript()
      .opens()
      .says(hb)
      .says(hb, 'server')
      .says(lyingFrame('{"cmd":"hb","vmc_no":5}', 12))
      .after(1000)
      .says(frame({ cmd: 'hb', vmc_no: 5, padding: 'x'.repeat(3000) }));
    const { entries } = await readCapture(pcap(script.closes().packets));
    const marks = new Map([
      [1, { marked: true, note: '' }],
      [2, { marked: false, note: 'Crema does this\nline two 看这里' }],
      [3, { marked: true, note: 'Crema: ★ as it says itself' }],
      [5, { marked: true, note: 'long' }],
      [entries.length, { marked: false, note: 'end' }],
    ]);
    const file = await exported(numbered(entries), {
      markWord: '已标记',
      markOf: (id) => marks.get(id) ?? null,
    });
    const back = (await readCapture(file)).entries as readonly ReadEntry[];
    expect(back.map(({ kind }) => kind)).toEqual(entries.map(({ kind }) => kind));
    expect(back.map(({ mark }) => mark ?? null)).toEqual(
      entries.map((_, index) => marks.get(index + 1) ?? null),
    );
    expect(file.includes('Crema: ★ 已标记')).toBe(true);
  });

  test('of other people are notes of the frames in them, in any file format', async () => {
    const hb = frame({ cmd: 'hb', vmc_no: 33_232 });
    const { packets } = new TcpScript()
      .opens()
      .says(hb)
      .says(hb, 'server')
      .after(20_000)
      .says(hb)
      .says(hb, 'server')
      .closes();
    const commentsAt = new Map([
      [3, ['why?', '登录']],
      [8, ['ack']],
    ]);
    const commented = packets.map(({ time, bytes }, index): IpPacket => ({
      time,
      bytes,
      comments: commentsAt.get(index) ?? [],
    }));
    for (const little of [true, false]) {
      const { entries } = await readCapture(pcapng(commented, { little, link: 'raw' }));
      const notes = (entries as readonly ReadEntry[]).map(({ mark }) => mark?.note ?? '');
      expect(notes).toEqual(['', 'why?\n登录', '', '', 'ack', '']);
    }
  });

  test('without a following entry are added at the end, to the last entry of their connection', async () => {
    const hb = frame({ cmd: 'hb', vmc_no: 5 });
    const open = new TcpScript().opens().says(hb);
    const { entries } = await readCapture(pcap(open.packets));
    const remark: NewEntry = {
      kind: 'finding',
      at: entries[0]?.at ?? 0,
      conn: 1,
      vmcNo: 5,
      finding: { code: 'number.replaced', params: { conn: 9 } },
    };
    const file = await exported(numbered([...entries, remark]), {
      markOf: (id) => (id === entries.length + 1 ? { marked: true, note: 'which one?' } : null),
    });
    const back = await readCapture(file);
    expect(back.entries.map(({ kind }) => kind)).toEqual(['opened', 'frame']);
    expect(back.summary.lateMarks).toEqual([{ conn: 1, mark: { marked: true, note: 'which one?' } }]);
  });

  test('after the end of a connection, or before another begins, are added too', async () => {
    const hb = frame({ cmd: 'hb', vmc_no: 5 });
    const { packets } = new TcpScript().opens().says(hb).closes();
    const last = packets.length - 1;
    const commented = packets.map(({ time, bytes }, index): IpPacket => ({
      time,
      bytes,
      comments: index === last ? ['over'] : [],
    }));
    const late = [{ conn: 1, mark: { marked: false, note: 'over' } }];
    expect((await readCapture(pcapng(commented, { link: 'raw' }))).summary.lateMarks).toEqual(late);
  });
});
