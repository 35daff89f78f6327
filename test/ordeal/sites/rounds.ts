/** Kills of a site's sender, its reader and their broker, in an order that a seed draws. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { openJournal } from '../../../src/main/journal/embed';
import { decodeBatch } from '../../../src/main/sites/wire/batch';
import { makeStream, startBroker } from '../../builders/broker';

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

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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

const run = (script: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function readAll(file: string): { readonly last: number; readonly hash: string } {
  const opened = openJournal(file);
  if (opened.kind !== 'open') throw new Error('not open');
  const { store } = opened;
  const hash = createHash('sha256');
  let last = 0;
  for (;;) {
    const page = store.entriesAfter(last, 5_000);
    for (const entry of page) {
      last = entry.id;
      hash.update(
        JSON.stringify(entry, (_key, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
        ),
      );
    }
    if (page.length < 5_000) break;
  }
  store.close();
  return { last, hash: hash.digest('hex') };
}

function newestOf(file: string): number {
  if (!existsSync(file)) return 0;
  const opened = openJournal(file);
  if (opened.kind !== 'open') return 0;
  const { entry } = opened.store.last();
  opened.store.close();
  return entry;
}

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
      String(broker.port),
      step,
      String(at),
      records ? 'records' : '',
    ]);
  const receive = (): ChildProcess => run('receiver.ts', [desk, String(broker.port)]);
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
    const manager = await jetstreamManager(client);
    const { state } = await manager.streams.info('UP');
    let inOrder = 0;
    for (let seq = 1; seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage('UP', { seq });
      if (message === null) continue;
      for (const { id } of decodeBatch(message.data).stored)
        if (id === inOrder + 1) inOrder = id;
        else throw new Error(`entry ${id} after ${inOrder}`);
    }
    await client.close();
    return {
      kills,
      entries: own.last,
      inOrder,
      messages: state.messages,
      journals: copies().length,
      isEqual: own.hash === copy.hash && own.last === copy.last,
    };
  } finally {
    await kill(sender);
    await kill(reader);
    await broker.kill();
  }
}
