/** Untrusted files are read in a separate process, which they may crash. */
import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeOwnErrors } from '../../../../../src/main/core/lists/ownErrorsFile';
import { FileReader, TooMuch } from '../../../../../src/main/tools/readers/fileReader';
import { forkProcess, ProcessGone, type StartProcess } from '../../../../../src/main/lib/threads/process';
import { packageWorker } from '../../../../builders/packageWorkers';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder('all');

function file(name: string, content: string): string {
  const path = folder(name);
  writeFileSync(path, content);
  return path;
}

/** A reader process that runs this script for every call. */
function reading(work: string): FileReader {
  const script = file(
    'script.mjs',
    `process.on('message', ({ kind, id, args }) => { if (kind === 'end') process.exit(); ${work} });`,
  );
  return new FileReader(script, forkProcess);
}

describe('an untrusted file', () => {
  it('is read by a new process each time, which ends afterwards', async () => {
    let open = 0;
    const most: number[] = [];
    const counted: StartProcess = (script, limits) => {
      open += 1;
      most.push(open);
      const port = forkProcess(script, limits);
      port.once('exit', () => (open -= 1));
      return port;
    };
    const reader = new FileReader(packageWorker('fileReader'), counted);
    const [log, table, binary, list] = await Promise.all([
      reader.read('content', { file: file('a.log', 'one\ntwo\n') }),
      reader.read('table', { file: file('a.csv', 'Number;Name\n7;Lobby\n'), kind: 'registry' }),
      reader.read('table', { file: file('b.csv', 'PK\0'), kind: 'cells' }),
      reader.read('errors', {
        file: file('c.json', writeOwnErrors({ 'ERROR:9A01': { name: 'x' } })),
        known: [],
      }),
    ]);
    expect(log.text).toBe('one\ntwo\n');
    expect(table).toMatchObject({ headings: ['Number', 'Name'], rows: [{ line: 2, cells: ['7', 'Lobby'] }] });
    expect(binary).toBeNull();
    expect(list).toEqual({ ok: true, entries: { 'ERROR:9A01': { name: 'x' } }, refused: [] });
    expect([most, open]).toEqual([[1, 1, 1, 1], 0]);
  });

  it('with more cells than any table has is too much', async () => {
    const reader = new FileReader(packageWorker('fileReader'), forkProcess);
    const args = {
      file: file('wide.csv', `Number,Name\n${'1,'.repeat(600_000)}\n`),
      kind: 'registry',
    } as const;
    await expect(reader.read('table', args)).rejects.toThrow(TooMuch);
  });

  it('that is larger than every list, or no regular file, is not read', async () => {
    const reader = new FileReader(packageWorker('fileReader'), forkProcess);
    // Its size is checked before; by now it has grown.
    const grown = file('grown.csv', 'Number,Name\n');
    truncateSync(grown, 1_000_000_000);
    await expect(reader.read('table', { file: grown, kind: 'registry' })).rejects.toThrow(TooMuch);
    await expect(reader.read('errors', { file: grown, known: [] })).rejects.toThrow(TooMuch);
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [folder('pipe.csv')]);
    const pipe = reader.read('table', { file: folder('pipe.csv'), kind: 'registry' });
    await expect(pipe).rejects.toThrow('it is not a regular file');
  });

  it('that takes all memory is too much, and the next one is read', async () => {
    const greedy = reading(
      `if (args.file === '') process.send({ kind: 'result', id, result: null });
       else for (const all = []; ; ) all.push(new Array(1e6).fill(all.length));`,
    );
    await expect(greedy.read('content', { file: 'a' })).rejects.toThrow(TooMuch);
    expect(await greedy.read('content', { file: '' })).toBeNull();
  });

  it('that can’t be read reports why', async () => {
    const reader = new FileReader(packageWorker('fileReader'), forkProcess);
    await expect(reader.read('content', { file: folder('gone') })).rejects.toMatchObject({
      code: 'ENOENT',
    });
    await expect(reading('process.exit(3)').read('content', { file: '' })).rejects.toThrow(ProcessGone);
  });

  it('does not delay the end of the app', async () => {
    const reader = reading('for (;;);');
    const never = reader.read('content', { file: '' });
    const next = reader.read('content', { file: '' });
    const close = async (): Promise<void> => {
      // By now the first read has begun.
      await new Promise((resolve) => setImmediate(resolve));
      await reader.close();
    };
    await Promise.all([
      expect(never).rejects.toThrow(ProcessGone),
      expect(next).rejects.toThrow('nothing is read any more'),
      close(),
    ]);
  });
});
