/** A disk that is really full: user actions and machine uploads report the failed write. Nothing is lost or half written. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, type TestContext } from 'vitest';
import type { AuditNote } from '#shared/contract/audit';
import type { Upload } from '#shared/model/fetched';
import { AuditBook } from '../../src/main/desktop/audit/book';
import { AuditTrail } from '../../src/main/desktop/audit/trail';
import { keptFiles } from '../../src/main/packages/uploads/keep';
import { receiveFile } from '../../src/main/packages/uploads/receiveFile';
import { useFolder } from '../builders/useFolder';
import { everyLine } from '../builders/rows';

const ends: (() => unknown)[] = [];
const folder = useFolder();
let disk = '';
beforeEach((context) => {
  disk = smallDisk(context, folder('disk'));
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function smallDisk(context: TestContext, at: string): string {
  mkdirSync(at);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', at], { stdio: 'ignore' });
  } catch {
    context.skip('a small disk can be mounted by root on Linux only');
  }
  ends.push(() => execFileSync('umount', ['--lazy', at]));
  return at;
}

/** Fills the disk except for so many bytes. */
function fill(left: number): void {
  const filler = join(disk, 'filler');
  rmSync(filler, { force: true });
  for (let size = 256 * 1_024; ; size -= 4_096) {
    try {
      writeFileSync(filler, Buffer.alloc(size));
      break;
    } catch {
      // Not so much.
    }
  }
  if (left > 0) writeFileSync(filler, readFileSync(filler).subarray(left));
}

const note = (vmcNo: number): AuditNote => ({
  screen: '',
  act: 'command',
  vmcNo,
  what: { text: 'x'.repeat(3_000) },
  refused: null,
});

it.each([
  ['nothing', 0],
  ['a line', 4_096],
  ['a line and what tells its end, half written', 8_192],
])(
  'acts wait in memory while there is room for %s, and each is written once when there is',
  async (_what, left) => {
    const file = join(disk, 'audit.jsonl');
    const book: AuditBook = new AuditBook(
      file,
      () => new Map(),
      () => trail.written(),
    );
    const trail: AuditTrail = new AuditTrail({
      file,
      now: () => 1,
      who: () => ({ user: 'li', name: '' }),
      anchors: () => new Map(),
      written: (found, now) => book.written(found, now),
      changed: () => undefined,
      elsewhere: () => null,
      problem: () => undefined,
    });
    trail.note(note(1));
    await trail.written();
    fill(left);
    for (const vmcNo of [2, 3, 4]) {
      trail.note(note(vmcNo));
      await trail.written();
    }
    expect(trail.state.problem).toContain('ENOSPC');
    expect(trail.state.waiting).toBeGreaterThan(0);
    rmSync(join(disk, 'filler'));
    trail.note(note(5));
    await trail.written();
    expect(trail.state).toMatchObject({ problem: null, waiting: 0 });
    const { rows, faults } = await book.page(everyLine, null, 100);
    expect([rows.toReversed().map(({ entry }) => entry?.vmcNo), faults]).toEqual([[null, 1, 2, 3, 4, 5], 0]);
  },
);

it('a file that does not fit is refused with the reason, and nothing of it is left', async () => {
  const fetched = join(disk, 'fetched');
  const uploads: Upload[] = [];
  const server = createServer((incoming, answer) => {
    const asked = { type: 'log', day: null, askedAt: 0, address: '::1' } as const;
    const expected = { id: 17, vmcNo: 7, token: '', ...asked } as const;
    void receiveFile(incoming, answer, expected, {
      folder: fetched,
      now: () => 1,
      remoteAddress: '::1',
    }).then((upload) => uploads.push(upload));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  const post = async (bytes: number): Promise<string> => {
    const form = new FormData();
    form.append('vmc', '7');
    form.append('file', new Blob([Buffer.alloc(bytes)]), 'a.zip');
    const { body, headers } = new Response(form) as { readonly body: unknown; readonly headers: Headers };
    const content = Buffer.from(await new Response(body as BodyInit).arrayBuffer());
    return new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const sent = request(
        { port, method: 'POST', headers: { 'content-type': headers.get('content-type') ?? '' } },
        (answer) => {
          answer.resume();
          answer.once('close', () => resolve(String(answer.statusCode)));
        },
      );
      sent.once('error', reject);
      sent.end(content);
    });
  };
  expect(await post(400_000)).toBe('507');
  expect(uploads.at(-1)).toMatchObject({
    ok: false,
    why: 'notWritten',
    detail: expect.stringContaining('ENOSPC') as unknown,
  });
  const nothing = (): undefined => undefined;
  const kept = (): ReturnType<typeof keptFiles> =>
    keptFiles({
      folder: fetched,
      hash: () => Promise.resolve(''),
      asked: () => Promise.resolve(null),
      onDamage: nothing,
    });
  expect(readdirSync(join(fetched, '7'))).toEqual([]);
  expect(await kept()).toEqual([]);
  expect(await post(4_000)).toBe('200');
  expect((await kept()).map(({ bytes }) => bytes)).toEqual([4_000]);
});
