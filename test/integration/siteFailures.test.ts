/** Entries of a site after a failure of its broker or its clock: equal at the reader, or a gap is named. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterEach, describe, expect, it } from 'vitest';
import type { Entry } from '#shared/model/frame';
import { hasBroker } from '../builders/broker';
import { writeJournal } from '../builders/journal';
import { manyEntries } from '../builders/manyEntries';
import { isDone, lastIn, makeScene, readThrough, sendThrough } from '../builders/siteScene';
import { compared, hashOf, send, type Ends } from '../builders/siteTraffic';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const ends: Ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** The file of the broker that has the most bytes of messages. */
function blockFile(store: string): string {
  const names = readdirSync(store, { recursive: true, encoding: 'utf8' });
  const blocks = names.filter((name) => name.endsWith('.blk')).map((name) => join(store, name));
  const [largest] = blocks.toSorted((a, b) => readFileSync(b).length - readFileSync(a).length);
  if (largest === undefined) throw new Error('no block');
  return largest;
}

describe.runIf(hasBroker)('a site', () => {
  it('waits while its stream is full, says so, and continues when there is room', async () => {
    const at = await makeScene(folder, ends, { maxBytes: 60_000 });
    const sending = send(at.journal, at.client, ends, { kept: at.kept });
    await expect
      .poll(sending.state, { timeout: 10_000 })
      .toMatchObject({ status: 'waiting', trouble: { code: 'full' } });
    const manager = await jetstreamManager(at.client);
    const full = await manager.streams.info('UP');
    expect(full.state.bytes).toBeLessThanOrEqual(60_000);
    // Discarding the oldest messages would have made room silently.
    expect(full.state.first_seq).toBe(1);
    const reading = await at.read();
    await isDone(reading);
    const before = lastIn(reading.fileOf(at.name));
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(6_000);
    await manager.streams.update('UP', { max_bytes: -1 });
    await isDone(sending);
    await expect.poll(() => lastIn(reading.fileOf(at.name)), { timeout: 10_000 }).toBe(6_000);
    await reading.stop();
    expect(hashOf(reading.fileOf(at.name))).toBe(hashOf(at.file));
    expect(reading.problems).toEqual([]);
  });

  it.each([0.2, 0.5, 0.8])(
    'loses no entry silently if a bit of the broker’s file flips (at %d of it)',
    async (share) => {
      const at = await makeScene(folder, ends);
      await sendThrough(at, 3_000);
      await at.broker.kill();
      const block = blockFile(folder('broker', 'store'));
      const bytes = readFileSync(block);
      const place = Math.floor(bytes.length * share);
      bytes.writeUInt8(bytes.readUInt8(place) ^ 4, place);
      writeFileSync(block, bytes);
      await at.broker.start();
      await sendThrough(at, 6_000);
      const { fileOf, problems } = await readThrough(at.read, at.name, 6_000);
      const { equal, missing } = compared(at.file, fileOf(at.name));
      expect(equal + missing).toBe(6_000);
      expect(missing).toBeLessThanOrEqual(3_000);
      expect(problems.filter((line) => line.endsWith('are missing'))).toHaveLength(missing === 0 ? 0 : 1);
    },
  );

  it('sends in the order of its numbers after its clock was set back', async () => {
    const write = async (file: string): Promise<void> => {
      const all: Entry[] = [];
      for await (const page of manyEntries(2_000))
        for (const entry of page)
          all.push(entry.id <= 1_000 ? entry : { ...entry, at: entry.at - 86_400_000 });
      writeJournal(file, all);
    };
    const at = await makeScene(folder, ends, { write });
    await sendThrough(at, 1_000);
    const { fileOf } = await readThrough(at.read, at.name, 1_000);
    at.journal.upTo = 2_000;
    const sending = send(at.journal, at.client, ends, { kept: at.kept, now: () => Date.now() - 86_400_000 });
    await isDone(sending);
    const { problems } = await readThrough(at.read, at.name, 2_000);
    expect(hashOf(fileOf(at.name))).toBe(hashOf(at.file));
    expect(problems).toEqual([]);
  });
});
