/** A hostile site costs the reader bounded memory and files, and says that it does. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { jetstream } from '@nats-io/jetstream';
import { afterEach, describe, expect, it } from 'vitest';
import { hasBroker } from '../builders/broker';
import { encodeBatch } from '../../src/main/sites/wire/batch';
import { subjectOf } from '../../src/main/sites/wire/names';
import { mostJournals, mostOpen } from '../../src/main/sites/reader/openJournals';
import { isDone, makeScene, readThrough, sendThrough } from '../builders/siteScene';
import { hashOf, type Ends } from '../builders/siteTraffic';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const ends: Ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Files of the folder that this process has open. */
const openIn = (path: string): readonly string[] =>
  readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${fd}`);
      return file.startsWith(path) && file.endsWith('.sqlite') ? [file] : [];
    } catch {
      return [];
    }
  });

describe.runIf(hasBroker && process.platform === 'linux')('a site with invented journals', () => {
  it('has few files and few of them open, and its own journal is read', async () => {
    const at = await makeScene(folder, ends);
    await sendThrough(at, 1_000);
    const invent = async (count: number): Promise<void> => {
      const { entries } = await at.journal.packedAfter({ after: 0, entries: 2, bytes: 100_000 });
      const message = encodeBatch({ after: 0, entries });
      for (let one = 0; one < count; one += 50)
        await Promise.all(
          Array.from({ length: 50 }, () => jetstream(at.client).publish(subjectOf(randomUUID()), message)),
        );
    };
    await invent(1_200);
    const reading = await at.read();
    await isDone(reading);
    expect(reading.state().leftOut).toBeGreaterThanOrEqual(1_000);
    expect(reading.problems).toHaveLength(1);
    expect(openIn(folder('desk')).length).toBeLessThanOrEqual(mostOpen);
    at.journal.batch = 1_000;
    await sendThrough(at, 3_000);
    await expect.poll(() => reading.state().until).toBeGreaterThan(1_700_000_000_600);
    await reading.stop();
    const files = readdirSync(folder('desk')).filter((name) => name.endsWith('.sqlite'));
    expect(files).toHaveLength(mostJournals);
    await readThrough(at.read, at.name, 3_000);
    expect(hashOf(reading.fileOf(at.name))).toBe(hashOf(at.file, 3_000));
  });
});
