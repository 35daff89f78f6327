/** The bytes come out in stream order, for any order of packets in the network and the capture. */
import type { NewEntry } from '#shared/model/frame';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaptureError } from '../../../../../../src/main/core/captures/types';
import { frame } from '../../../../../builders/frames';
import { lines, readCapture } from '../../../../../builders/captured';
import { pcap, pcapng, TcpScript, type IpPacket } from '../../../../../builders/packets';
import { Held, Stream } from '../../../../../../src/main/core/captures/in/stream';

const stream = Buffer.concat(Array.from({ length: 12 }, (_, i) => frame({ cmd: 'hb', vmc_no: 100 + i })));

/** Sizes of the stream's segments in order, in bytes. */
const cuts = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 5, maxLength: 60 });

function script(sizes: readonly number[], machineSeq: number): TcpScript {
  const connection = new TcpScript({ machineSeq }).opens();
  let at = 0;
  for (const size of sizes) {
    if (at < stream.length) connection.says(stream.subarray(at, at + size));
    at += size;
  }
  if (at < stream.length) connection.says(stream.subarray(at));
  return connection.closes();
}

function frames(entries: readonly NewEntry[]): string[] {
  return lines(entries).filter((line) => !line.startsWith('opened'));
}

/** Each packet moves by less than `window` places, and is recorded at its new place. */
function shuffled(packets: readonly IpPacket[], moves: readonly number[], window: number): IpPacket[] {
  const order = packets
    .map((packet, index) => ({
      packet,
      place: index + ((moves[index % moves.length] ?? 0) % window) + index / 1e6,
    }))
    .toSorted((a, b) => a.place - b.place);
  return order.map(({ packet: { bytes } }, index) => ({ bytes, time: packets[index]?.time ?? 0 }));
}

describe('a clean capture and a mangled one give the same frames', () => {
  test('out of order, repeated, cut differently, with numbers that wrap around', async () => {
    await fc.assert(
      fc.asyncProperty(
        cuts,
        fc.constantFrom(1000, 0xffff_ff00, 0x7fff_ff00),
        fc.array(fc.nat({ max: 7 }), { minLength: 3, maxLength: 20 }),
        // A packet is late by its move and by the repeats before it: at most the 16 packets that the reader waits for.
        fc.array(fc.nat(), { maxLength: 8 }),
        async (sizes, machineSeq, moves, repeats) => {
          const clean = script(sizes, machineSeq).packets;
          const start = clean.slice(0, 3);
          let rest = shuffled(clean.slice(3), moves, 8);
          for (const place of repeats) {
            const at = place % rest.length;
            const packet = rest[at];
            if (packet !== undefined)
              rest = rest.toSpliced(Math.min(rest.length, at + (place % 5)), 0, packet);
          }
          const expected = frames((await readCapture(pcap(clean))).entries);
          const found = frames((await readCapture(pcap([...start, ...rest]))).entries);
          // With both ends exchanged, the side that closed first is unknown.
          expect(found.slice(0, -1)).toEqual(expected.slice(0, -1));
          expect(found.at(-1)).toMatch(/^closed (?:machineClosed|serverClosed)$/);
        },
      ),
      { numRuns: 120 },
    );
  });

  test('recorded out of order, with the correct times', async () => {
    await fc.assert(
      fc.asyncProperty(
        cuts,
        fc.array(fc.nat({ max: 30 }), { minLength: 3, maxLength: 20 }),
        async (sizes, moves) => {
          const clean = script(sizes, 77).packets;
          const late = clean
            .map((packet, index) => ({ packet, place: index + (moves[index % moves.length] ?? 0) }))
            .toSorted((a, b) => a.place - b.place)
            .map(({ packet }) => packet);
          expect((await readCapture(pcapng(late))).entries).toEqual(
            (await readCapture(pcapng(clean))).entries,
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test('with packets missing or cut, all bytes are reported or counted, and nothing fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        cuts,
        fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (sizes, hit, cut) => {
          const clean = script(sizes, 5).packets;
          const places = new Set(hit.map((place) => 3 + (place % (clean.length - 6))));
          const broken = clean.flatMap((packet, index): IpPacket[] => {
            if (!places.has(index)) return [packet];
            return cut ? [{ ...packet, cut: Math.min(packet.bytes.length, 45) }] : [];
          });
          const { entries } = await readCapture(pcap(broken));
          let bytes = 0;
          for (const entry of entries) {
            if (entry.kind === 'frame' || entry.kind === 'junk') bytes += entry.bytes.length;
            if (entry.kind === 'finding') bytes += Number(entry.finding.params?.['bytes'] ?? 0);
          }
          expect(bytes).toBe(stream.length);
          expect(entries.at(-1)).toMatchObject({ kind: 'closed', reason: 'machineClosed' });
        },
      ),
      { numRuns: 120 },
    );
  });

  test('any replaced bytes import without an error', async () => {
    const good = pcapng([...script([30, 50, 7], 5).packets]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.integer({ min: 0, max: 255 })), {
          maxLength: 30,
        }),
        async (changes) => {
          const file = Buffer.from(good);
          for (const [at, value] of changes) file[at] = value;
          const problem = await readCapture(file).then(
            () => null,
            (error: unknown) => (error instanceof CaptureError ? null : error),
          );
          expect(problem).toBeNull();
        },
      ),
      { numRuns: 250 },
    );
  });
});

test('data that waits for missing bytes is bounded', () => {
  let missing = 0;
  let data = 0;
  const one = new Stream(
    {
      data: (_side, _bytes, from, to) => (data += to - from),
      early: () => undefined,
      missing: (_side, bytes) => (missing += bytes),
      finished: () => undefined,
    },
    0,
    new Held(),
  );
  const piece = Buffer.alloc(1000);
  one.take(0, piece, 0, 1000, 0, 1);
  // There are no ACKs, and the second thousand never arrives.
  for (let i = 2; i < 400; i += 1) one.take(i * 1000, piece, 0, 1000, 0, i);
  expect(missing).toBe(1000);
  expect(data).toBe(399_000);
  one.end(1000);
  expect(data).toBe(399_000);
});

test('late bytes from before the capture are kept, though they have no place any more', async () => {
  const hb = frame({ cmd: 'hb', vmc_no: 33_232 });
  const talk = new TcpScript().opens().says(hb).says(hb).says(hb);
  // The connection's beginning is missing. The first two heartbeats arrive after the third; the first of them arrives twice.
  const [, , , first, , second, , third] = talk.packets;
  if (first === undefined || second === undefined || third === undefined) throw new Error('no packets');
  const late = (packet: IpPacket, by: number): IpPacket => ({ ...packet, time: third.time + by });
  const file = pcap([third, late(first, 2_000_000), late(first, 2_000_010), late(second, 2_000_020)]);
  const { entries } = await readCapture(file);
  expect(entries.map(({ kind }) => kind)).toEqual(['opened', 'finding', 'frame', 'junk', 'junk']);
  expect(entries[3]).toMatchObject({
    bytes: Buffer.from(hb),
    findings: [{ code: 'capture.early', params: { bytes: hb.length } }],
  });
});
