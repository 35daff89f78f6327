/** Kills of a site's sender, its reader and their broker, in an order that a seed draws. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SiteRole } from '#shared/model/sites';
import type { BrokerAccess } from '../../../src/main/sites/broker/connect';
import { makeStream, startBroker } from '../../builders/broker';
import { kill, newestOf, pause, readAll, readStream, run } from './processes';

const killSteps = [
  'before publishing',
  'before the acknowledgement',
  'before the cursor',
  'after the cursor',
] as const;
export type KillStep = (typeof killSteps)[number];
const kinds = [...killSteps, 'sender', 'reader', 'broker'] as const;

export interface RoundsResult {
  readonly kills: Readonly<Record<string, number>>;
  readonly entries: number;
  /** Entries in the broker's messages, in order. */
  readonly inOrder: number;
  readonly messages: number;
  readonly journals: number;
  readonly isEqual: boolean;
}

/** mulberry32 */
function drawer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const access = (role: SiteRole, port: number): BrokerAccess => ({
  servers: `127.0.0.1:${port}`,
  role,
  credentials: 'a:secret-a',
  authority: '',
});

export async function playRounds(folder: string, seed: number, rounds: number): Promise<RoundsResult> {
  const draw = drawer(seed);
  const [journal, desk] = [join(folder, 'journal.sqlite'), join(folder, 'desk')];
  mkdirSync(desk, { recursive: true });
  const broker = await startBroker(join(folder, 'broker'));
  const maker = await broker.client();
  await makeStream(maker);
  await maker.close();
  const send = (step = '', at = 0, records = true): ChildProcess =>
    run('sender.ts', [
      journal,
      join(folder, 'place.json'),
      JSON.stringify(access('send', broker.port)),
      step,
      String(at),
      records ? 'records' : '',
    ]);
  const receive = (): ChildProcess => run('receiver.ts', [desk, JSON.stringify(access('read', broker.port))]);
  let [sender, reader] = [send(), receive()];
  const kills: Record<string, number> = {};
  try {
    for (let round = 0; round < rounds; round += 1) {
      const kind = kinds[round < kinds.length ? round : draw(kinds.length)] ?? 'sender';
      kills[kind] = (kills[kind] ?? 0) + 1;
      if (kind === 'broker') {
        await pause(draw(500));
        await broker.kill();
        await pause(draw(300));
        await broker.start();
      } else if (kind === 'reader') {
        await pause(draw(1_500));
        await kill(reader);
        reader = receive();
      } else {
        await pause(draw(1_000));
        await kill(sender);
        if (kind !== 'sender') {
          sender = send(kind, 1 + draw(3));
          await once(sender, 'exit');
        }
        sender = send();
      }
    }
    // The last sender records nothing, and sends what is left.
    await pause(1_000);
    await kill(sender);
    sender = send('', 0, false);
    const last = newestOf(journal);
    const copies = (): string[] => readdirSync(desk).filter((name) => name.endsWith('.sqlite'));
    for (let tries = 0; tries < 240; tries += 1) {
      await pause(250);
      if (newestOf(join(desk, copies()[0] ?? 'none')) >= last) break;
    }
    await kill(sender);
    await kill(reader);
    const own = readAll(journal);
    const copy = readAll(join(desk, copies()[0] ?? 'none'));
    const client = await broker.client();
    const { inOrder, messages } = await readStream(client);
    await client.close();
    return {
      kills,
      entries: own.last,
      inOrder,
      messages,
      journals: copies().length,
      isEqual: own.hash === copy.hash && own.last === copy.last,
    };
  } finally {
    await kill(sender);
    await kill(reader);
    await broker.kill();
  }
}
