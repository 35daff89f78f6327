/**
 * Decoder speed relative to JSON.parse, including the search for frames. The floor is JSON.parse alone on strings cut
 * beforehand; both are measured in turn in one run. `npx tsx test/bench/decoder.bench.ts`
 */
import { Buffer } from 'node:buffer';
import { FrameDecoder } from '../../src/main/core/protocol/frame';
import { readMessage } from '#shared/messages/read';
import type { Head, JsonObject } from '#shared/model/frame';
import { frame, pieces, trafficMix } from '../builders/frames';

const frames = 400_000;
const rounds = 9;
const chunkSize = 65_536;

/** Minimum share of JSON.parse's speed. The benchmark fails below its target. */
const limits: Readonly<Record<string, number>> = {
  'decoder, decimal head': 0.8,
  'decoder, le48 head': 0.8,
};

interface Contender {
  readonly name: string;
  /** The contender whose rate counts as 1. */
  readonly floor: number;
  /** One pass over all frames; gives how many it saw. */
  readonly run: () => number;
}

function parseAll(texts: readonly string[]): number {
  let count = 0;
  for (const text of texts) if (JSON.parse(text) !== null) count += 1;
  return count;
}

function decodeAll(chunks: readonly Uint8Array[], read: boolean): number {
  const decoder = new FrameDecoder();
  let count = 0;
  for (const chunk of chunks) {
    for (const item of decoder.push(chunk)) {
      if (item.kind !== 'frame' || item.json === null || item.findings.length > 0)
        throw new Error('not a good frame');
      if (read) readMessage(item.json, 'in');
      count += 1;
    }
  }
  return count;
}

function chunksOf(bodies: readonly JsonObject[], head: Head): Uint8Array[] {
  return pieces(Buffer.concat(bodies.map((body, i) => frame(body, head, i))), chunkSize).map((c) =>
    Buffer.from(c),
  );
}

function prepare(): Contender[] {
  const bodies = trafficMix(frames);
  const inChinese = bodies.map((body) => ({ ...body, note: '热牛奶' }));
  const texts = bodies.map((body) => JSON.stringify(body));
  const chineseTexts = inChinese.map((body) => JSON.stringify(body));
  const decimal = chunksOf(bodies, 'decimal');
  const le48 = chunksOf(bodies, 'le48');
  const chinese = chunksOf(inChinese, 'le48');
  const bytes = decimal.reduce((sum, chunk) => sum + chunk.length, 0);
  process.stdout.write(
    `${frames} frames, ${(bytes / frames).toFixed(1)} bytes on average, chunks of ${chunkSize} bytes\n`,
  );
  return [
    { name: 'JSON.parse alone', floor: 0, run: () => parseAll(texts) },
    { name: 'decoder, decimal head', floor: 0, run: () => decodeAll(decimal, false) },
    { name: 'decoder, le48 head', floor: 0, run: () => decodeAll(le48, false) },
    { name: 'decoder and readMessage, decimal', floor: 0, run: () => decodeAll(decimal, true) },
    { name: 'JSON.parse alone, Chinese in every body', floor: 4, run: () => parseAll(chineseTexts) },
    { name: 'decoder, le48 head, the same', floor: 4, run: () => decodeAll(chinese, false) },
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Rates in frames/s and ratios to the floor, round by round: medians and the spread of the ratio. */
export function measure(): { name: string; rate: number; ratio: number; low: number; high: number }[] {
  const contenders = prepare();
  const rates = contenders.map(() => [] as number[]);
  for (let round = -2; round < rounds; round += 1) {
    for (const [i, { name, run }] of contenders.entries()) {
      const before = process.cpuUsage();
      const seen = run();
      // Processor time, not wall time: other programs on this computer must not count.
      const { user, system } = process.cpuUsage(before);
      const seconds = (user + system) / 1e6;
      if (seen !== frames) throw new Error(`${name} saw ${seen} frames`);
      if (round >= 0) rates[i]?.push(seen / seconds); // the first rounds warm up
    }
  }
  return contenders.map(({ name, floor }, i) => {
    const own = rates[i] ?? [];
    const ratios = own.map((rate, round) => rate / (rates[floor]?.[round] ?? Number.NaN));
    return {
      name,
      rate: median(own),
      ratio: median(ratios),
      low: Math.min(...ratios),
      high: Math.max(...ratios),
    };
  });
}

for (const { name, rate, ratio, low, high } of measure()) {
  process.stdout.write(
    `${name.padEnd(40)} ${(rate / 1e6).toFixed(2).padStart(6)} M/s  ${ratio.toFixed(2)} (${low.toFixed(2)}-${high.toFixed(2)})\n`,
  );
  const limit = limits[name];
  if (limit !== undefined && ratio < limit) {
    process.stdout.write(`${name}: below ${limit.toFixed(2)}\n`);
    process.exitCode = 1;
  }
}
