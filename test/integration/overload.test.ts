/**
 * Floods while the disk takes nothing: Crema answers a bounded number of frames more, and then none until the journal has them.
 * The bound is what a `kill -9` can cost. It is counted, not timed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { appBundles, type Bundles } from '../builders/bundles';
import { freePorts, Served } from '../builders/served';
import { useFolder } from '../builders/useFolder';
import { CountingMachine } from '../ordeal/machines';
import { recorded } from '../ordeal/onRecord';

/** As in outbox.ts; a heartbeat and its answer are two entries. */
const mostUnwritten = 20_000;
/** The frames of these entries, and of turns that had begun. */
const mostMissing = 1.1 * (mostUnwritten / 2);

let bundles: Bundles;
const folder = useFolder();
const running: Served[] = [];
beforeAll(() => {
  bundles = appBundles();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end('SIGKILL');
});
afterAll(() => bundles.remove());

function serve(): Served {
  const one = new Served(bundles.directory, [...freePorts, `--data-dir=${folder()}`]);
  running.push(one);
  return one;
}

it('answers stop while the disk takes nothing, and continue after it; a kill costs the last of them alone', async () => {
  const crema = serve();
  const port = await crema.port();
  const machines = await Promise.all([1, 2, 3, 4].map((n) => CountingMachine.open(port, 52_000 + n)));
  const answered = (): number => machines.reduce((sum, machine) => sum + machine.answered, 0);
  /** Answered heartbeats that are not on record, as a number; they have to be the last ones of each machine. */
  const unrecorded = (): number => {
    const { heartbeats } = recorded(folder());
    return machines.reduce((sum, machine) => {
      const found = heartbeats.get(machine.vmcNo) ?? new Set<number>();
      const missing = Array.from({ length: machine.answered }, (_, n) => n + 1).filter((n) => !found.has(n));
      expect(missing.every((n) => n > found.size)).toBe(true);
      return sum + missing.length;
    }, 0);
  };
  /** Waits until no answer comes any more, or too many came. */
  const stopped = async (): Promise<void> => {
    const most = answered() + 2 * mostUnwritten;
    let last = -1;
    while (last !== answered() && answered() < most) {
      last = answered();
      await pause(500);
    }
  };
  const other = new DatabaseSync(folder('journal.sqlite'));
  other.exec('PRAGMA busy_timeout = 30000');
  for (const machine of machines) machine.flood();
  for (let turn = 1; turn <= 2; turn += 1) {
    const before = answered();
    await expect.poll(answered).toBeGreaterThan(before + 2_000);
    // Another program holds the file: no batch is written until it lets go.
    other.exec('BEGIN IMMEDIATE');
    await stopped();
    const missing = unrecorded();
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThanOrEqual(mostMissing);
    if (turn === 1) other.exec('ROLLBACK');
  }
  await crema.end('SIGKILL');
  other.close();
  const next = serve();
  await next.port();
  expect(unrecorded()).toBeLessThanOrEqual(mostMissing);
  expect(await next.end('SIGTERM')).toBe(0);
});
