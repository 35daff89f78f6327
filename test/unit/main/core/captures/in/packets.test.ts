import { describe, expect, it, vi } from 'vitest';
import { PacketReader } from '../../../../../../src/main/core/captures/in/packets';
import { readCapture } from '../../../../../builders/captured';
import { frame } from '../../../../../builders/frames';
import { pcap, pcapng, TcpScript, type IpPacket } from '../../../../../builders/packets';

const sizes = [20, 9_000, 4_050, 60, 60_000, 41, 4_096, 20, 300, 12_345, 65_000, 28];
const packets: readonly IpPacket[] = sizes.map((size, i) => ({
  time: 1_700_000_000_000_000 + i,
  bytes: Buffer.from(Array.from({ length: size }, (_, at) => (i * 31 + at * 7) & 255)),
}));

/** Time and bytes of each packet, and whether the file ended at the end of a record. */
function readIn(file: Buffer, size: number): readonly unknown[] {
  const reader = new PacketReader();
  const found: unknown[] = [];
  for (let at = 0; at < file.length; at += size)
    for (const { time, bytes, from, to } of reader.push(Buffer.from(file.subarray(at, at + size))))
      found.push([time, bytes.toString('latin1', from, to)]);
  return [...found, reader.end(), reader.damaged];
}

describe.each([
  ['pcap', pcap(packets)],
  ['pcapng', pcapng(packets)],
  ['pcapng with unknown blocks', pcapng(packets, { strange: true })],
  ['truncated pcapng', pcapng(packets).subarray(0, -100)],
])('%s', (_name, file) => {
  const whole = readIn(file, file.length);

  it('is read', () => {
    expect(whole.length).toBeGreaterThanOrEqual(sizes.length);
  });

  it.each([5, 23, 24, 100, 4_095, 4_096, 4_097, 8_193, 30_000, 65_536])(
    'is the same in pieces of %i bytes',
    (size) => {
      expect(readIn(file, size)).toEqual(whole);
    },
  );
});

it('copies each piece of a long record only once', () => {
  const size = 131_072;
  const file = pcap([{ time: 1_700_000_000_000_000, bytes: Buffer.alloc(32 * size) }]);
  const concat = vi.spyOn(Buffer, 'concat');
  try {
    expect(readIn(file, size)).toHaveLength(3);
    // One concatenation for each record, and some more for the first records.
    expect(concat.mock.calls.length).toBeLessThan(33 + 8);
  } finally {
    concat.mockRestore();
  }
});

describe('an impossible time', () => {
  it.each([
    [0n, 1_700_000_000_000_000],
    [-1_600_000_000n, 100_000_000_000_000],
    // Before 1970: no export can write this time.
    [-1_800_000_000n, null],
    [-(2n ** 63n), null],
    [2n ** 63n - 1n, null],
  ])('is not a time, also by the offset of an interface (%s s)', (offset, time) => {
    for (const little of [true, false]) {
      const file = pcapng([{ time: 1_700_000_000_000_000, bytes: Buffer.alloc(20) }], { offset, little });
      expect(readIn(file, 100)[0]).toEqual([time, expect.anything()]);
    }
  });

  const damaged = [0, 1, 2].map((n): IpPacket => ({
    time: n === 1 ? 18_000_000_000_000_000_000 : 1_700_000_000_000_000 + n,
    bytes: Buffer.alloc(20, n),
  }));

  it.each(['enhanced', 'old'] as const)('counts as missing, and its packet is kept (%s)', (block) => {
    const found = readIn(pcapng(damaged, { block }), 100) as readonly (readonly [number | null, string])[];
    expect(found.slice(0, 3).map(([time]) => time)).toEqual([
      1_700_000_000_000_000,
      null,
      1_700_000_000_000_002,
    ]);
  });

  it('is replaced by that of the previous packet', async () => {
    const { packets: sent } = new TcpScript()
      .opens()
      .says(frame({ cmd: 'hb', vmc_no: 5 }))
      .closes();
    const broken = sent.map(({ time, bytes }, at) => ({ time: at === 3 ? 2 ** 63 : time, bytes }));
    const { entries } = await readCapture(pcapng(broken, { link: 'raw' }));
    expect(entries.map(({ kind }) => kind)).toEqual(['opened', 'frame', 'closed']);
    expect(entries[1]?.at).toBe(1_700_000_000_002);
  });
});
