/** Untrusted files are read in a separate process, which they may crash. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
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

/** Bytes of memory that the running reader process had at most; 0: none runs. */
function peakOfReader(): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const status = factsOf(pid, 'status');
    if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) !== process.pid) continue;
    if (!factsOf(pid, 'cmdline').includes(packageWorker('fileReader'))) continue;
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1_024;
  }
  return 0;
}

function factsOf(pid: string, name: 'status' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    // The process has just ended.
    return '';
  }
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

  // The limit is noticed while reading. Ten million cells would take 600 MB.
  it.skipIf(process.platform !== 'linux').each([
    ['ten million columns', `Number${','.repeat(10_000_000)}\n`, 1],
    ['ten million cells in another line', `Number,Name\n${'1,'.repeat(9_500_000)}\n`, 2],
    ['six million quoted cells', `Number\n${'"",'.repeat(6_000_000)}\n`, 2],
    ['cells after an open quotation mark', `Number,Name\n1,"\n${','.repeat(19_000_000)}\n`, 3],
    ['ten million lines of Windows', '\r\n'.repeat(9_900_000), 500_001],
  ])(
    'with %s is refused at a line, and its process stays below 400 MB',
    async (_what, content, overfullAt) => {
      const reader = new FileReader(packageWorker('fileReader'), forkProcess);
      const args = { file: file('large.csv', content), kind: 'registry' } as const;
      let peak = 0;
      const watch = setInterval(() => (peak = Math.max(peak, peakOfReader())), 10);
      expect(await reader.read('table', args)).toEqual({ overfullAt });
      clearInterval(watch);
      expect(peak).toBeGreaterThan(0);
      expect(peak).toBeLessThan(400_000_000);
    },
  );

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
