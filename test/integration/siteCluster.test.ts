/** Three brokers with the configuration of deploy/: a site continues while two of them are there, and waits while one is. */
import { afterEach, describe, expect, it } from 'vitest';
import { hasBroker } from '../builders/broker';
import { startCluster } from '../builders/deployedCluster';
import { makeManyInJournal } from '../builders/manyInJournal';
import { lastIn } from '../builders/siteScene';
import { hashOf, readInto, send, sentFrom, type Ends } from '../builders/siteTraffic';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const ends: Ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

describe.runIf(hasBroker)('a cluster', () => {
  it('loses nothing if one server is killed and another is cut off', { timeout: 120_000 }, async () => {
    const file = folder('journal.sqlite');
    await makeManyInJournal(file, 3_000);
    const journal = sentFrom(file, ends);
    journal.batch = 100;
    journal.upTo = 1_000;
    const cluster = await startCluster(folder('brokers'), 'north');
    ends.push(() => cluster.end());
    const client = await cluster.client('north', 'site');
    ends.push(() => client.close());
    const sending = send(journal, client, ends);
    const reading = await readInto(folder('desk'), () => cluster.client('north', 'desk', 2), ends);
    const { name } = await journal.identity();
    const desk = reading.fileOf(name);
    const readUpTo = (entry: number) =>
      expect.poll(() => lastIn(desk), { timeout: 40_000, interval: 250 }).toBe(entry);
    await readUpTo(1_000);

    // The site is connected to the server that is killed.
    await cluster.kill(0);
    journal.upTo = 3_000;
    await readUpTo(3_000);

    // One of three is left: it must not acknowledge alone.
    cluster.signal(1, 'SIGSTOP');
    journal.upTo = 4_000;
    await expect
      .poll(sending.state, { timeout: 40_000, interval: 100 })
      .toMatchObject({ status: 'waiting', trouble: { code: expect.any(String) as unknown } });
    expect(lastIn(desk)).toBeLessThan(4_000);
    cluster.signal(1, 'SIGCONT');
    await readUpTo(4_000);

    cluster.start(0);
    journal.upTo = 6_000;
    await readUpTo(6_000);
    await reading.stop();
    expect(hashOf(desk)).toBe(hashOf(file));
    expect(reading.problems).toEqual([]);
  });
});
