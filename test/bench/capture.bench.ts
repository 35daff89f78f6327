/**
 * Export and import of captures with a million frames: the rate, and the additional memory. Every frame is acknowledged, as in a
 * real capture, so there are two packets for each. tshark's figure for the same file is in `docs/performance.md`.
 * `npx tsx --expose-gc test/bench/capture.bench.ts [frames]`
 */
import type { Buffer } from 'node:buffer';
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exportCsv } from '../../src/main/core/captures/out/exportCsv';
import { exportJsonl } from '../../src/main/core/captures/out/exportJsonl';
import { importJsonl } from '../../src/main/core/captures/in/importJsonl';
import { exportPcapng } from '../../src/main/core/captures/out/exportPcapng';
import { importCapture } from '../../src/main/core/captures/in/importCapture';
import { TimeOrder } from '../../src/main/core/captures/in/order';
import { PacketReader } from '../../src/main/core/captures/in/packets';
import { newSegment, readSegment } from '../../src/main/core/captures/segment';
import type { Write } from '../../src/main/core/captures/types';
import { newFolder } from '../builders/folders';
import { manyEntries, peerOf } from '../builders/manyEntries';

const frames = Number(process.argv[2] ?? 1_000_000);

function collect(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

async function measure(name: string, run: () => Promise<number>): Promise<void> {
  const before = collect();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const start = process.hrtime.bigint();
  const count = await run();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage().rss);
  const rate = (count / seconds / 1e3).toFixed(0).padStart(6);
  const memory = ((peak - before) / 1_048_576).toFixed(0).padStart(5);
  process.stdout.write(
    `${name.padEnd(34)} ${seconds.toFixed(2).padStart(6)} s ${rate}k frames/s ${memory} MB\n`,
  );
}

async function written(file: string, run: (write: Write) => Promise<number>): Promise<number> {
  const out = createWriteStream(file);
  await run(
    (chunk) =>
      new Promise((resolve, reject) => out.write(chunk, (error) => (error ? reject(error) : resolve()))),
  );
  await new Promise((resolve) => out.end(resolve));
  return frames;
}

async function drained(pages: AsyncIterable<readonly { readonly kind: string }[]>): Promise<number> {
  let count = 0;
  for await (const page of pages) for (const entry of page) if (entry.kind === 'frame') count += 1;
  if (count !== frames) throw new Error(`${count} frames`);
  return count;
}

async function packets(file: string): Promise<number> {
  const reader = new PacketReader();
  const order = new TimeOrder();
  const segment = newSegment();
  let count = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) {
    for (const packet of order.push(reader.push(chunk as Buffer))) {
      if (readSegment(packet, segment) === null && segment.to > segment.from) count += 1;
    }
  }
  return count;
}

const directory = newFolder();
try {
  const at = (name: string): string => join(directory, name);
  const read = (name: string) => createReadStream(at(name), { highWaterMark: 1_048_576 });
  await measure('making the entries', () => drained(manyEntries(frames)));
  await measure('export pcapng', () =>
    written(at('a.pcapng'), (write) => exportPcapng(manyEntries(frames), write, { peerOf })),
  );
  await measure('export jsonl', () =>
    written(at('a.jsonl'), (write) => exportJsonl(manyEntries(frames), write)),
  );
  await measure('export csv', () => written(at('a.csv'), (write) => exportCsv(manyEntries(frames), write)));
  process.stdout.write(
    `pcapng ${statSync(at('a.pcapng')).size}, jsonl ${statSync(at('a.jsonl')).size} bytes\n`,
  );
  await measure('packets of a pcapng, not decoded', () => packets(at('a.pcapng')));
  await measure('import pcapng', () => drained(importCapture(read('a.pcapng'))));
  await measure('import pcapng again', () => drained(importCapture(read('a.pcapng'))));
  await measure('import jsonl', () => drained(importJsonl(read('a.jsonl'))));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
