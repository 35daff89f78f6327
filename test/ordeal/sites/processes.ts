/** The processes of the ordeal of sites, and what their journals and the broker have afterwards. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { unpacked } from '../../../src/main/journal/api';
import { openJournal } from '../../../src/main/journal/embed';
import { decodeBatch } from '../../../src/main/sites/wire/batch';

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `within`: the command that runs it elsewhere, for example in a network namespace. */
export function run(script: string, args: readonly string[], within: readonly string[] = []): ChildProcess {
  const command: readonly string[] = [...within, process.execPath];
  const [program = '', ...others] = command;
  return spawn(program, [...others, '--import', 'tsx', join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', within.length === 0 ? 'ignore' : 'pipe', 'inherit'],
  });
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

export function readAll(file: string): { readonly last: number; readonly hash: string } {
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

/** The newest entry of a journal that another process writes; 0: it has none yet. */
export function newestOf(file: string): number {
  if (!existsSync(file)) return 0;
  let db: InstanceType<typeof DatabaseSync> | null = null;
  try {
    db = new DatabaseSync(file, { readOnly: true });
    const row = db.prepare('SELECT max(id) AS newest FROM entries').get() as {
      readonly newest: number | null;
    };
    return row.newest ?? 0;
  } catch {
    // It is being made.
    return 0;
  } finally {
    db?.close();
  }
}

/** Reads the broker's messages. @throws Error if they do not have each entry once, in order */
export async function readStream(
  client: NatsConnection,
): Promise<{ readonly inOrder: number; readonly messages: number }> {
  const manager = await jetstreamManager(client, { checkAPI: false });
  const { state } = await manager.streams.info('UP');
  let inOrder = 0;
  for (let seq = 1; seq <= state.last_seq; seq += 1) {
    const message = await manager.streams.getMessage('UP', { seq });
    if (message === null) continue;
    for (const { id } of unpacked(decodeBatch(message.data).entries))
      if (id === inOrder + 1) inOrder = id;
      else throw new Error(`entry ${id} after ${inOrder}`);
  }
  return { inOrder, messages: state.messages };
}
