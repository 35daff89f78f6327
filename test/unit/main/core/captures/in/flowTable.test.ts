import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { FlowTable } from '../../../../../../src/main/core/captures/in/flowTable';
import { newSegment, type Segment } from '../../../../../../src/main/core/captures/segment';

/** A packet from one end to another; addresses of 4 or 16 bytes. */
function packet(from: readonly number[], port: number, to: readonly number[], toPort: number): Segment {
  const bytes = Buffer.from([7, ...from, ...to, port >> 8, port & 255, toPort >> 8, toPort & 255]);
  const addressSize = from.length === 16 ? 16 : 4;
  return { ...newSegment(), bytes, addressAt: 1, addressSize, portAt: 1 + 2 * addressSize };
}

const a = [10, 0, 0, 200];
const b = [10, 0, 0, 1];
const long = (address: readonly number[]): readonly number[] => [
  0xfe,
  0x80,
  ...Array<number>(10).fill(0),
  ...address,
];

describe('connections by their ends', () => {
  const table = new FlowTable<string>();
  // All pairs of ports with the same sum have the same hash.
  const ports = [40_000, 40_001, 40_002, 40_003];
  const there = (port: number, version = 4): Segment =>
    version === 4 ? packet(a, port, b, 50_000 - port) : packet(long(a), port, long(b), 50_000 - port);
  const back = (port: number): Segment => packet(b, 50_000 - port, a, port);
  const found = (segment: Segment): string => {
    const known = table.find(segment);
    return known === null ? 'none' : `${known.flow} ${known.side}`;
  };
  const all = (): readonly string[] =>
    ports.flatMap((port) => [found(there(port)), found(back(port)), found(there(port, 6))]);

  it('are found by packets of either side, and by no others', () => {
    for (const port of ports) table.put(there(port), `${port}`);
    expect(all()).toEqual(ports.flatMap((port) => [`${port} 0`, `${port} 1`, 'none']));
    expect(found(packet(a, 40_004, b, 9_996))).toBe('none');
    // After a flow that shares a port with it.
    expect([found(back(40_000)), found(packet(b, 10_000, a, 40_009))]).toEqual(['40000 1', 'none']);
    expect([found(there(40_000)), found(packet(a, 40_000, b, 10_009))]).toEqual(['40000 0', 'none']);
  });

  it('are replaced by the next one with the same ends, begun by either side', () => {
    table.put(back(40_001), 'next');
    expect([table.size, found(there(40_001)), found(back(40_001))]).toEqual([4, 'next 1', 'next 0']);
    expect(table.flows()).toEqual(['40000', '40002', '40003', 'next']);
  });

  it('differ from those with longer addresses', () => {
    table.put(there(40_002, 6), 'long');
    expect([table.size, found(there(40_002)), found(there(40_002, 6))]).toEqual([5, '40002 0', 'long 0']);
    // Its first bytes equal those of both others.
    const begins = packet([...a, ...b, ...a, ...b], 40_002, long(b), 9_998);
    table.put(begins, 'begins');
    expect([found(begins), found(there(40_002))]).toEqual(['begins 0', '40002 0']);
    table.forget(new Set(['begins']));
  });

  it('are forgotten, including the one found last', () => {
    expect(found(there(40_002))).toBe('40002 0');
    table.forget(new Set(['40002', 'next', '40000']));
    expect([table.size, table.flows()]).toEqual([2, ['40003', 'long']]);
    expect(all().filter((one) => one !== 'none')).toEqual(['long 0', '40003 0', '40003 1']);
  });
});
