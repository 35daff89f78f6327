/** Reading any file takes bounded memory; totals are counted. */
import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { Held, Stream } from '../../../../../../src/main/core/captures/in/stream';
import { frame } from '../../../../../builders/frames';
import { readCapture as read } from '../../../../../builders/captured';
import { pcapng, TcpScript, type IpPacket } from '../../../../../builders/packets';

const hb = frame({ cmd: 'hb', vmc_no: 33_232 });

const withComments = (packet: IpPacket, comments: readonly string[]): IpPacket => ({ ...packet, comments });

/** The number of Interface Description Blocks. */
function interfaces(count: number): Buffer {
  const block = Buffer.alloc(20);
  block.writeUInt32LE(1, 0);
  block.writeUInt32LE(20, 4);
  block.writeUInt16LE(1, 8);
  block.writeUInt32LE(20, 16);
  return Buffer.alloc(20 * count, block);
}

describe('a capture', () => {
  test('with more interfaces than any program writes is refused with the reason', async () => {
    const section = pcapng([]);
    // The section already has one.
    expect((await read(Buffer.concat([section, interfaces(9_999)]))).summary.isDamaged).toBe(false);
    await expect(read(Buffer.concat([section, interfaces(10_000)]))).rejects.toMatchObject({
      code: 'tooManyInterfaces',
      message: '10,000',
    });
  });

  test('may reach the limit in each of its sections', async () => {
    const section = Buffer.concat([pcapng([]), interfaces(9_999)]);
    const { summary } = await read(Buffer.concat([section, section]));
    expect(summary).toMatchObject({ isDamaged: false, isCutOff: false });
  });

  test('with a comment on each of too many packets is refused', async () => {
    const { packets } = new TcpScript().opens().says(hb);
    const noted = packets.map((packet) => withComments(packet, ['a note']));
    const few = await read(pcapng(noted));
    expect(few.entries.some((entry) => 'mark' in entry)).toBe(true);
    const section = pcapng([]);
    const block = pcapng(noted.slice(0, 1)).subarray(section.length);
    const many = Buffer.concat([section, Buffer.alloc(20_001 * block.length, block)]);
    await expect(read(many)).rejects.toMatchObject({ code: 'tooManyNotes' });
  });

  test('whose packets have thousands of comments each keeps the first of them', async () => {
    const { packets } = new TcpScript().says(hb);
    const comments = Array.from({ length: 9_000 }, (_, at) => String(at));
    const { entries } = await read(pcapng(packets.map((packet) => withComments(packet, comments))));
    const notes = entries.flatMap((entry) =>
      'mark' in entry ? [(entry.mark as { note: string }).note] : [],
    );
    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) expect(note).toMatch(/^0\n1\n2\n/);
    expect(Math.max(...notes.map((note) => note.length))).toBeLessThanOrEqual(1_000);
  });
});

test('data that waits for missing bytes has one limit for all connections', () => {
  const held = new Held();
  const piece = Buffer.alloc(200_000);
  let missing = 0;
  const streams = Array.from(
    { length: 500 },
    () =>
      new Stream(
        {
          data: () => undefined,
          early: () => undefined,
          missing: () => (missing += 1),
          finished: () => undefined,
        },
        0,
        held,
      ),
  );
  for (const stream of streams) {
    stream.take(0, piece, 0, 1, 0, 1);
    // The bytes between the two segments are missing.
    stream.take(1_000, piece, 0, piece.length, 0, 2);
  }
  // 64 MiB hold some 335 pieces; the others do not wait.
  const waiting = Math.floor((64 * 1_048_576) / (piece.length + 256));
  expect(missing).toBe(streams.length - waiting);
  for (const stream of streams) stream.forget();
  for (const stream of streams.slice(0, waiting)) stream.take(900_000, piece, 0, piece.length, 0, 3);
  expect(missing).toBe(streams.length - waiting);
});
