/** A disk that is really full, and a machine that sends more than it holds. Linux, as root. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { TestContext } from 'vitest';
import { setConstant, type Bundles } from './bundles';
import { RawClient } from './server';

export class SmallDisk {
  readonly at: string;
  #parts = 0;

  /** Skips the test if mounting is not possible. */
  constructor(context: TestContext, at: string) {
    this.at = at;
    mkdirSync(at);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'none', at], { stdio: 'ignore' });
    } catch {
      context.skip('a small disk can be mounted by root on Linux only');
    }
  }

  /** Another program fills the disk, to the last byte. */
  fill(): void {
    for (let size = 1 << 20; size >= 1; this.#parts += 1) {
      try {
        writeFileSync(join(this.at, `filler-${this.#parts}`), Buffer.alloc(size));
      } catch {
        size >>= 1;
      }
    }
  }

  /** The log of an open journal may contain space for reuse. */
  leaveNoRoomIn(journal: string): void {
    const db = new DatabaseSync(journal);
    try {
      const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { readonly busy: number };
      if (busy !== 0) throw new Error('the journal is being written');
    } finally {
      db.close();
    }
  }

  /** Frees space. */
  grow(): void {
    execFileSync('mount', ['-o', 'remount,size=1g', this.at]);
  }

  /** Makes the disk read-only. No program has a file of it open. */
  forbid(): void {
    execFileSync('mount', ['-o', 'remount,ro', this.at]);
  }

  permit(): void {
    execFileSync('mount', ['-o', 'remount,rw', this.at]);
  }

  unmount(): void {
    // Remaining processes of a killed app may still have files open on the disk.
    execFileSync('umount', ['--lazy', this.at]);
  }
}

function frame(body: string): Buffer {
  // The length as le48 encodes it, because long frames fit.
  const v = Buffer.byteLength(body) + 12 + 48;
  const head = Buffer.from([v & 255, (v >> 8) + 48, (v >> 16) + 48, (v >> 24) + 48]);
  return Buffer.from(`${head.toString('latin1')}t0000000${body}`, 'latin1');
}

/** A machine connects, sends this many frames and closes. Gives the number of resulting entries. */
export async function visit(port: number, frames: number, padding = 4_000): Promise<number> {
  const client = await RawClient.open(port);
  client.send(frame('{"cmd":"login","vmc_no":33240,"io_version":"1","login_count":2}'));
  await client.until(() => client.received.includes('login_r'));
  const said = frame(`{"cmd":"x","vmc_no":33240,"n":"${'x'.repeat(padding)}"}`);
  for (let n = 0; n < frames; n += 1)
    if (!client.socket.write(said)) await new Promise((done) => client.socket.once('drain', done));
  await new Promise<void>((done) => client.socket.end(() => done()));
  await client.until(() => client.closed, 60_000);
  // Opened, login and its answer, closed.
  return frames + 4;
}

/** Memory for entries that the disk refuses is 8 MB instead of 256 MB. The visit exceeds it. */
export const limitMemory = ({ directory }: Bundles): void => setConstant(directory, 'usualBytes', '8e6');
export const visitTooLong = (port: number): Promise<number> => visit(port, 250, 48_000);
